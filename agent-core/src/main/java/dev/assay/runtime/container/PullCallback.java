package dev.assay.runtime.container;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Adds up what an engine says while it pulls. */
final class PullCallback extends ResultCallbackTemplate<PullCallback, PullResponseItem> {
  private record Layer(long bytes, long total, boolean done) {}

  private final Consumer<PullProgress> progress;
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile String error;
  private PullProgress last = new PullProgress(0, 0, 0, 0);

  PullCallback(Consumer<PullProgress> progress) {
    this.progress = progress;
  }

  @Override
  public void onNext(PullResponseItem item) {
    if (item.getErrorDetail() != null) {
      error = item.getErrorDetail().getMessage();
      return;
    }
    String status = String.valueOf(item.getStatus()).toLowerCase(Locale.ROOT);
    if (item.getId() == null || status.startsWith("pulling from")) {
      return;
    }
    Layer before = layers.getOrDefault(item.getId(), new Layer(0, 0, false));
    layers.put(item.getId(), after(before, status, item.getProgressDetail()));
    PullProgress now =
        new PullProgress(
            layers.values().stream().mapToLong(Layer::bytes).sum(),
            layers.values().stream().mapToLong(Layer::total).sum(),
            (int) layers.values().stream().filter(Layer::done).count(),
            layers.size());
    // Unpacking takes its time too.
    if (!now.equals(last) || status.contains("extracting") || status.contains("verifying")) {
      last = now;
      progress.accept(now);
    }
  }

  private static Layer after(Layer before, String status, ResponseItem.ProgressDetail detail) {
    boolean done =
        before.done
            || status.contains("complete")
            || status.contains("already exists")
            || status.contains("extracting");
    long bytes = before.bytes;
    long total = before.total;
    if (status.contains("downloading") && detail != null && detail.getCurrent() != null) {
      bytes = Math.max(bytes, detail.getCurrent());
      total = Math.max(bytes, detail.getTotal() == null ? 0 : detail.getTotal());
    }
    return new Layer(done ? Math.max(bytes, total) : bytes, total, done);
  }

  @Override
  public void onError(Throwable failure) {
    error =
        failure instanceof DockerException refused
            ? EngineConnection.sentence(refused)
            : String.valueOf(failure.getMessage());
    end.countDown();
    super.onError(failure);
  }

  @Override
  public void onComplete() {
    end.countDown();
    super.onComplete();
  }

  /** Whether the engine has said all. */
  boolean await(long millis) throws InterruptedException {
    return end.await(millis, TimeUnit.MILLISECONDS);
  }

  Optional<String> error() {
    return Optional.ofNullable(error);
  }
}
