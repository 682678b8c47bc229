// The host's side of warpgroup.cuh.
#pragma once
#include "emulated_device.h"

using Matrix = const u8*;

DEVICE Matrix matrix(Shared at) { return at; }
DEVICE void publish_copies() {}
DEVICE void begin_products() {}

DEVICE void end_products() {
  emulator::current->productGroups.push_back(emulator::current->products.size());
}

namespace emulator {

// Four bytes of a row along k: the swizzle is one of addresses.
inline u32 word_of(const u8* matrix, u32 row, u32 k) {
  uintptr_t at = (uintptr_t)matrix + row / 8 * 1024 + row % 8 * 128 + k;
  u32 word;
  memcpy(&word, (const u8*)(at ^ (at >> 7 & 7) << 4), 4);
  return word;
}

inline void do_product(const Product& p, u32 thread) {
  const u32 row = thread % 128 / 32 * 16 + thread % 32 / 4;
  for (u32 i = 0; i < 128; i++) {
    u32 y = row + i / 2 % 2 * 8, x = i / 4 * 8 + thread % 4 * 2 + i % 2;
    for (u32 k = 0; k < 32; k += 4)
      p.sums[i] = dot4(word_of(p.a, y, k), word_of(p.b, x, k), p.sums[i]);
  }
}

}  // namespace emulator

// A product reads its matrices as late as the program allows: by the wait that promises its sums.
// Each lane does its own share.
DEVICE void multiply_64x256x32(i32* d, Matrix a, Matrix b) {
  emulator::current->products.push_back({a, b, d});
}

DEVICE void wait_for_products(u32 pending) {
  auto& products = emulator::current->products;
  auto& groups = emulator::current->productGroups;
  if (groups.size() <= pending) return;
  size_t ended = groups.size() - pending, done = groups[ended - 1];
  for (size_t i = 0; i < done; i++) emulator::do_product(products[i], emulator::current->thread);
  products.erase(products.begin(), products.begin() + done);
  groups.erase(groups.begin(), groups.begin() + ended);
  for (size_t& end : groups) end -= done;
}
#define WAIT_FOR_PRODUCTS(SITE, PENDING) EMULATOR_SITE(SITE, wait_for_products((PENDING) + leftOut))
