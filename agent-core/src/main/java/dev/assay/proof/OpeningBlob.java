package dev.assay.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An opening as bytes: the deterministic CBOR (RFC 8949 §4.2.1) of {@code {"openings": [check,
 * …]}}, a check being a list of {@code [chunk, path]} (tokens.md §2). Every opening has one blob,
 * and {@link #decode} accepts no other.
 */
public final class OpeningBlob {
  private static final byte[] KEY = "openings".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int LIST = 4;
  private static final int MAP = 5;
  private static final int PAIR = 2;

  private OpeningBlob() {}

  /** The blob of an opening. */
  public static byte[] encode(Opening opening) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    head(out, MAP, 1);
    head(out, TEXT, KEY.length);
    out.writeBytes(KEY);
    head(out, LIST, opening.checks().size());
    for (List<OpenedChunk> check : opening.checks()) {
      head(out, LIST, check.size());
      for (OpenedChunk opened : check) {
        head(out, LIST, PAIR);
        bytes(out, opened.chunk());
        bytes(out, opened.path());
      }
    }
    return out.toByteArray();
  }

  /**
   * Reads the blob of an opening of this proof.
   *
   * @throws ProofException if it is anything else, or larger than such an opening can be
   */
  public static Opening decode(byte[] blob, Proof proof) {
    if (blob.length > proof.maxOpeningBytes()) {
      throw new ProofException(
          "the opening has "
              + blob.length
              + " bytes, more than the "
              + proof.maxOpeningBytes()
              + " it may have");
    }
    Reader reader = new Reader(ByteBuffer.wrap(blob));
    reader.expect(MAP, 1);
    reader.expect(TEXT, KEY.length);
    if (!Arrays.equals(reader.take(KEY.length), KEY)) {
      throw reader.wrong();
    }
    List<List<OpenedChunk>> checks = new ArrayList<>();
    int count = reader.count(LIST, proof.checks());
    for (int t = 0; t < count; t++) {
      checks.add(reader.check(proof));
    }
    if (reader.in.hasRemaining()) {
      throw reader.wrong();
    }
    return new Opening(checks);
  }

  private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
    head(out, BYTES, bytes.length);
    out.writeBytes(bytes);
  }

  /** Major type and argument in the shortest form. */
  private static void head(ByteArrayOutputStream out, int major, int argument) {
    int type = major << 5;
    if (argument < 24) {
      out.write(type | argument);
    } else if (argument < 1 << 8) {
      out.write(type | 24);
      out.write(argument);
    } else if (argument < 1 << 16) {
      out.write(type | 25);
      out.write(argument >> 8);
      out.write(argument);
    } else {
      out.write(type | 26);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(argument).array());
    }
  }

  /** Reads heads and strings and accepts nothing but what {@link #encode} writes. */
  private record Reader(ByteBuffer in) {
    List<OpenedChunk> check(Proof proof) {
      int count = count(LIST, proof.chunksPerCheck());
      List<OpenedChunk> chunks = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        expect(LIST, PAIR);
        byte[] chunk = take(count(BYTES, ChunkTree.CHUNK_BYTES));
        chunks.add(new OpenedChunk(chunk, take(count(BYTES, Long.SIZE * Hash32.BYTES))));
      }
      return chunks;
    }

    void expect(int major, int argument) {
      if (count(major, argument) != argument) {
        throw wrong();
      }
    }

    int count(int major, int most) {
      int first = Byte.toUnsignedInt(take(1)[0]);
      int size =
          switch (first & 0x1f) {
            case 24 -> 1;
            case 25 -> 2;
            case 26 -> 4;
            default -> 0;
          };
      long argument = size == 0 ? first & 0x1f : 0;
      for (byte b : take(size)) {
        argument = (argument << 8) | Byte.toUnsignedInt(b);
      }
      boolean shortest =
          switch (size) {
            case 0 -> argument < 24;
            case 1 -> argument >= 24;
            default -> argument >= 1L << (4 * size);
          };
      if (first >> 5 != major || !shortest || argument > most) {
        throw wrong();
      }
      return (int) argument;
    }

    byte[] take(int length) {
      if (in.remaining() < length) {
        throw wrong();
      }
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }

    ProofException wrong() {
      return new ProofException(
          "the opening is not the deterministic CBOR that it must be, near byte " + in.position());
    }
  }
}
