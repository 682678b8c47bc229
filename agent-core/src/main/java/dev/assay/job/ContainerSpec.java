package dev.assay.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a job that runs in a container asks for besides. Written as
 *
 * <pre>{@code
 * {"image": "docker.io/library/busybox:1.37", "network": "none", "tmpBytes": 67108864,
 *  "writableRootBytes": 1073741824, "restart": {"when": "on-failure", "most": 3},
 *  "gpus": ["GPU-8a1b…"]}
 * }</pre>
 *
 * Only the image is required. Without {@code network} there is none, without {@code tmpBytes} the
 * directory {@code /tmp} holds half of the job's memory, without {@code writableRootBytes} the
 * container can write nowhere else, and without {@code restart} it is started once.
 *
 * @param image as it was written
 * @param archive where the image comes from, if not from a registry or the host
 * @param tmpBytes what {@code /tmp} may hold; it is memory of the job
 * @param writableRootBytes what the container may write outside of {@code /tmp}
 * @param gpus the UUIDs of the devices that it gets, each for itself alone
 */
public record ContainerSpec(
    String image,
    Optional<ImageArchive> archive,
    NetworkMode network,
    OptionalLong tmpBytes,
    OptionalLong writableRootBytes,
    Restart restart,
    List<String> gpus) {
  private static final int MAX_GPUS = 64;
  private static final Pattern GPU = Pattern.compile("(GPU|MIG)-[A-Za-z0-9-]{1,59}");
  private static final long MIN_TMP = 4096;
  private static final long MIN_DISK = 1L << 20;
  private static final long MAX_BYTES = 1L << 50;

  /** Copies the list. */
  public ContainerSpec {
    gpus = List.copyOf(gpus);
  }

  /** Of an image alone, isolated as far as can be. */
  public static ContainerSpec of(String image) {
    return new ContainerSpec(
        image,
        Optional.empty(),
        NetworkMode.NONE,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Restart.NEVER,
        List.of());
  }

  /** The image, read. */
  public ImageReference reference() {
    return ImageReference.parse(image);
  }

  /** What {@code /tmp} may hold in a job of so much memory. */
  public long tmpBytes(Resources resources) {
    return tmpBytes.orElse(resources.memoryBytes() / 2);
  }

  static ContainerSpec parse(JsonObject json, Resources resources) {
    String image = json.string("image", ImageReference.MAX_LENGTH);
    try {
      ImageReference.parse(image);
    } catch (IllegalArgumentException e) {
      throw json.error("image", e.getMessage());
    }
    Optional<ImageArchive> archive = json.optionalObject("archive").map(ImageArchive::parse);
    archive.ifPresent(a -> requireLocal(json, ImageReference.parse(image)));
    String word = json.optionalString("network", 32).orElse(NetworkMode.NONE.word());
    NetworkMode network =
        NetworkMode.of(word)
            .orElseThrow(() -> json.error("network", "expected none or outbound, found " + word));
    OptionalLong tmp = optional(json, "tmpBytes", MIN_TMP);
    if (tmp.isPresent() && tmp.getAsLong() > resources.memoryBytes()) {
      throw json.error(
          "tmpBytes",
          "/tmp is memory of the job, so it cannot hold more than resources.memoryBytes");
    }
    OptionalLong disk = optional(json, "writableRootBytes", MIN_DISK);
    Restart restart = json.optionalObject("restart").map(Restart::parse).orElse(Restart.NEVER);
    List<String> gpus = json.has("gpus") ? gpus(json) : List.of();
    json.end();
    return new ContainerSpec(image, archive, network, tmp, disk, restart, gpus);
  }

  private static List<String> gpus(JsonObject json) {
    List<String> gpus = json.strings("gpus", MAX_GPUS, 64);
    for (int i = 0; i < gpus.size(); i++) {
      if (!GPU.matcher(gpus.get(i)).matches()) {
        throw json.error("gpus[" + i + "]", "expected a UUID such as GPU-8a1b… or MIG-…");
      }
      if (gpus.indexOf(gpus.get(i)) < i) {
        throw json.error("gpus[" + i + "]", "is asked for twice");
      }
    }
    return gpus;
  }

  /** What comes in an archive must not stand for what a registry has. */
  private static void requireLocal(JsonObject json, ImageReference image) {
    if (!image.registry().equals("localhost") || image.digest().isPresent()) {
      throw json.error("image", "an image from an archive is called localhost/NAME:TAG");
    }
  }

  ObjectNode toJson() {
    ObjectNode json = StrictJson.newObject().put("image", image);
    archive.ifPresent(from -> json.set("archive", from.toJson()));
    if (network != NetworkMode.NONE) {
      json.put("network", network.word());
    }
    tmpBytes.ifPresent(bytes -> json.put("tmpBytes", bytes));
    writableRootBytes.ifPresent(bytes -> json.put("writableRootBytes", bytes));
    if (restart.most() > 0) {
      json.set("restart", restart.toJson());
    }
    if (!gpus.isEmpty()) {
      gpus.forEach(json.putArray("gpus")::add);
    }
    return json;
  }

  private static OptionalLong optional(JsonObject json, String name, long least) {
    return json.has(name)
        ? OptionalLong.of(json.integer(name, least, MAX_BYTES))
        : OptionalLong.empty();
  }
}
