// The host's side of bench_device.cuh.
#pragma once
#include "emulated_device.h"

DEVICE v4 load_past_l1(const v4* p) { return load(p); }

DEVICE u32 bits(float x) {
  u32 r;
  memcpy(&r, &x, sizeof r);
  return r;
}
DEVICE u64 bits(double x) {
  u64 r;
  memcpy(&r, &x, sizeof r);
  return r;
}
DEVICE u32 bits(i32 x) { return (u32)x; }

namespace emulator {

inline float number(u32 word) {
  float r;
  memcpy(&r, &word, sizeof r);
  return r;
}

// Normal numbers of 5 exponent and 10 mantissa bits; others do not occur.
inline float half(u32 x) {
  return number((x & 0x8000u) << 16 | ((x >> 10 & 31) + 112) << 23 | (x & 0x3ffu) << 13);
}

// The upper half of a float.
inline float brain(u32 x) { return number(x << 16); }

// Of A, lane l holds pairs of row l / 4 and of the row 8 below, columns 2(l % 4) and the next, then
// the same 8 columns further; of B the same of column l / 4, along k; of the sum like A's first two.
template <float (*value)(u32)>
inline void multiply_floats(float* sum, const u32* a, const u32* b, u32 depth) {
  Lane* self = current;
  self->a = a;
  self->b[0] = b[0];
  self->b[1] = b[1];
  self->sums = (i32*)sum;
  if (!arrive_last(100 + depth)) return;
  Lane** lanes = self->warp->lanes;
  for (u32 i = 0; i < 32; i++) {
    for (u32 q = 0; q < 4; q++) {
      float s = ((float*)lanes[i]->sums)[q];
      u32 row = i / 4, lower = q / 2, column = i % 4 * 2 + q % 2;
      for (u32 k = 0; k < depth; k++) {
        u32 shift = k % 2 * 16;
        u32 left = lanes[row * 4 + k % 8 / 2]->a[k / 8 * 2 + lower] >> shift & 0xffff;
        u32 right = lanes[column * 4 + k % 8 / 2]->b[k / 8] >> shift & 0xffff;
        s += value(left) * value(right);
      }
      ((float*)lanes[i]->sums)[q] = s;
    }
  }
}

}  // namespace emulator

#if ASSAY_SM >= 80
DEVICE void multiply_bytes(i32* sum, const u32* a, const u32* b) { multiply_16x8x32(sum, a, b[0], b[1]); }
DEVICE void multiply_halves(float* sum, const u32* a, const u32* b) {
  emulator::multiply_floats<emulator::half>(sum, a, b, 16);
}
DEVICE void multiply_brains(float* sum, const u32* a, const u32* b) {
  emulator::multiply_floats<emulator::brain>(sum, a, b, 16);
}
#elif ASSAY_SM >= 75
DEVICE void multiply_bytes(i32* sum, const u32* a, const u32* b) { multiply_8x8x16(sum, a[0], b[0]); }
DEVICE void multiply_halves(float* sum, const u32* a, const u32* b) {
  emulator::multiply_floats<emulator::half>(sum, a, b, 8);
}
#endif
