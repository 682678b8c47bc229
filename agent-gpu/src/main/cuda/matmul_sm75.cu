// matmul with Turing's tensor cores: mma.sync m8n8k16, whose result is one cell of 8x8. Turing has
// no asynchronous copies: the next step waits in registers while this one is multiplied.
#include "matmul.cuh"

constexpr u32 SIDE = 128;  // rows and columns of a tile
constexpr u32 DEPTH = 64;  // bytes along k in a step
constexpr u32 THREADS = 256;
constexpr u32 PATCH_ROWS = 16;
constexpr u32 WARP_ROWS = 64;
constexpr u32 WARP_COLUMNS = 32;
constexpr u32 ROW_CELLS = WARP_ROWS / CELL;
constexpr u32 COLUMN_CELLS = WARP_COLUMNS / CELL;
constexpr u32 MATRIX = SIDE * DEPTH;  // bytes of one matrix's part of a step
constexpr u32 STEP = 2 * MATRIX;
constexpr u32 ROWS_MOVED = THREADS / 4;  // by all threads at once: four to a row
constexpr u32 MOVES = 2 * SIDE / ROWS_MOVED;

struct Source {
  const v4* a;
  const v4* b;
  u64 skip;  // v4 from a row to the one that the thread moves next
};

DEVICE void fetch(v4* moved, const Source& from, u32 step) {
#pragma unroll
  for (u32 i = 0; i < MOVES; i++) {
    const v4* matrix = i < MOVES / 2 ? from.a : from.b;
    moved[i] = load(matrix + i % (MOVES / 2) * from.skip + step * (DEPTH / 16));
  }
}

DEVICE void put(u8* step, const v4* moved, u32 thread) {
#pragma unroll
  for (u32 i = 0; i < MOVES; i++) {
    u32 row = i % (MOVES / 2) * ROWS_MOVED + thread / 4;
    *(v4*)(step + (i < MOVES / 2 ? 0 : MATRIX) + part_offset(row, thread % 4)) = moved[i];
  }
}

DEVICE void multiply(i32 (*sums)[COLUMN_CELLS][2], const u8* step, u32 firstRow, u32 firstColumn,
                     u32 lane) {
#pragma unroll
  for (u32 part = 0; part < DEPTH / 16; part++) {
    u32 a[ROW_CELLS], b[COLUMN_CELLS];
#pragma unroll
    for (u32 i = 0; i < ROW_CELLS; i += 4) {
      load_matrices(a + i, step + part_offset(firstRow + i * CELL + lane, part));
    }
    load_matrices(b, step + MATRIX + part_offset(firstColumn + lane, part));
#pragma unroll
    for (u32 i = 0; i < ROW_CELLS; i++) {
#pragma unroll
      for (u32 j = 0; j < COLUMN_CELLS; j++) multiply_8x8x16(sums[i][j], a[i], b[j]);
    }
  }
}

KERNEL(THREADS, 2, matmul_digest, const v4* a, const v4* bt, u64* d, u32 n, u64 mu) {
  DYNAMIC_SHARED(v4, memory);
  u8* buffers = (u8*)memory;
  const u32 thread = thread_index(), lane = thread % WARP, warp = thread / WARP;
  const u32 firstRow = warp % 2 * WARP_ROWS, firstColumn = warp / 2 * WARP_COLUMNS;
  const Place tile = tile_of_block(PATCH_ROWS);
  const u32 groups = n / 16;
  const Source from = {a + (u64)(tile.row * SIDE + thread / 4) * groups + thread % 4,
                       bt + (u64)(tile.column * SIDE + thread / 4) * groups + thread % 4,
                       (u64)ROWS_MOVED * groups};
  const u32 steps = n / DEPTH;
  i32 sums[ROW_CELLS][COLUMN_CELLS][2] = {};

  v4 moved[MOVES];
  fetch(moved, from, 0);
  put(buffers, moved, thread);
  BLOCK_BARRIER(first_step_written);
#pragma unroll 1
  for (u32 step = 0; step < steps; step++) {
    const bool more = step + 1 < steps;
    if (more) fetch(moved, from, step + 1);
    multiply(sums, buffers + (step & 1) * STEP, firstRow, firstColumn, lane);
    if (more) put(buffers + (~step & 1) * STEP, moved, thread);
    BLOCK_BARRIER(next_step_written);
  }

  const u32 row = tile.row * SIDE + firstRow, column = tile.column * SIDE + firstColumn;
  u64 digest = sum_over_warp<1>(
      [&](u32 cell) {
        const i32* pair = sums[cell / COLUMN_CELLS][cell % COLUMN_CELLS];
        u32 y = row + cell / COLUMN_CELLS * CELL + lane / 4;
        u32 x = column + cell % COLUMN_CELLS * CELL + lane % 4 * 2;
        return entry_digest(pair[0], y, x, mu) + entry_digest(pair[1], y, x + 1, mu);
      },
      0, lane);
  store_cell(d, n, row + lane / COLUMN_CELLS * CELL, column + lane % COLUMN_CELLS * CELL, digest);
}

KERNEL(1, 1, matmul_shape, u32* out) { store_shape(out, SIDE, SIDE, THREADS, 2 * STEP); }
