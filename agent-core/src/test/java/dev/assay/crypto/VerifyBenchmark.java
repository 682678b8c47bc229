package dev.assay.crypto;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** Signatures that a replay of a log verifies a second; a message is as long as a short token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class VerifyBenchmark {
  private final SigningKey key = SigningKey.fromSeed(new byte[SigningKey.SEED_LENGTH]);
  private final byte[] message = new byte[600];
  private final byte[] signature = key.sign(message);

  /** On one core. */
  @Benchmark
  public boolean oneCore() {
    return verify();
  }

  /** On every core, as the audit does it. */
  @Benchmark
  @Threads(Threads.MAX)
  public boolean everyCore() {
    return verify();
  }

  private boolean verify() {
    if (!key.publicKey().verify(message, signature)) {
      throw new IllegalStateException("a good signature was refused");
    }
    return true;
  }
}
