// What the kernels use of the machine. One source, two compilers: clang makes the PTX that is
// shipped, g++ the host code that the tests' emulator runs (its side: emulated_device.h).
//
// A barrier carries the name of what it separates. The emulator can leave out any one of them by
// that name, so that a test can show that its absence is noticed.
#pragma once

using u8 = unsigned char;
using u32 = unsigned int;
using u64 = unsigned long long;
using i32 = int;

struct alignas(16) v4 {
  u32 x, y, z, w;
};

// 256 bits as little-endian words, passed to kernels by value.
struct Key {
  u32 words[8];
};

#ifdef ASSAY_EMULATOR
#include "emulated_device.h"
#else

#define DEVICE static __attribute__((device, always_inline)) inline
#define KERNEL(THREADS, BLOCKS_PER_SM, NAME, ...) \
  extern "C" __attribute__((global, launch_bounds(THREADS, BLOCKS_PER_SM))) void NAME(__VA_ARGS__)
#define SHARED(TYPE, NAME, COUNT) static __attribute__((shared)) TYPE NAME[COUNT]
#define DYNAMIC_SHARED(TYPE, NAME) extern __attribute__((shared, aligned(1024))) TYPE NAME[]

DEVICE u32 thread_index() { return (u32)__nvvm_read_ptx_sreg_tid_x(); }
DEVICE u32 block_x() { return (u32)__nvvm_read_ptx_sreg_ctaid_x(); }
DEVICE u32 block_y() { return (u32)__nvvm_read_ptx_sreg_ctaid_y(); }
DEVICE u32 block_threads() { return (u32)__nvvm_read_ptx_sreg_ntid_x(); }
DEVICE u32 grid_x() { return (u32)__nvvm_read_ptx_sreg_nctaid_x(); }
DEVICE u32 grid_y() { return (u32)__nvvm_read_ptx_sreg_nctaid_y(); }

// All threads of a block, or of a warp, have come here, and see each other's writes.
#define BLOCK_BARRIER(SITE) asm volatile("bar.sync 0;" ::: "memory")
#define WARP_BARRIER(SITE) asm volatile("bar.warp.sync 0xffffffff;" ::: "memory")

template <u32 N>
DEVICE u32 rotate_right(u32 x) {
  u32 r;
  if (N == 16) {
    asm("prmt.b32 %0, %1, 0, 0x1032;" : "=r"(r) : "r"(x));
  } else if (N == 8) {
    asm("prmt.b32 %0, %1, 0, 0x0321;" : "=r"(r) : "r"(x));
  } else {
    asm("shf.r.wrap.b32 %0, %1, %1, %2;" : "=r"(r) : "r"(x), "n"(N));
  }
  return r;
}

DEVICE u64 multiply_high(u64 a, u64 b) {
  u64 r;
  asm("mul.hi.u64 %0, %1, %2;" : "=l"(r) : "l"(a), "l"(b));
  return r;
}

// Global memory. Volatile, so that loads stay where the source puts them: well ahead of their use.
DEVICE v4 load(const v4* p) {
  v4 r;
  asm volatile("ld.global.v4.u32 {%0,%1,%2,%3}, [%4];"
               : "=r"(r.x), "=r"(r.y), "=r"(r.z), "=r"(r.w)
               : "l"(p));
  return r;
}

DEVICE void store(v4* p, v4 v) {
  asm volatile("st.global.v4.u32 [%0], {%1,%2,%3,%4};" ::"l"(p), "r"(v.x), "r"(v.y), "r"(v.z),
               "r"(v.w)
               : "memory");
}

DEVICE void store(u64* p, u64 v) {
  asm volatile("st.global.u64 [%0], %1;" ::"l"(p), "l"(v) : "memory");
}
DEVICE void store(u32* p, u32 v) {
  asm volatile("st.global.u32 [%0], %1;" ::"l"(p), "r"(v) : "memory");
}

// The value of lane ^ mask.
DEVICE u32 exchange(u32 value, u32 mask) {
  u32 r;
  asm volatile("shfl.sync.bfly.b32 %0, %1, %2, 0x1f, 0xffffffff;"
               : "=r"(r)
               : "r"(value), "r"(mask));
  return r;
}

// Sum of four products of signed bytes.
DEVICE i32 dot4(u32 a, u32 b, i32 sum) {
  i32 r;
  asm("dp4a.s32.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}

// A place in shared memory: half a pointer's size, and no conversion where it is used.
using Shared = u32;

DEVICE Shared shared_address(const void* p) {
  Shared a;
  asm("{ .reg .u64 q; cvta.to.shared.u64 q, %1; cvt.u32.u64 %0, q; }" : "=r"(a) : "l"(p));
  return a;
}

DEVICE void store_shared(Shared p, v4 v) {
  asm volatile("st.shared.v4.u32 [%0], {%1,%2,%3,%4};" ::"r"(p), "r"(v.x), "r"(v.y), "r"(v.z),
               "r"(v.w)
               : "memory");
}

#if ASSAY_SM >= 75
// Four 8x16-byte matrices from shared memory; lane l gives the address of row l % 8 of matrix l
// / 8.
DEVICE void load_matrices(u32* r, Shared row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(row)
               : "memory");
}

// Signed bytes, 32-bit sums: 8x16 times 16x8.
DEVICE void multiply_8x8x16(i32* sum, u32 a, u32 b) {
  asm volatile("mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32 {%0,%1}, {%2}, {%3}, {%0,%1};"
               : "+r"(sum[0]), "+r"(sum[1])
               : "r"(a), "r"(b));
}
#endif

#if ASSAY_SM >= 80
// Signed bytes, 32-bit sums: 16x32 times 32x8.
DEVICE void multiply_16x8x32(i32* sum, const u32* a, u32 b0, u32 b1) {
  asm volatile(
      "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
      "{%0,%1,%2,%3};"
      : "+r"(sum[0]), "+r"(sum[1]), "+r"(sum[2]), "+r"(sum[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

// Copies 16 bytes to shared memory some time before the wait that covers their group returns.
DEVICE void copy_async(Shared to, const void* from) {
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(to), "l"(from) : "memory");
}

DEVICE void end_group() { asm volatile("cp.async.commit_group;" ::: "memory"); }

// All of this thread's groups but the newest PENDING have landed.
#define WAIT_FOR_GROUPS(SITE, PENDING) \
  asm volatile("cp.async.wait_group %0;" ::"n"(PENDING) : "memory")
#endif

#endif
