// matmul with the tensor cores of Ampere and later: mma.sync m16n8k32, fed by a ring of steps that
// asynchronous copies fill ahead of time.
#include "matmul.cuh"

constexpr u32 ROWS = 128;  // of a tile
constexpr u32 COLUMNS = 256;
constexpr u32 STAGES = 4;
constexpr u32 THREADS = 256;
constexpr u32 PATCH_ROWS = 16;
constexpr u32 WARP_SIDE = 64;  // a warp computes 64x64
constexpr u32 WARPS_DOWN = ROWS / WARP_SIDE;
constexpr u32 STRIPS = WARP_SIDE / 16;  // of 16 rows
constexpr u32 CELLS = WARP_SIDE / CELL;
constexpr u32 MATRIX_A = ROWS * DEPTH;  // bytes of a step
constexpr u32 STEP = (ROWS + COLUMNS) * DEPTH;
constexpr u32 ROWS_MOVED = THREADS / 4;  // by all threads at once: four to a row

// What a thread moves: a part of two rows of A and of four of B (columns of the product).
struct Moves {
  const v4* a;
  const v4* b;
  u64 skip;  // v4 from a row to the one that the thread moves next
  u64 half;  // v4 from the first 128 columns to the others; 0 where there are none
  u32 to;    // in a stage
};

DEVICE void fetch(Shared stage, const Moves& moves, u32 step) {
  const u32 along = step * (DEPTH / 16);
#pragma unroll
  for (u32 i = 0; i < ROWS / ROWS_MOVED; i++) {
    copy_async(stage + moves.to + rows(i * ROWS_MOVED), moves.a + i * moves.skip + along);
  }
#pragma unroll
  for (u32 i = 0; i < COLUMNS / ROWS_MOVED; i++) {
    copy_async(stage + moves.to + MATRIX_A + rows(i * ROWS_MOVED),
               moves.b + i / 2 * moves.half + i % 2 * moves.skip + along);
  }
}

// Where in a stage the lane's addresses for load_matrices begin, for the first and second half of
// the step's k.
struct Fragments {
  u32 a[2], b[2];
};

DEVICE Fragments fragments(u32 firstRow, u32 firstColumn, u32 lane) {
  Fragments at;
#pragma unroll
  for (u32 half = 0; half < 2; half++) {
    at.a[half] = part_offset(firstRow + lane % 16, 2 * half + lane / 16);
    at.b[half] =
        MATRIX_A + part_offset(firstColumn + lane % 8 + lane / 16 * 8, 2 * half + lane / 8 % 2);
  }
  return at;
}

DEVICE void multiply(i32 (*sums)[CELLS][4], Shared stage, const Fragments& at) {
#pragma unroll
  for (u32 half = 0; half < 2; half++) {
    u32 a[STRIPS][4], b[CELLS / 2][4];
#pragma unroll
    for (u32 i = 0; i < STRIPS; i++) load_matrices(a[i], stage + at.a[half] + rows(i * 16));
#pragma unroll
    for (u32 j = 0; j < CELLS / 2; j++) load_matrices(b[j], stage + at.b[half] + rows(j * 16));
#pragma unroll
    for (u32 i = 0; i < STRIPS; i++) {
#pragma unroll
      for (u32 j = 0; j < CELLS; j++) {
        multiply_16x8x32(sums[i][j], a[i], b[j / 2][j % 2 * 2], b[j / 2][j % 2 * 2 + 1]);
      }
    }
  }
}

// The digests of the warp's 8x8 cells, four rows of cells (two strips) at a time: one a lane.
DEVICE void digest(u64* d, const i32 (*sums)[CELLS][4], u32 n, u32 row, u32 column, u64 mu,
                   u32 lane) {
  const u32 first = place(row + lane / 4, column + lane % 4 * 2);
#pragma unroll
  for (u32 i = 0; i < STRIPS; i += 2) {
    u64 sum = sum_over_warp<1>(
        [&](u32 cell) {
          const i32* pair = sums[i + cell / CELLS / 2][cell % CELLS] + cell / CELLS % 2 * 2;
          u32 at = first + place((i * 2 + cell / CELLS) * CELL, cell % CELLS * CELL);
          return entry_digest(pair[0], at, mu) + entry_digest(pair[1], at + place(0, 1), mu);
        },
        0, lane);
    store_cell(d, n, row + (i * 2 + lane / CELLS) * CELL, column + lane % CELLS * CELL, sum);
  }
}

KERNEL(THREADS, 1, matmul_digest, const v4* a, const v4* bt, u64* d, u32 n, u64 mu) {
  DYNAMIC_SHARED(v4, memory);
  const Shared ring = shared_address(memory);
  const u32 thread = thread_index(), lane = thread % WARP, warp = thread / WARP;
  const u32 firstRow = warp % WARPS_DOWN * WARP_SIDE, firstColumn = warp / WARPS_DOWN * WARP_SIDE;
  const Tile tile = tile_of_block(PATCH_ROWS);
  const u32 groups = n / 16;
  const bool whole = (tile.column + 1) * COLUMNS <= n;
  const Moves moves = {a + (u64)(tile.row * ROWS + thread / 4) * groups + thread % 4,
                       bt + (u64)(tile.column * COLUMNS + thread / 4) * groups + thread % 4,
                       (u64)ROWS_MOVED * groups, whole ? (u64)COLUMNS / 2 * groups : 0,
                       part_offset(thread / 4, thread % 4)};
  const Fragments at = fragments(firstRow, firstColumn, lane);
  const u32 steps = n / DEPTH;
  i32 sums[STRIPS][CELLS][4] = {};

#pragma unroll
  for (u32 step = 0; step < STAGES - 1; step++) {
    if (step < steps) fetch(ring + step * STEP, moves, step);
    end_group();
  }
  u32 reading = 0, writing = STAGES - 1;
  u32 step = 0;  // of at least one: without the doubt the sums stay in their registers
#pragma unroll 1
  do {
    WAIT_FOR_GROUPS(step_landed, STAGES - 2);
    // Also the end of the step before, whose stage is filled next.
    BLOCK_BARRIER(step_landed_for_all);
    if (step + STAGES - 1 < steps) fetch(ring + writing * STEP, moves, step + STAGES - 1);
    end_group();
    multiply(sums, ring + reading * STEP, at);
    reading = reading + 1 == STAGES ? 0 : reading + 1;
    writing = writing + 1 == STAGES ? 0 : writing + 1;
  } while (++step < steps);

  const u32 row = tile.row * ROWS + firstRow, column = tile.column * COLUMNS + firstColumn;
  if (column < n) digest(d, sums, n, row, column, mu, lane);
}

KERNEL(1, 1, matmul_shape, u32* out) { store_shape(out, ROWS, COLUMNS, THREADS, STAGES * STEP); }
