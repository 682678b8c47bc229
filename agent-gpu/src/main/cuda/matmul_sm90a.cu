// matmul with Hopper's warpgroup products. Two warpgroups compute 64 rows each of a tile; products
// run while the next step's copies are awaited. A device gets it only when it is asked for by name.
#include "matmul.cuh"
#include "warpgroup.cuh"

constexpr u32 ROWS = 128;  // of a tile
constexpr u32 COLUMNS = 256;
constexpr u32 LINE = 128;  // bytes along k in a step
constexpr u32 STAGES = 4;
constexpr u32 AHEAD = STAGES - 2;  // steps: one stage is multiplied, one may still be
constexpr u32 THREADS = 256;
constexpr u32 PATCH_ROWS = 16;
constexpr u32 GROUP_THREADS = 128;
constexpr u32 GROUP_ROWS = 64;
constexpr u32 PARTS = LINE / 16;
constexpr u32 MATRIX_A = ROWS * LINE;  // bytes of a step
constexpr u32 STEP = (ROWS + COLUMNS) * LINE;
constexpr u32 ROWS_MOVED = THREADS / PARTS;  // by all threads at once
constexpr u32 SUMS = GROUP_ROWS * COLUMNS / GROUP_THREADS;

// What a thread moves: a part of four rows of A and of eight of B (columns of the product).
struct Moves {
  const v4* a;
  const v4* b;
  u64 skip;  // v4 from a row to the one that the thread moves next
  u64 half;  // v4 from the first 128 columns to the others; 0 where there are none
  u32 to;    // in a stage
};

DEVICE void fetch(Shared stage, const Moves& moves, u32 step) {
  const u32 along = step * PARTS;
#pragma unroll
  for (u32 i = 0; i < ROWS / ROWS_MOVED; i++) {
    copy_async(stage + moves.to + i * ROWS_MOVED * LINE, moves.a + i * moves.skip + along);
  }
#pragma unroll
  for (u32 i = 0; i < COLUMNS / ROWS_MOVED; i++) {
    copy_async(stage + moves.to + MATRIX_A + i * ROWS_MOVED * LINE,
               moves.b + i / 4 * moves.half + i % 4 * moves.skip + along);
  }
}

DEVICE void multiply(i32* sums, Shared stage, u32 group) {
  begin_products();
#pragma unroll
  for (u32 k = 0; k < LINE; k += 32) {
    multiply_64x256x32(sums, matrix(stage + group * GROUP_ROWS * LINE + k),
                       matrix(stage + MATRIX_A + k));
  }
  end_products();
}

// The digests of the warp's cells: two rows of 32, one a lane.
DEVICE void digest(u64* d, const i32* sums, u32 n, u32 row, u32 column, u64 mu, u32 lane) {
  const u32 first = place(row + lane / 4, column + lane % 4 * 2);
#pragma unroll
  for (u32 half = 0; half < 2; half++) {
    u64 sum = sum_over_warp<1>(
        [&](u32 cell) {
          const i32* pair = sums + cell * 4 + half * 2;
          u32 at = first + place(half * CELL, cell * CELL);
          return entry_digest(pair[0], at, mu) + entry_digest(pair[1], at + place(0, 1), mu);
        },
        0, lane);
    if (column + lane * CELL < n) store_cell(d, n, row + half * CELL, column + lane * CELL, sum);
  }
}

KERNEL(THREADS, 1, matmul_digest, const v4* a, const v4* bt, u64* d, u32 n, u64 mu) {
  DYNAMIC_SHARED(v4, memory);
  const Shared ring = shared_address(memory);
  const u32 thread = thread_index(), lane = thread % WARP, group = thread / GROUP_THREADS;
  const u32 moved = thread / PARTS, part = thread % PARTS;
  const Tile tile = tile_of_block(PATCH_ROWS);
  const u32 groups = n / 16;
  const bool whole = (tile.column + 1) * COLUMNS <= n;
  const Moves moves = {a + (u64)(tile.row * ROWS + moved) * groups + part,
                       bt + (u64)(tile.column * COLUMNS + moved) * groups + part,
                       (u64)ROWS_MOVED * groups, whole ? (u64)COLUMNS / 2 * groups : 0,
                       moved * LINE + ((part ^ (moved & 7)) << 4)};
  const u32 steps = n / LINE;
  i32 sums[SUMS] = {};

#pragma unroll
  for (u32 step = 0; step < AHEAD; step++) {
    if (step < steps) fetch(ring + step * STEP, moves, step);
    end_group();
  }
  u32 step = 0;  // of at least one: without the doubt the sums stay in their registers
#pragma unroll 1
  do {
    WAIT_FOR_GROUPS(step_landed, AHEAD - 1);
    publish_copies();
    // Also the end of the products of the step before the last, whose stage is filled next.
    BLOCK_BARRIER(step_landed_for_all);
    if (step + AHEAD < steps) fetch(ring + (step + AHEAD) % STAGES * STEP, moves, step + AHEAD);
    end_group();
    multiply(sums, ring + step % STAGES * STEP, group);
    WAIT_FOR_PRODUCTS(last_step_multiplied, 1);
  } while (++step < steps);
  WAIT_FOR_PRODUCTS(all_multiplied, 0);

  const u32 row = tile.row * ROWS + group * GROUP_ROWS + thread % GROUP_THREADS / WARP * 16;
  digest(d, sums, n, row, tile.column * COLUMNS, mu, lane);
}

KERNEL(1, 1, matmul_shape, u32* out) { store_shape(out, ROWS, COLUMNS, THREADS, STAGES * STEP); }
