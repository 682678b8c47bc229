// What a device's speed is measured with. Each kernel does one thing for as long as it is told to,
// and leaves something of its result behind, so that no compiler can leave the work out and a test
// can hold it against the host's own.
#include "bench_device.cuh"

constexpr u32 THREADS = 256;
constexpr u32 BLOCKS_PER_SM = 4;
constexpr u32 WIDE = 8;  // independent pieces of work of a thread, so that none waits for another

DEVICE u64 thread_number() { return (u64)block_x() * block_threads() + thread_index(); }
DEVICE u64 all_threads() { return (u64)grid_x() * block_threads(); }

// Different bits in every word, so that the wires toggle as they do in earnest.
DEVICE u32 scatter(u32 x) {
  x *= 0x9e3779b1u;
  x ^= x >> 15;
  x *= 0x85ebca77u;
  return x ^ x >> 13;
}

DEVICE u32 fold(v4 v) { return v.x ^ v.y ^ v.z ^ v.w; }

// Reads `count` vectors, a multiple of the number of threads times WIDE, `rounds` times; sums[t] is
// the exclusive or of all that thread t read, over an odd number of rounds that of one.
KERNEL(THREADS, BLOCKS_PER_SM, bench_read, const v4* from, u64* sums, u64 count, u32 rounds) {
  const u64 first = thread_number(), step = all_threads();
  u32 sum = 0;
  for (u32 round = 0; round < rounds; round++) {
    for (u64 i = first; i < count; i += step * WIDE) {
      v4 loaded[WIDE];
#pragma unroll
      for (u32 j = 0; j < WIDE; j++) loaded[j] = load_past_l1(from + i + j * step);
#pragma unroll
      for (u32 j = 0; j < WIDE; j++) sum ^= fold(loaded[j]);
    }
  }
  store(sums + first, (u64)sum);
}

// Writes `value` and what follows from it to `count` vectors.
KERNEL(THREADS, BLOCKS_PER_SM, bench_write, v4* to, u64 count, u32 value) {
  const v4 written = {value, value + 1, value + 2, value + 3};
  for (u64 i = thread_number(); i < count; i += all_threads()) store(to + i, written);
}

// `rounds` times WIDE reads of 16 bytes a thread, each from the start of a random sector of 32
// bytes; `sectors` is a power of two.
KERNEL(THREADS, BLOCKS_PER_SM, bench_random, const v4* from, u64* sums, u64 sectors, u32 rounds) {
  const u64 first = thread_number();
  u64 place = first * 0x9e3779b97f4a7c15u + 1;
  u32 sum = 0;
  for (u32 round = 0; round < rounds; round++) {
    v4 loaded[WIDE];
#pragma unroll
    for (u32 j = 0; j < WIDE; j++) {
      place = place * 6364136223846793005u + 1442695040888963407u;
      loaded[j] = load_past_l1(from + ((place >> 20) & (sectors - 1)) * 2);
    }
#pragma unroll
    for (u32 j = 0; j < WIDE; j++) sum ^= fold(loaded[j]);
  }
  store(sums + first, (u64)sum);
}

// `rounds` times WIDE fused multiply-adds a thread. The values go to a fixed point between 1 and 2.
KERNEL(THREADS, BLOCKS_PER_SM, bench_fp32, u32* out, u32 rounds) {
  float value[WIDE];
#pragma unroll
  for (u32 j = 0; j < WIDE; j++) value[j] = (float)(thread_index() + j);
  for (u32 round = 0; round < rounds; round++) {
#pragma unroll
    for (u32 j = 0; j < WIDE; j++) value[j] = __builtin_fmaf(value[j], 0.25f, 0.9f);
  }
  float sum = 0;
#pragma unroll
  for (u32 j = 0; j < WIDE; j++) sum += value[j];
  store(out + thread_number(), bits(sum));
}

// The same with doubles.
KERNEL(THREADS, BLOCKS_PER_SM, bench_fp64, u64* out, u32 rounds) {
  double value[WIDE];
#pragma unroll
  for (u32 j = 0; j < WIDE; j++) value[j] = (double)(thread_index() + j);
  for (u32 round = 0; round < rounds; round++) {
#pragma unroll
    for (u32 j = 0; j < WIDE; j++) value[j] = __builtin_fma(value[j], 0.25, 0.9);
  }
  double sum = 0;
#pragma unroll
  for (u32 j = 0; j < WIDE; j++) sum += value[j];
  store(out + thread_number(), bits(sum));
}

// `rounds` times WIDE sums of four products of signed bytes a thread.
KERNEL(THREADS, BLOCKS_PER_SM, bench_int8_dot, u32* out, u32 rounds) {
  i32 sums[WIDE] = {};
  const u32 a = scatter(thread_index()), b = scatter(thread_index() + THREADS);
  for (u32 round = 0; round < rounds; round++) {
#pragma unroll
    for (u32 j = 0; j < WIDE; j++) sums[j] = dot4(a + j, b, sums[j]);
  }
  u32 all = 0;
#pragma unroll
  for (u32 j = 0; j < WIDE; j++) all ^= (u32)sums[j];
  store(out + thread_number(), all);
}

// The cost of a launch is all there is to it.
KERNEL(THREADS, BLOCKS_PER_SM, bench_nothing, u32) {}

#if ASSAY_SM >= 75

// `rounds` times WIDE products of the tensor cores a warp, of the largest shape that the target
// has. Fragments stay in registers; what they hold differs from lane to lane.
template <class Sum, class Multiply>
DEVICE u32 tensor_rounds(u32 rounds, const Multiply& multiply) {
  // No two start alike: equal ones would be worked out once for all.
  Sum sums[WIDE][4];
#pragma unroll
  for (u32 j = 0; j < WIDE; j++) {
#pragma unroll
    for (u32 k = 0; k < 4; k++) sums[j][k] = (Sum)(i32)(rounds + j * 4 + k);
  }
  for (u32 round = 0; round < rounds; round++) {
#pragma unroll
    for (u32 j = 0; j < WIDE; j++) multiply(sums[j]);
  }
  u32 all = 0;
#pragma unroll
  for (u32 j = 0; j < WIDE; j++) {
#pragma unroll
    for (u32 k = 0; k < 4; k++) all = all * 31 + bits(sums[j][k]);
  }
  return all;
}

// Two numbers of either sign with an exponent that keeps sums in range.
DEVICE u32 pair(u32 salt, u32 exponent, u32 mantissa) {
  const u32 random = scatter(thread_index() * 8 + salt);
  return exponent | (exponent << 16) | (random & (mantissa | mantissa << 16 | 0x80008000u));
}

KERNEL(THREADS, BLOCKS_PER_SM, bench_int8_tensor, u32* out, u32 rounds) {
  u32 a[4], b[2];
#pragma unroll
  for (u32 k = 0; k < 4; k++) a[k] = scatter(thread_index() * 8 + k);
#pragma unroll
  for (u32 k = 0; k < 2; k++) b[k] = scatter(thread_index() * 8 + 4 + k);
  store(out + thread_number(),
        tensor_rounds<i32>(rounds, [&](i32* sum) { multiply_bytes(sum, a, b); }));
}

// 16-bit floating point: one half above 0.5, sums in 32 bits.
KERNEL(THREADS, BLOCKS_PER_SM, bench_fp16_tensor, u32* out, u32 rounds) {
  u32 a[4], b[2];
#pragma unroll
  for (u32 k = 0; k < 4; k++) a[k] = pair(k, 0x3800, 0x03ff);
#pragma unroll
  for (u32 k = 0; k < 2; k++) b[k] = pair(4 + k, 0x3800, 0x03ff);
  store(out + thread_number(),
        tensor_rounds<float>(rounds, [&](float* sum) { multiply_halves(sum, a, b); }));
}
#endif

#if ASSAY_SM >= 80
KERNEL(THREADS, BLOCKS_PER_SM, bench_bf16_tensor, u32* out, u32 rounds) {
  u32 a[4], b[2];
#pragma unroll
  for (u32 k = 0; k < 4; k++) a[k] = pair(k, 0x3f00, 0x007f);
#pragma unroll
  for (u32 k = 0; k < 2; k++) b[k] = pair(4 + k, 0x3f00, 0x007f);
  store(out + thread_number(),
        tensor_rounds<float>(rounds, [&](float* sum) { multiply_brains(sum, a, b); }));
}
#endif

// What a round of the kernels above is: operations of one thread.
KERNEL(1, 1, bench_shape, u32* out) {
  const u32 fma = 2 * WIDE, dot = 8 * WIDE;
  u32 halves = 0, bytes = 0;
#if ASSAY_SM >= 80
  halves = WIDE * (2 * 16 * 8 * 16) / 32;
  bytes = WIDE * (2 * 16 * 8 * 32) / 32;
#elif ASSAY_SM >= 75
  halves = WIDE * (2 * 16 * 8 * 8) / 32;
  bytes = WIDE * (2 * 8 * 8 * 16) / 32;
#endif
  store(out, THREADS);
  store(out + 1, BLOCKS_PER_SM);
  store(out + 2, WIDE);
  store(out + 3, fma);
  store(out + 4, dot);
  store(out + 5, halves);
  store(out + 6, bytes);
}
