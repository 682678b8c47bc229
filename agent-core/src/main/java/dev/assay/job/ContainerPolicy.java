package dev.assay.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the owner of the host lets containers have, besides what every job is bounded by.
 *
 * @param enabled whether containers may be run ({@code containers.enabled}); off by default
 * @param images which images; one match is enough ({@code containers.images})
 * @param archives from where an image may come in a file ({@code containers.archives}); from
 *     nowhere by default
 * @param network the most that they may reach ({@code containers.network})
 * @param gpus which devices they may have, by UUID, {@code *} standing for any text ({@code
 *     containers.gpus}); none by default
 * @param maxDiskBytes the most that one may write outside of {@code /tmp} ({@code
 *     containers.max-disk}); none by default
 * @param maxImageBytes the most that an image's layers may weigh as they are pulled ({@code
 *     containers.max-image})
 * @param pullPatience how long a pull may stand still ({@code containers.pull-patience})
 */
public record ContainerPolicy(
    boolean enabled,
    List<ImagePattern> images,
    List<UrlPattern> archives,
    NetworkMode network,
    List<String> gpus,
    long maxDiskBytes,
    long maxImageBytes,
    Duration pullPatience) {

  /** Runs no container at all; the rest is what the owner gets who only turns them on. */
  public static final ContainerPolicy DEFAULT =
      new ContainerPolicy(
          false,
          List.of(new ImagePattern("*")),
          List.of(),
          NetworkMode.NONE,
          List.of(),
          0,
          64L << 30,
          Duration.ofMinutes(5));

  /** Copies the list. */
  public ContainerPolicy {
    images = List.copyOf(images);
    archives = List.copyOf(archives);
    gpus = List.copyOf(gpus);
  }

  /** The same policy with containers allowed. */
  public ContainerPolicy allowed() {
    return new ContainerPolicy(
        true, images, archives, network, gpus, maxDiskBytes, maxImageBytes, pullPatience);
  }

  Optional<Refusal> refusal(ContainerSpec spec) {
    ImageReference image = spec.reference();
    if (!enabled) {
      return refuse("enabled", "the owner of this host does not run containers for others");
    }
    if (images.stream().noneMatch(pattern -> pattern.matches(image))) {
      String allowed =
          images.stream().map(ImagePattern::text).collect(Collectors.joining(", ", "", ""));
      return refuse(
          "images",
          images.isEmpty()
              ? "the owner allows no image"
              : "the image %s matches none that the owner allows: %s".formatted(image, allowed));
    }
    Optional<ImageArchive> archive = spec.archive();
    if (archive.isPresent()
        && archives.stream().noneMatch(pattern -> pattern.matches(archive.get().url()))) {
      return refuse("archives", "the owner allows no image from " + archive.get().url());
    }
    if (spec.network().compareTo(network) > 0) {
      return refuse(
          "network",
          "the job asks for the network '%s' and the owner allows '%s'"
              .formatted(spec.network().word(), network.word()));
    }
    for (String gpu : spec.gpus()) {
      if (gpus.stream().noneMatch(pattern -> Glob.matches(pattern, gpu))) {
        return refuse("gpus", "the owner does not give the device " + gpu + " to jobs");
      }
    }
    long disk = spec.writableRootBytes().orElse(0);
    if (disk > maxDiskBytes) {
      return refuse(
          "max-disk",
          "the job asks for %d bytes of disk and the owner allows %d"
              .formatted(disk, maxDiskBytes));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refuse(String setting, String reason) {
    return Optional.of(new Refusal("containers." + setting, reason));
  }
}
