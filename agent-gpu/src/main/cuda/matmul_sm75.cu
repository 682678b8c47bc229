// matmul with Turing's tensor cores: mma.sync m8n8k16, whose result is one cell of 8x8. Turing has
// no asynchronous copies: the next step waits in registers while this one is multiplied.
#include "matmul.cuh"

constexpr u32 SIDE = 128;  // rows and columns of a tile
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

// What a thread moves: a part of two rows of A and of two of B (columns of the product).
struct Moves {
  const v4* a;
  const v4* b;
  u64 skip;  // v4 from a row to the one that the thread moves next
  u32 to;    // in a step
};

DEVICE void fetch(v4* moved, const Moves& moves, u32 step) {
#pragma unroll
  for (u32 i = 0; i < MOVES; i++) {
    const v4* matrix = i < MOVES / 2 ? moves.a : moves.b;
    moved[i] = load(matrix + i % (MOVES / 2) * moves.skip + step * (DEPTH / 16));
  }
}

DEVICE void put(Shared step, const v4* moved, const Moves& moves) {
#pragma unroll
  for (u32 i = 0; i < MOVES; i++) {
    store_shared(step + moves.to + i / (MOVES / 2) * MATRIX + rows(i % (MOVES / 2) * ROWS_MOVED),
                 moved[i]);
  }
}

// Where in a step the lane's addresses for load_matrices begin, for each part of its k.
struct Fragments {
  u32 a[DEPTH / 16], b[DEPTH / 16];
};

DEVICE Fragments fragments(u32 firstRow, u32 firstColumn, u32 lane) {
  Fragments at;
#pragma unroll
  for (u32 part = 0; part < DEPTH / 16; part++) {
    at.a[part] = part_offset(firstRow + lane, part);
    at.b[part] = MATRIX + part_offset(firstColumn + lane, part);
  }
  return at;
}

DEVICE void multiply(i32 (*sums)[COLUMN_CELLS][2], Shared step, const Fragments& at) {
#pragma unroll
  for (u32 part = 0; part < DEPTH / 16; part++) {
    u32 a[ROW_CELLS], b[COLUMN_CELLS];
#pragma unroll
    for (u32 i = 0; i < ROW_CELLS; i += 4) load_matrices(a + i, step + at.a[part] + rows(i * CELL));
    load_matrices(b, step + at.b[part]);
#pragma unroll
    for (u32 i = 0; i < ROW_CELLS; i++) {
#pragma unroll
      for (u32 j = 0; j < COLUMN_CELLS; j++) multiply_8x8x16(sums[i][j], a[i], b[j]);
    }
  }
}

KERNEL(THREADS, 2, matmul_digest, const v4* a, const v4* bt, u64* d, u32 n, u64 mu) {
  DYNAMIC_SHARED(v4, memory);
  const Shared buffers = shared_address(memory);
  const u32 thread = thread_index(), lane = thread % WARP, warp = thread / WARP;
  const u32 firstRow = warp % 2 * WARP_ROWS, firstColumn = warp / 2 * WARP_COLUMNS;
  const Tile tile = tile_of_block(PATCH_ROWS);
  const u32 groups = n / 16;
  const Moves moves = {a + (u64)(tile.row * SIDE + thread / 4) * groups + thread % 4,
                       bt + (u64)(tile.column * SIDE + thread / 4) * groups + thread % 4,
                       (u64)ROWS_MOVED * groups, part_offset(thread / 4, thread % 4)};
  const Fragments at = fragments(firstRow, firstColumn, lane);
  const u32 steps = n / DEPTH;
  i32 sums[ROW_CELLS][COLUMN_CELLS][2] = {};

  v4 moved[MOVES];
  fetch(moved, moves, 0);
  put(buffers, moved, moves);
  BLOCK_BARRIER(first_step_written);
  u32 step = 0;  // of at least one: without the doubt the sums stay in their registers
#pragma unroll 1
  do {
    const bool more = step + 1 < steps;
    if (more) fetch(moved, moves, step + 1);
    multiply(sums, buffers + (step & 1) * STEP, at);
    if (more) put(buffers + (~step & 1) * STEP, moved, moves);
    BLOCK_BARRIER(next_step_written);
  } while (++step < steps);

  const u32 row = tile.row * SIDE + firstRow, column = tile.column * SIDE + firstColumn;
  const u32 first = place(row + lane / 4, column + lane % 4 * 2);
  u64 digest = sum_over_warp<1>(
      [&](u32 cell) {
        const i32* pair = sums[cell / COLUMN_CELLS][cell % COLUMN_CELLS];
        u32 at = first + place(cell / COLUMN_CELLS * CELL, cell % COLUMN_CELLS * CELL);
        return entry_digest(pair[0], at, mu) + entry_digest(pair[1], at + place(0, 1), mu);
      },
      0, lane);
  store_cell(d, n, row + lane / COLUMN_CELLS * CELL, column + lane % COLUMN_CELLS * CELL, digest);
}

KERNEL(1, 1, matmul_shape, u32* out) { store_shape(out, SIDE, SIDE, THREADS, 2 * STEP); }
