package dev.assay.gpu.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A module's PTX for one target. PTX runs on its target and everything later; the variants for one
 * generation alone, whose names end in {@code a}, are taken only when they are asked for.
 */
record PtxImage(String module, String target) {
  private static final String FOLDER = "/dev/assay/gpu/ptx/";
  private static final List<Integer> NEWEST_FIRST = List.of(120, 100, 90, 89, 86, 80, 75, 70);

  /** The newest variant that a device can run. */
  static Optional<PtxImage> find(String module, ComputeCapability capability) {
    return NEWEST_FIRST.stream()
        .filter(number -> number <= capability.number())
        .map(number -> new PtxImage(module, "sm" + number))
        .filter(PtxImage::exists)
        .findFirst();
  }

  /** A certain variant, if there is one. */
  static Optional<PtxImage> of(String module, String target) {
    return Optional.of(new PtxImage(module, target)).filter(PtxImage::exists);
  }

  /** The PTX itself. */
  String text() {
    try (InputStream in = PtxImage.class.getResourceAsStream(resource())) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean exists() {
    return PtxImage.class.getResource(resource()) != null;
  }

  private String resource() {
    return FOLDER + module + "." + target + ".ptx";
  }
}
