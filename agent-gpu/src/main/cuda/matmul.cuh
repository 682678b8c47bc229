// What the variants of matmul share (specification of the proofs, section 3).
//
// Each variant defines matmul_digest, which writes the digests of all cells of C and never C
// itself, and matmul_shape, which tells the launch that it needs.
#pragma once
#include "device.cuh"

constexpr u32 CELL = 8;
constexpr u32 WARP = 32;

// An entry's place as its digest has it. Places add up like rows and columns do.
DEVICE u32 place(u32 row, u32 column) { return column + (row << 16); }

// One entry's share of its cell's digest.
DEVICE u64 entry_digest(i32 c, u32 place, u64 mu) {
  u64 x = ((u32)c | (u64)place << 32) ^ mu;
  x *= 0xbf58476d1ce4e5b9u;
  x ^= x >> 32;
  x *= 0x94d049bb133111ebu;
  return x ^ x >> 32;
}

DEVICE void store_cell(u64* d, u32 n, u32 row, u32 column, u64 digest) {
  store(d + (u64)(row / CELL) * (n / CELL) + column / CELL, digest);
}

// Lane l gets the sum over all lanes of digest(l), from SUMMED = 1 and cell = 0. At each step a
// lane keeps one half of its cells and gives the other away, so 31 exchanges do for 32 cells; depth
// first, so that few sums are alive.
template <u32 SUMMED, class Digest>
DEVICE u64 sum_over_warp(const Digest& digest, u32 cell, u32 lane) {
  if constexpr (SUMMED == WARP) {
    return digest(cell);
  } else {
    u64 lower = sum_over_warp<SUMMED * 2>(digest, cell, lane);
    u64 upper = sum_over_warp<SUMMED * 2>(digest, cell + SUMMED, lane);
    bool keepsUpper = lane & SUMMED;
    u64 given = keepsUpper ? lower : upper;
    u32 low = exchange((u32)given, SUMMED);
    u32 high = exchange((u32)(given >> 32), SUMMED);
    return (keepsUpper ? upper : lower) + (low | (u64)high << 32);
  }
}

struct Tile {
  u32 row, column;
};

// The tile that a block works on. Blocks that run at the same time have neighbouring numbers: they
// are laid over a patch of C that is `rows` tiles high, so that they share rows of A and columns of
// B in the cache.
DEVICE Tile tile_of_block(u32 rows) {
  u32 number = block_y() * grid_x() + block_x();
  u32 patch = number / (rows * grid_x());
  u32 within = number % (rows * grid_x());
  u32 left = grid_y() - patch * rows;
  u32 height = left < rows ? left : rows;
  return {patch * rows + within % height, within / height};
}

DEVICE void store_shape(u32* out, u32 rows, u32 columns, u32 threads, u32 dynamicShared) {
  store(out, rows);
  store(out + 1, columns);
  store(out + 2, threads);
  store(out + 3, dynamicShared);
}

constexpr u32 DEPTH = 64;  // bytes along k that the tensor cores' variants take in a step

// Where a 16-byte part of a row of a step lies in shared memory: eight rows' same part, which
// load_matrices takes together, lie in eight different groups of banks. Eight rows further on the
// pattern repeats: rows(8) away is the same part of such a row.
DEVICE u32 part_offset(u32 row, u32 part) { return row * DEPTH + ((part ^ (row >> 1 & 3)) << 4); }
DEVICE constexpr u32 rows(u32 count) { return count * DEPTH; }
