// The host's side of device.cuh: what the kernels use of the machine, lane by lane and exact.
#pragma once
#include <cstring>
#include <vector>

#include "kernel.h"

namespace emulator {

struct Lane;

struct Warp {
  Lane* lanes[32];
  u32 size, arrived;
  u32 operation;  // that the arrived lanes wait to do together
};

struct Copy {
  void* shared;
  const void* global;
};

struct Product {
  const u8 *a, *b;
  i32* sums;
};

// One CUDA thread, with what it offers to an operation of its warp.
struct Lane {
  u32 thread, lane, state;
  Warp* warp;
  struct Fiber* fiber;
  size_t sharedUsed;
  u32 word, result;
  const void* address;
  u32 words[4];
  const u32* a;
  u32 b[2];
  i32* sums;
  std::vector<Copy> copies;
  std::vector<size_t> groups;  // ends of the groups of copies under way
  std::vector<Product> products;
  std::vector<size_t> productGroups;
};

struct BlockState {
  u32 x, y, gridX, gridY, threads;
  u8* dynamicShared;
};

// Global memory as this worker sees it: the allocation that it used last, and what it has moved.
struct Access {
  const char *low, *high, *slowFrom;
  u64 fast, slow;
  u32 wrong;  // flips a bit of everything that the block stores
};

#define EMULATOR_LOCAL extern thread_local __attribute__((tls_model("initial-exec")))
EMULATOR_LOCAL Lane* current;
EMULATOR_LOCAL BlockState* block;
EMULATOR_LOCAL Access access;
#undef EMULATOR_LOCAL

void block_barrier();
// True for the last lane of the warp to come: it acts for all before it goes on.
bool arrive_last(u32 operation);
void* shared_memory(size_t bytes);
void look_up(const void* p, u32 bytes);  // ends the thread where the address is illegal

inline void touch(const void* at, u32 bytes) {
  const char* p = (const char*)at;
  if (p < access.low || p + bytes > access.high || (uintptr_t)p % bytes) look_up(p, bytes);
  (access.slowFrom && p >= access.slowFrom ? access.slow : access.fast) += bytes;
}

enum Operation : u32 { BARRIER, EXCHANGE, LOAD_MATRICES, MULTIPLY_8X8X16, MULTIPLY_16X8X32 };

}  // namespace emulator

#define DEVICE static inline
#define KERNEL(THREADS, BLOCKS_PER_SM, NAME, ...)                                                \
  static void NAME(__VA_ARGS__);                                                                 \
  static const emulator::Kernel kernel_##NAME(                                                   \
      #NAME, ASSAY_SM, THREADS, emulator::Entry<&NAME>::sizes(), &emulator::Entry<&NAME>::call); \
  static void NAME(__VA_ARGS__)
#define SHARED(TYPE, NAME, COUNT) \
  auto& NAME = *(TYPE(*)[COUNT])emulator::shared_memory(sizeof(TYPE) * (COUNT))
#define DYNAMIC_SHARED(TYPE, NAME) TYPE* NAME = (TYPE*)emulator::block->dynamicShared

DEVICE u32 thread_index() { return emulator::current->thread; }
DEVICE u32 block_x() { return emulator::block->x; }
DEVICE u32 block_y() { return emulator::block->y; }
DEVICE u32 block_threads() { return emulator::block->threads; }
DEVICE u32 grid_x() { return emulator::block->gridX; }
DEVICE u32 grid_y() { return emulator::block->gridY; }

#define EMULATOR_SITE(SITE, DO)             \
  do {                                      \
    static emulator::Site site_here(#SITE); \
    const bool leftOut = site_here.leftOut; \
    DO;                                     \
  } while (0)
#define BLOCK_BARRIER(SITE) EMULATOR_SITE(SITE, if (!leftOut) emulator::block_barrier())
#define WARP_BARRIER(SITE) \
  EMULATOR_SITE(SITE, if (!leftOut) emulator::arrive_last(emulator::BARRIER))

template <u32 N>
DEVICE u32 rotate_right(u32 x) {
  return x >> N | x << (32 - N);
}

DEVICE u64 multiply_high(u64 a, u64 b) { return (u64)((unsigned __int128)a * b >> 64); }

DEVICE v4 load(const v4* p) {
  emulator::touch(p, sizeof *p);
  return *p;
}

DEVICE void store(v4* p, v4 v) {
  emulator::touch(p, sizeof *p);
  v.x ^= emulator::access.wrong;
  *p = v;
}

DEVICE void store(u64* p, u64 v) {
  emulator::touch(p, sizeof *p);
  *p = v ^ emulator::access.wrong;
}

DEVICE void store(u32* p, u32 v) {
  emulator::touch(p, sizeof *p);
  *p = v ^ emulator::access.wrong;
}

DEVICE u32 exchange(u32 value, u32 mask) {
  emulator::Lane* self = emulator::current;
  self->word = value;
  if (emulator::arrive_last(emulator::EXCHANGE)) {
    for (u32 i = 0; i < 32; i++) {
      self->warp->lanes[i]->result = self->warp->lanes[i ^ mask]->word;
    }
  }
  return self->result;
}

DEVICE i32 dot4(u32 a, u32 b, i32 sum) {
  for (u32 shift = 0; shift < 32; shift += 8) {
    sum += (i32)(signed char)(a >> shift) * (i32)(signed char)(b >> shift);
  }
  return sum;
}

using Shared = u8*;

DEVICE Shared shared_address(void* p) { return (Shared)p; }
DEVICE void store_shared(Shared p, v4 v) { *(v4*)p = v; }

// Row l % 8 of matrix l / 8 is at lane l's address; lane l gets bytes 4(l % 4)... of rows l / 4.
DEVICE void load_matrices(u32* r, Shared row) {
  emulator::Lane* self = emulator::current;
  self->address = row;
  if (emulator::arrive_last(emulator::LOAD_MATRICES)) {
    for (u32 i = 0; i < 32; i++) {
      for (u32 matrix = 0; matrix < 4; matrix++) {
        const char* from = (const char*)self->warp->lanes[matrix * 8 + i / 4]->address;
        memcpy(&self->warp->lanes[i]->words[matrix], from + i % 4 * 4, 4);
      }
    }
  }
  memcpy(r, self->words, sizeof self->words);
}

// Fragments as PTX lays them out: lane l holds four bytes of row l / 4 of A, and of column l / 4 of
// B, and of the result row l / 4, columns 2(l % 4) and the next.
DEVICE void multiply_8x8x16(i32* sum, u32 a, u32 b) {
  emulator::Lane* self = emulator::current;
  self->word = a;
  self->b[0] = b;
  self->sums = sum;
  if (!emulator::arrive_last(emulator::MULTIPLY_8X8X16)) return;
  emulator::Lane** lanes = self->warp->lanes;
  for (u32 i = 0; i < 32; i++) {
    for (u32 q = 0; q < 2; q++) {
      i32 s = lanes[i]->sums[q];
      u32 row = i / 4, column = i % 4 * 2 + q;
      for (u32 k = 0; k < 4; k++)
        s = dot4(lanes[row * 4 + k]->word, lanes[column * 4 + k]->b[0], s);
      lanes[i]->sums[q] = s;
    }
  }
}

DEVICE void multiply_16x8x32(i32* sum, const u32* a, u32 b0, u32 b1) {
  emulator::Lane* self = emulator::current;
  self->a = a;
  self->b[0] = b0;
  self->b[1] = b1;
  self->sums = sum;
  if (!emulator::arrive_last(emulator::MULTIPLY_16X8X32)) return;
  emulator::Lane** lanes = self->warp->lanes;
  for (u32 i = 0; i < 32; i++) {
    for (u32 q = 0; q < 4; q++) {
      i32 s = lanes[i]->sums[q];
      u32 row = i / 4, lower = q / 2, column = i % 4 * 2 + q % 2;
      for (u32 k = 0; k < 8; k++) {
        u32 left = lanes[row * 4 + k % 4]->a[k / 4 * 2 + lower];
        s = dot4(left, lanes[column * 4 + k % 4]->b[k / 4], s);
      }
      lanes[i]->sums[q] = s;
    }
  }
}

// A copy lands as late as the program allows: its place is spoilt now, and written by the wait that
// promises it.
DEVICE void copy_async(Shared to, const void* from) {
  emulator::touch(from, 16);
  memset(to, 0xCD, 16);
  emulator::current->copies.push_back({to, from});
}

DEVICE void end_group() { emulator::current->groups.push_back(emulator::current->copies.size()); }

DEVICE void wait_for_groups(u32 pending) {
  auto& copies = emulator::current->copies;
  auto& groups = emulator::current->groups;
  if (groups.size() <= pending) return;
  size_t ended = groups.size() - pending, landed = groups[ended - 1];
  for (size_t i = 0; i < landed; i++) memcpy(copies[i].shared, copies[i].global, 16);
  copies.erase(copies.begin(), copies.begin() + landed);
  groups.erase(groups.begin(), groups.begin() + ended);
  for (size_t& end : groups) end -= landed;
}
#define WAIT_FOR_GROUPS(SITE, PENDING) EMULATOR_SITE(SITE, wait_for_groups((PENDING) + leftOut))
