package dev.assay.cli.report;

import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import dev.assay.token.ProvenFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Proofs and what they show, in words. */
public final class Figures {
  private Figures() {}

  /** What a proof asks for. */
  public static String work(Proof proof) {
    return switch (proof) {
      case MemoryFill fill ->
          "memory-fill (%s, %d passes)".formatted(Quantity.bytes(fill.arrayBytes()), fill.passes());
      case Matmul matmul -> "matmul (%d³, %d rounds)".formatted(matmul.n(), matmul.rounds());
      case HashChain chain -> "hash-chain (%d chains)".formatted(chain.workers());
    };
  }

  /** What a result credits. */
  public static String of(ProvenFigures proven) {
    return joined(
        proven.bytes(), proven.bytesPerSecond(), proven.opsPerSecond(), proven.hashesPerSecond());
  }

  /** The whole work of a proof over a time that nobody has witnessed. */
  public static String measured(Proof proof, long millis) {
    double seconds = Math.max(1, millis) / 1000.0;
    return switch (proof) {
      case MemoryFill fill ->
          Quantity.bytesPerSecond((long) ((fill.passes() - 0.5) * 320 * fill.labels() / seconds));
      case Matmul matmul ->
          Quantity.operationsPerSecond(
              (long) (2.0 * Math.pow(matmul.n(), 3) * matmul.rounds() / seconds));
      case HashChain chain ->
          Quantity.hashesPerSecond(
              (long) ((double) chain.workers() * chain.segments() * chain.steps() / seconds));
    };
  }

  private static String joined(
      OptionalLong bytes, OptionalLong bandwidth, OptionalLong operations, OptionalLong hashes) {
    List<String> figures = new ArrayList<>();
    add(figures, bytes, Quantity::bytes);
    add(figures, bandwidth, Quantity::bytesPerSecond);
    add(figures, operations, Quantity::operationsPerSecond);
    add(figures, hashes, Quantity::hashesPerSecond);
    return figures.isEmpty() ? "nothing to credit" : String.join(", ", figures);
  }

  private static void add(List<String> to, OptionalLong figure, LongFunction<String> words) {
    if (figure.isPresent()) {
      to.add(words.apply(figure.getAsLong()));
    }
  }
}
