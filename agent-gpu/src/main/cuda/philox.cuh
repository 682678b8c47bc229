// Philox4x32-10 (Salmon et al., Parallel random numbers: as easy as 1, 2, 3; 2011).
#pragma once
#include "device.cuh"

DEVICE v4 philox(v4 counter, u32 key0, u32 key1) {
#pragma unroll
  for (u32 i = 0; i < 10; i++) {
    u64 product0 = (u64)0xD2511F53u * counter.x;
    u64 product1 = (u64)0xCD9E8D57u * counter.z;
    counter = v4{(u32)(product1 >> 32) ^ counter.y ^ key0, (u32)product1,
                 (u32)(product0 >> 32) ^ counter.w ^ key1, (u32)product0};
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return counter;
}
