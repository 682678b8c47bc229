package dev.assay.runtime.container;

import dev.assay.job.ImageArchive;
import dev.assay.job.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Fetches an image's archive. Redirects are not followed: the owner has allowed one URL. */
final class ArchiveFetch {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int BLOCK = 64 << 10;
  private static final long POLL_MILLIS = 100;

  private ArchiveFetch() {}

  /**
   * Writes the archive to {@code file}. Returns early if {@code cancelled}.
   *
   * @throws ImagePull.FailedException if it does not come, is too large or is not of its digest
   */
  static void fetch(
      ImageArchive archive,
      Path file,
      long maxBytes,
      Consumer<PullProgress> progress,
      BooleanSupplier cancelled)
      throws ImagePull.FailedException, IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build()) {
      CompletableFuture<HttpResponse<InputStream>> answer =
          client.sendAsync(
              HttpRequest.newBuilder(archive.url()).GET().build(),
              HttpResponse.BodyHandlers.ofInputStream());
      CompletableFuture<String> digest =
          answer.thenApplyAsync(
              response -> copy(response, archive, file, maxBytes, progress, cancelled),
              runnable -> Thread.ofPlatform().daemon().name("assay-archive").start(runnable));
      try {
        await(digest, cancelled);
      } finally {
        client.shutdownNow();
      }
      if (!cancelled.getAsBoolean() && !digest.join().equals(archive.sha256())) {
        throw ImagePull.failed(
            Outcome.Cause.IMAGE_INVALID,
            "the archive has the SHA-256 %s, not %s".formatted(digest.join(), archive.sha256()));
      }
    }
  }

  private static void await(CompletableFuture<String> digest, BooleanSupplier cancelled)
      throws ImagePull.FailedException, InterruptedException {
    while (!cancelled.getAsBoolean()) {
      try {
        digest.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        // It goes on.
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Refused refused) {
          throw ImagePull.failed(refused.cause, refused.getMessage());
        }
        throw ImagePull.failed(
            Outcome.Cause.HOST, "the archive cannot be fetched: " + e.getCause().getMessage());
      }
    }
  }

  private static String copy(
      HttpResponse<InputStream> response,
      ImageArchive archive,
      Path file,
      long maxBytes,
      Consumer<PullProgress> progress,
      BooleanSupplier cancelled) {
    try (InputStream in = response.body();
        OutputStream out = Files.newOutputStream(file)) {
      check(response.statusCode(), archive);
      long total = response.headers().firstValueAsLong("Content-Length").orElse(0);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[BLOCK];
      long bytes = 0;
      for (int n = in.read(block); n >= 0 && !cancelled.getAsBoolean(); n = in.read(block)) {
        bytes += n;
        if (bytes > maxBytes) {
          throw new Refused(
              Outcome.Cause.IMAGE_INVALID,
              "the archive is longer than containers.max-image, %d bytes".formatted(maxBytes));
        }
        digest.update(block, 0, n);
        out.write(block, 0, n);
        progress.accept(new PullProgress(bytes, Math.max(bytes, total), 0, 1));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new Refused(
          Outcome.Cause.HOST, "the archive cannot be fetched or kept: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void check(int status, ImageArchive archive) {
    Outcome.Cause cause =
        switch (status) {
          case 200 -> null;
          case 404, 410 -> Outcome.Cause.IMAGE_NOT_FOUND;
          case 401, 403 -> Outcome.Cause.IMAGE_DENIED;
          default -> Outcome.Cause.HOST;
        };
    if (cause != null) {
      throw new Refused(cause, "%s answers with status %d".formatted(archive.url(), status));
    }
  }

  private static final class Refused extends RuntimeException {
    private final Outcome.Cause cause;

    Refused(Outcome.Cause cause, String message) {
      super(message);
      this.cause = cause;
    }
  }
}
