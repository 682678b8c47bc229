package dev.assay.runtime.container;

import dev.assay.job.ContainerPolicy;
import dev.assay.job.ContainerSpec;
import dev.assay.job.ImageArchive;
import dev.assay.job.ImageReference;
import dev.assay.job.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Brings a job's image here, within what the owner allows. */
final class ImagePull {
  /** The job's container cannot be made. */
  static final class FailedException extends Exception {
    private final transient Outcome outcome;

    FailedException(Outcome outcome) {
      super(outcome.sentence());
      this.outcome = outcome;
    }

    Outcome outcome() {
      return outcome;
    }
  }

  private record Mark(PullProgress progress, long nanos) {}

  private final ContainerEngine engine;
  private final ContainerPolicy policy;
  private final StopRequest stop;
  private final Consumer<PullProgress> progress;

  ImagePull(
      ContainerEngine engine,
      ContainerPolicy policy,
      StopRequest stop,
      Consumer<PullProgress> progress) {
    this.engine = engine;
    this.policy = policy;
    this.stop = stop;
    this.progress = progress;
  }

  /** The image of a job's container, from wherever its specification says. */
  LocalImage get(ContainerSpec spec, Path archiveFile)
      throws EngineException, FailedException, IOException, InterruptedException {
    return spec.archive().isPresent()
        ? load(spec.archive().get(), spec.reference(), archiveFile)
        : get(spec.reference());
  }

  private LocalImage load(ImageArchive archive, ImageReference reference, Path file)
      throws EngineException, FailedException, IOException, InterruptedException {
    AtomicReference<Mark> last = new AtomicReference<>(start());
    try {
      ArchiveFetch.fetch(
          archive, file, policy.maxImageBytes(), now -> note(last, now), () -> isOver(last.get()));
      requireNotOver(last.get());
      ArchiveCheck.check(file, reference);
      return engine.load(file, reference);
    } catch (EngineException e) {
      if (e.isUnreachable()) {
        throw e;
      }
      throw failed(Outcome.Cause.IMAGE_INVALID, "the archive cannot be loaded: " + e.getMessage());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * The image, pulled if it is not there. An image asked for by its tag is the one that is there,
   * if one is.
   */
  private LocalImage get(ImageReference reference) throws EngineException, FailedException {
    Optional<LocalImage> there = engine.image(reference);
    if (there.isPresent()) {
      return there.get();
    }
    if (!reference.registry().equals("localhost")) {
      pull(reference);
    }
    return engine
        .image(reference)
        .orElseThrow(
            () ->
                new FailedException(
                    new Outcome.FailedToStart(
                        Outcome.Cause.IMAGE_NOT_FOUND, "there is no image " + reference)));
  }

  private void pull(ImageReference reference) throws EngineException, FailedException {
    AtomicReference<Mark> last = new AtomicReference<>(start());
    try {
      engine.pull(reference, now -> note(last, now), () -> isOver(last.get()));
    } catch (EngineException e) {
      if (e.isUnreachable()) {
        throw e;
      }
      throw new FailedException(e.pullFailure());
    }
    if (!isStalled(last.get()) || engine.image(reference).isEmpty()) {
      requireNotOver(last.get());
    }
  }

  private static Mark start() {
    return new Mark(new PullProgress(0, 0, 0, 0), System.nanoTime());
  }

  private void note(AtomicReference<Mark> last, PullProgress now) {
    last.set(new Mark(now, System.nanoTime()));
    progress.accept(now);
  }

  /** Throws why what was being fetched was given up, if it was. */
  private void requireNotOver(Mark mark) throws FailedException {
    if (stop.abandoned() || stop.reason().isPresent()) {
      throw new FailedException(
          stop.reason()
              .<Outcome>map(Outcome.Stopped::new)
              .orElseGet(() -> new Outcome.Lost("its agent ended")));
    }
    if (isTooLarge(mark)) {
      throw failed(
          Outcome.Cause.IMAGE_INVALID,
          "the image weighs %d bytes and containers.max-image is %d"
              .formatted(mark.progress().total(), policy.maxImageBytes()));
    }
    if (isStalled(mark)) {
      throw failed(
          Outcome.Cause.PULL_STALLED,
          "the image came no further for %d seconds (%s)"
              .formatted(policy.pullPatience().toSeconds(), mark.progress()));
    }
  }

  private boolean isOver(Mark mark) {
    return stop.abandoned() || stop.reason().isPresent() || isTooLarge(mark) || isStalled(mark);
  }

  private boolean isTooLarge(Mark mark) {
    return mark.progress().total() > policy.maxImageBytes();
  }

  private boolean isStalled(Mark mark) {
    return System.nanoTime() - mark.nanos() > policy.pullPatience().toNanos();
  }

  static FailedException failed(Outcome.Cause cause, String detail) {
    return new FailedException(new Outcome.FailedToStart(cause, detail));
  }
}
