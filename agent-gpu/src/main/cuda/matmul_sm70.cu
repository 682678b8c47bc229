// matmul with dp4a, for devices without integer tensor cores. A thread computes one cell of 8x8.
#include "matmul.cuh"

constexpr u32 SIDE = 128;  // rows and columns of a tile
constexpr u32 WORDS = 8;   // of four bytes along k in a step
constexpr u32 THREADS = 256;
constexpr u32 PATCH_ROWS = 16;
constexpr u32 HALF = 20;         // v4 from the first halves of the cells to the second
constexpr u32 LINE = HALF + 16;  // v4 of one word's line
constexpr u32 BUFFER = WORDS * LINE;

// A line holds one word of each of 128 rows. The first four rows of every cell come first, then the
// others, 16 banks on: neighbouring threads read neighbouring vectors, and write different banks.
DEVICE u32 word_in_line(u32 row) { return (row >> 3) * 4 + (row & 3) + (row & 4 ? HALF * 4 : 0); }

DEVICE void put_row(v4* lines, u32 row, u32 firstWord, v4 x) {
  u32* words = (u32*)lines + firstWord * LINE * 4 + word_in_line(row);
  words[0] = x.x;
  words[LINE * 4] = x.y;
  words[2 * LINE * 4] = x.z;
  words[3 * LINE * 4] = x.w;
}

DEVICE void take_eight(u32* words, const v4* line, u32 cell) {
  v4 x = line[cell], y = line[HALF + cell];
  words[0] = x.x;
  words[1] = x.y;
  words[2] = x.z;
  words[3] = x.w;
  words[4] = y.x;
  words[5] = y.y;
  words[6] = y.z;
  words[7] = y.w;
}

DEVICE void multiply(i32 (*sums)[CELL], const v4* a, const v4* b, u32 cellRow, u32 cellColumn) {
#pragma unroll
  for (u32 k = 0; k < WORDS; k++) {
    u32 rows[CELL], columns[CELL];
    take_eight(rows, a + k * LINE, cellRow);
    take_eight(columns, b + k * LINE, cellColumn);
#pragma unroll
    for (u32 i = 0; i < CELL; i++) {
#pragma unroll
      for (u32 j = 0; j < CELL; j++) sums[i][j] = dot4(rows[i], columns[j], sums[i][j]);
    }
  }
}

KERNEL(THREADS, 2, matmul_digest, const v4* a, const v4* bt, u64* d, u32 n, u64 mu) {
  SHARED(v4, lines, 4 * BUFFER);
  const u32 thread = thread_index();
  const u32 cellRow = thread / 16, cellColumn = thread % 16;
  const u32 row = thread % SIDE, part = thread / SIDE;
  const Tile tile = tile_of_block(PATCH_ROWS);
  const u32 groups = n / 16;
  const v4* nextA = a + (u64)(tile.row * SIDE + row) * groups + part;
  const v4* nextB = bt + (u64)(tile.column * SIDE + row) * groups + part;
  const u32 steps = n / (4 * WORDS);
  i32 sums[CELL][CELL] = {};

  put_row(lines, row, part * 4, load(nextA));
  put_row(lines + BUFFER, row, part * 4, load(nextB));
  BLOCK_BARRIER(first_step_written);
  u32 step = 0;  // of at least one: without the doubt the sums stay in their registers
#pragma unroll 1
  do {
    const bool more = step + 1 < steps;
    const v4* now = lines + (step & 1) * 2 * BUFFER;
    v4* after = lines + (~step & 1) * 2 * BUFFER;
    v4 rowA = {}, rowB = {};
    if (more) {
      rowA = load(nextA += 2);
      rowB = load(nextB += 2);
    }
    multiply(sums, now, now + BUFFER, cellRow, cellColumn);
    if (more) {
      put_row(after, row, part * 4, rowA);
      put_row(after + BUFFER, row, part * 4, rowB);
    }
    BLOCK_BARRIER(next_step_written);
  } while (++step < steps);

  const u32 firstRow = tile.row * SIDE + cellRow * CELL;
  const u32 firstColumn = tile.column * SIDE + cellColumn * CELL;
  const u32 first = place(firstRow, firstColumn);
  u64 digest = 0;
#pragma unroll
  for (u32 i = 0; i < CELL; i++) {
#pragma unroll
    for (u32 j = 0; j < CELL; j++) digest += entry_digest(sums[i][j], first + place(i, j), mu);
  }
  store_cell(d, n, firstRow, firstColumn, digest);
}

KERNEL(1, 1, matmul_shape, u32* out) { store_shape(out, SIDE, SIDE, THREADS, 0); }
