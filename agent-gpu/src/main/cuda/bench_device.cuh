// What the benchmarks use of the machine beyond device.cuh (the emulator's side: emulated_bench.h).
#pragma once
#include "device.cuh"

#ifdef ASSAY_EMULATOR
#include "emulated_bench.h"
#else

// From the second-level cache or beyond: what a multiprocessor has in its own cache says nothing.
DEVICE v4 load_past_l1(const v4* p) {
  v4 r;
  asm volatile("ld.global.cg.v4.u32 {%0,%1,%2,%3}, [%4];"
               : "=r"(r.x), "=r"(r.y), "=r"(r.z), "=r"(r.w)
               : "l"(p));
  return r;
}

DEVICE u32 bits(float x) {
  u32 r;
  asm("mov.b32 %0, %1;" : "=r"(r) : "f"(x));
  return r;
}
DEVICE u64 bits(double x) {
  u64 r;
  asm("mov.b64 %0, %1;" : "=l"(r) : "d"(x));
  return r;
}
DEVICE u32 bits(i32 x) { return (u32)x; }

// Products of the tensor cores, volatile so that each of the same products is done again. Signed
// bytes with 32-bit sums, halves and bfloat16 with sums in 32-bit floating point.
#if ASSAY_SM >= 80
DEVICE void multiply_bytes(i32* sum, const u32* a, const u32* b) { multiply_16x8x32(sum, a, b[0], b[1]); }

#define MULTIPLY_16X8X16(NAME, TYPE)                                                             \
  DEVICE void NAME(float* sum, const u32* a, const u32* b) {                                     \
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32." TYPE "." TYPE                          \
                 ".f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"                    \
                 : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])                        \
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));            \
  }
MULTIPLY_16X8X16(multiply_halves, "f16")
MULTIPLY_16X8X16(multiply_brains, "bf16")
#elif ASSAY_SM >= 75
DEVICE void multiply_bytes(i32* sum, const u32* a, const u32* b) { multiply_8x8x16(sum, a[0], b[0]); }

DEVICE void multiply_halves(float* sum, const u32* a, const u32* b) {
  asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5}, {%6}, {%0,%1,%2,%3};"
               : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
               : "r"(a[0]), "r"(a[1]), "r"(b[0]));
}
#endif

#endif
