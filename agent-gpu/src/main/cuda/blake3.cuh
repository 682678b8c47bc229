// BLAKE3's compression function and the nodes of its tree (The BLAKE3 specification, 2.2 to 2.5).
#pragma once
#include "device.cuh"

enum Blake3Flag : u32 { CHUNK_START = 1, CHUNK_END = 2, PARENT = 4, ROOT = 8, KEYED_HASH = 16 };

constexpr u32 CHUNK_BLOCKS = 16;
constexpr u32 VALUES_PER_BLOCK = 4;  // of v4: a BLAKE3 block is 64 bytes

DEVICE void mix(u32& a, u32& b, u32& c, u32& d, u32 x, u32 y) {
  a = a + b + x;
  d = rotate_right<16>(d ^ a);
  c = c + d;
  b = rotate_right<12>(b ^ c);
  a = a + b + y;
  d = rotate_right<8>(d ^ a);
  c = c + d;
  b = rotate_right<7>(b ^ c);
}

// A round on message words in the order given: the permutation is resolved when compiled.
template <u32 A, u32 B, u32 C, u32 D, u32 E, u32 F, u32 G, u32 H, u32 I, u32 J, u32 K, u32 L, u32 M,
          u32 N, u32 O, u32 P>
DEVICE void round(u32* v, const u32* m) {
  mix(v[0], v[4], v[8], v[12], m[A], m[B]);
  mix(v[1], v[5], v[9], v[13], m[C], m[D]);
  mix(v[2], v[6], v[10], v[14], m[E], m[F]);
  mix(v[3], v[7], v[11], v[15], m[G], m[H]);
  mix(v[0], v[5], v[10], v[15], m[I], m[J]);
  mix(v[1], v[6], v[11], v[12], m[K], m[L]);
  mix(v[2], v[7], v[8], v[13], m[M], m[N]);
  mix(v[3], v[4], v[9], v[14], m[O], m[P]);
}

// The state after seven rounds over a whole block, before it is folded into an output.
DEVICE void compress(u32* v, const u32* chaining, const u32* m, u64 counter, u32 flags) {
#pragma unroll
  for (u32 i = 0; i < 8; i++) v[i] = chaining[i];
  v[8] = 0x6A09E667u;
  v[9] = 0xBB67AE85u;
  v[10] = 0x3C6EF372u;
  v[11] = 0xA54FF53Au;
  v[12] = (u32)counter;
  v[13] = (u32)(counter >> 32);
  v[14] = 64;
  v[15] = flags;
  round<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15>(v, m);
  round<2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8>(v, m);
  round<3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1>(v, m);
  round<10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6>(v, m);
  round<12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4>(v, m);
  round<9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7>(v, m);
  round<11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13>(v, m);
}

// A block's 64 bytes of root output, in place of its message words.
DEVICE void keyed_output(u32* words, const Key& key, u64 counter) {
  u32 v[16];
  compress(v, key.words, words, counter, CHUNK_START | CHUNK_END | ROOT | KEYED_HASH);
#pragma unroll
  for (u32 i = 0; i < 8; i++) {
    words[i] = v[i] ^ v[i + 8];
    words[i + 8] = v[i + 8] ^ key.words[i];
  }
}

DEVICE void chain(u32* value, const u32* m, u64 counter, u32 flags) {
  u32 v[16];
  compress(v, value, m, counter, flags);
#pragma unroll
  for (u32 i = 0; i < 8; i++) value[i] = v[i] ^ v[i + 8];
}

DEVICE void initial_value(u32* value) {
  value[0] = 0x6A09E667u;
  value[1] = 0xBB67AE85u;
  value[2] = 0x3C6EF372u;
  value[3] = 0xA54FF53Au;
  value[4] = 0x510E527Fu;
  value[5] = 0x9B05688Cu;
  value[6] = 0x1F83D9ABu;
  value[7] = 0x5BE0CD19u;
}

DEVICE void load_block(u32* m, const v4* p) {
#pragma unroll
  for (u32 i = 0; i < VALUES_PER_BLOCK; i++) {
    v4 x = load(p + i);
    m[4 * i] = x.x;
    m[4 * i + 1] = x.y;
    m[4 * i + 2] = x.z;
    m[4 * i + 3] = x.w;
  }
}

DEVICE void store_value(v4* p, const u32* value) {
  store(p, v4{value[0], value[1], value[2], value[3]});
  store(p + 1, v4{value[4], value[5], value[6], value[7]});
}

// Non-root chaining value of a whole chunk. The next block is on its way while one is hashed.
DEVICE void chunk_value(u32* value, const v4* chunk, u64 counter) {
  u32 m[16];
  initial_value(value);
  load_block(m, chunk);
#pragma unroll 1
  for (u32 block = 0; block < CHUNK_BLOCKS; block++) {
    u32 next[16];
    if (block + 1 < CHUNK_BLOCKS) load_block(next, chunk + (block + 1) * VALUES_PER_BLOCK);
    chain(value, m, counter,
          (block == 0 ? CHUNK_START : 0u) | (block == CHUNK_BLOCKS - 1 ? CHUNK_END : 0u));
#pragma unroll
    for (u32 i = 0; i < 16; i++) m[i] = next[i];
  }
}

// Non-root chaining value of a parent; m holds its children's values, the left one first.
DEVICE void parent_value(u32* value, const u32* m) {
  initial_value(value);
  chain(value, m, 0, PARENT);
}
