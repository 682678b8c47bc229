// Memory-fill and BLAKE3 trees (specification of the proofs, sections 1 and 2), inputs of matmul
// (3).
#include "blake3.cuh"
#include "philox.cuh"

constexpr u32 THREADS = 256;
constexpr u32 WARP = 32;
constexpr u32 LABEL_VALUES = 4;  // of v4
constexpr u32 SEGMENTS = 64;
constexpr u32 PARENTS = 3;
constexpr u32 TILE = WARP * LABEL_VALUES;
constexpr u32 FILLING_BLOCKS = 16;  // of a row of fill_pass's grid
constexpr u64 BLOCK_VALUES = THREADS * CHUNK_BLOCKS * VALUES_PER_BLOCK;  // v4 of a block of chunks

// Labels go between memory and threads through a warp's tile of shared memory: four neighbouring
// lanes move one label, so every access is of whole 32-byte sectors, and then each lane hashes one
// label. The swizzle keeps both views of the tile free of bank conflicts.
DEVICE u32 tile_slot(u32 label, u32 part) {
  return label * LABEL_VALUES + (part ^ (label >> 1 & 3));
}

// The label of the warp that the lane helps to move in step r of four.
DEVICE u32 moved_label(u32 lane, u32 r) { return r * (WARP / 4) + (lane >> 2); }

DEVICE v4 operator^(v4 a, v4 b) { return v4{a.x ^ b.x, a.y ^ b.y, a.z ^ b.z, a.w ^ b.w}; }

DEVICE void put_label(v4* tile, u32 lane, const u32* words) {
#pragma unroll
  for (u32 i = 0; i < LABEL_VALUES; i++) {
    tile[tile_slot(lane, i)] =
        v4{words[4 * i], words[4 * i + 1], words[4 * i + 2], words[4 * i + 3]};
  }
}

DEVICE void take_label(u32* words, const v4* tile, u32 lane) {
#pragma unroll
  for (u32 i = 0; i < LABEL_VALUES; i++) {
    v4 x = tile[tile_slot(lane, i)];
    words[4 * i] = x.x;
    words[4 * i + 1] = x.y;
    words[4 * i + 2] = x.z;
    words[4 * i + 3] = x.w;
  }
}

// Writes the tile's first `count` labels to consecutive places.
DEVICE void store_labels(v4* labels, const v4* tile, u32 lane, u64 count) {
#pragma unroll
  for (u32 r = 0; r < 4; r++) {
    u32 label = moved_label(lane, r);
    u32 part = lane & 3;
    if (label < count) store(labels + label * LABEL_VALUES + part, tile[tile_slot(label, part)]);
  }
}

KERNEL(THREADS, 4, fill_first, v4* image, u64 first, u64 count, Key key) {
  SHARED(v4, tiles, THREADS * LABEL_VALUES);
  const u32 lane = thread_index() % WARP;
  v4* tile = tiles + thread_index() / WARP * TILE;
  const u64 done = (u64)block_x() * THREADS + thread_index() / WARP * WARP;
  if (done >= count) return;
  u32 words[16] = {};
  keyed_output(words, key, first + done + lane);
  put_label(tile, lane, words);
  WARP_BARRIER(first_labels_in_tile);
  store_labels(image + (first + done) * LABEL_VALUES, tile, lane, count - done);
}

// Where the three parents of label i lie. `next` is the first label after i's segment, and
// `others` the number of labels outside it.
DEVICE void parents(u64* at, v4 head, v4 middle, u64 i, u64 labels, u64 next, u64 others, u64 a,
                    u64 b) {
  const u32 words[2 * PARENTS] = {head.x, head.y, head.z, head.w, middle.x, middle.y};
#pragma unroll
  for (u32 j = 0; j < PARENTS; j++) {
    u64 drawn = a * (words[2 * j] | (u64)words[2 * j + 1] << 32) + b * (PARENTS * i + j + 1);
    u64 label = next + multiply_high(drawn, others);
    at[j] = label >= labels ? label - labels : label;
  }
}

// The labels of one block of a pass, number `block` of its segment.
DEVICE void fill_block(v4* tiles, v4* image, u64 labels, u32 segment, u64 block, u64 a, u64 b,
                       const Key& key) {
  const u32 lane = thread_index() % WARP;
  v4* tile = tiles + thread_index() / WARP * TILE;
  const u64 length = labels / SEGMENTS;
  const u64 done = block * THREADS + thread_index() / WARP * WARP;
  if (done >= length) return;
  // A segment is a multiple of 16 labels, not of 32: spare lanes repeat the last one, unstored.
  const u32 last = length - done < WARP ? (u32)(length - done) - 1 : WARP - 1;
  const u64 first = length * segment + done;
  const u64 i = first + (lane < last ? lane : last);

  u64 at[PARENTS];
  v4 head = load(image + i * LABEL_VALUES);
  v4 middle = load(image + i * LABEL_VALUES + 1);
  v4 sum[4];
#pragma unroll
  for (u32 r = 0; r < 4; r++) {
    u32 label = moved_label(lane, r);
    sum[r] = load(image + (first + (label < last ? label : last)) * LABEL_VALUES + (lane & 3));
  }
  parents(at, head, middle, i, labels, length * (segment + 1), labels - length, a, b);
  u64* addresses = (u64*)tile;
#pragma unroll
  for (u32 j = 0; j < PARENTS; j++) addresses[j * WARP + lane] = at[j];
  WARP_BARRIER(parents_in_tile);
#pragma unroll
  for (u32 r = 0; r < 4; r++) {
#pragma unroll
    for (u32 j = 0; j < PARENTS; j++) {
      u64 parent = addresses[j * WARP + moved_label(lane, r)];
      sum[r] = sum[r] ^ load(image + parent * LABEL_VALUES + (lane & 3));
    }
  }
  WARP_BARRIER(parents_taken);
#pragma unroll
  for (u32 r = 0; r < 4; r++) tile[tile_slot(moved_label(lane, r), lane & 3)] = sum[r];
  WARP_BARRIER(sums_in_tile);
  u32 words[16];
  take_label(words, tile, lane);
  keyed_output(words, key, i);
  put_label(tile, lane, words);  // the place that this lane alone has just read
  WARP_BARRIER(labels_in_tile);
  store_labels(image + first * LABEL_VALUES, tile, lane, last + 1);
}

// The values of a level lie word by word, so that neighbouring threads use neighbouring banks.
DEVICE void put_node(u32* level, u32 node, const u32* value) {
#pragma unroll
  for (u32 i = 0; i < 8; i++) level[i * THREADS + node] = value[i];
}

DEVICE void take_children(u32* m, const u32* level, u32 node) {
#pragma unroll
  for (u32 i = 0; i < 8; i++) {
    m[i] = level[i * THREADS + 2 * node];
    m[i + 8] = level[i * THREADS + 2 * node + 1];
  }
}

// The non-root value of 256 whole chunks that follow each other, by a block of as many threads.
DEVICE void hash_block(u32* level, const v4* data, u64 firstChunk, v4* result) {
  const u32 node = thread_index();
  u32 value[8];
  chunk_value(value, data + (u64)node * CHUNK_BLOCKS * VALUES_PER_BLOCK, firstChunk + node);
#pragma unroll 1
  for (u32 width = THREADS / 2; width > 0; width /= 2) {
    if (node < 2 * width) put_node(level, node, value);
    BLOCK_BARRIER(level_written);
    u32 m[16];
    if (node < width) take_children(m, level, node);
    BLOCK_BARRIER(level_read);
    if (node < width) parent_value(value, m);
  }
  if (node == 0) store_value(result, value);
}

// A pass over a segment, and in passing the tree over what was filled before: of 17 blocks in a row
// of the grid 16 fill, which waits for memory, and one hashes as many bytes, which needs none. So
// neither memory nor arithmetic rests. Blocks [firstBlock, firstBlock + blocks) of 256 chunks are
// hashed; none of them touches the segment.
KERNEL(THREADS, 4, fill_pass, v4* image, u64 labels, u32 segment, u64 a, u64 b, Key key, v4* values,
       u64 firstBlock, u64 blocks) {
  SHARED(v4, shared, THREADS * LABEL_VALUES);
  if (block_x() < FILLING_BLOCKS) {
    fill_block(shared, image, labels, segment, (u64)block_y() * FILLING_BLOCKS + block_x(), a, b,
               key);
  } else if (block_y() < blocks) {
    const u64 block = firstBlock + block_y();
    hash_block((u32*)shared, image + block * BLOCK_VALUES, block * THREADS, values + 2 * block);
  }
}

KERNEL(THREADS, 3, tree_chunks, const v4* data, v4* values, u64 firstChunk, u64 chunks) {
  const u64 chunk = (u64)block_x() * THREADS + thread_index();
  if (chunk >= chunks) return;
  u32 value[8];
  chunk_value(value, data + chunk * CHUNK_BLOCKS * VALUES_PER_BLOCK, firstChunk + chunk);
  store_value(values + 2 * chunk, value);
}

KERNEL(THREADS, 4, tree_blocks, const v4* data, v4* values, u64 firstChunk, u64 blocks) {
  SHARED(u32, level, 8 * THREADS);
  const u64 block = block_x();
  if (block >= blocks) return;
  hash_block(level, data + block * BLOCK_VALUES, firstChunk + block * THREADS, values + 2 * block);
}

KERNEL(THREADS, 3, tree_parents, const v4* in, v4* out, u64 parents) {
  const u64 parent = (u64)block_x() * THREADS + thread_index();
  if (parent >= parents) return;
  u32 m[16], value[8];
  load_block(m, in + parent * VALUES_PER_BLOCK);
  parent_value(value, m);
  store_value(out + 2 * parent, value);
}

KERNEL(THREADS, 4, matmul_inputs, v4* a, v4* bt, u32 n, u32 k0, u32 k1, u32 k4) {
  const u32 groups = n / 16;  // of a row of A, or of a column of B
  const u64 all = (u64)groups * n;
  u64 at = (u64)block_x() * THREADS + thread_index();
  if (at >= 2 * all) return;
  const u32 matrix = at >= all;
  at -= matrix * all;
  v4 counter = {(u32)(at % groups), (u32)(at / groups), matrix, k4};
  store((matrix ? bt : a) + at, philox(counter, k0, k1));
}
