package dev.assay.gpu.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The models of GPU that are known, and their published figures. */
public final class Catalog {
  private static final Pattern PCI_DEVICE = Pattern.compile("(?:0x)?[0-9a-f]{4}");

  private final List<Model> models;

  Catalog(List<Model> models) {
    this.models = List.copyOf(models);
  }

  /** The catalogue that comes with this program. */
  public static Catalog load() {
    try (InputStream in = Catalog.class.getResourceAsStream("models.json")) {
      return new Catalog(CatalogFile.read(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All models, in the order of their generations. */
  public List<Model> models() {
    return models;
  }

  /**
   * The models that the driver reports under that name; several if they differ in memory alone.
   * Case, blanks and the maker's name do not count.
   */
  public List<Model> named(String name) {
    String wanted = plain(name);
    return models.stream().filter(model -> plain(model.name()).equals(wanted)).toList();
  }

  /** The model of that name whose memory is nearest to the given size. */
  public Optional<Model> named(String name, long memoryBytes) {
    return named(name).stream()
        .min(
            (a, b) ->
                Long.compare(
                    Math.abs(a.figure(Figure.MEMORY_BYTES).orElse(0) - memoryBytes),
                    Math.abs(b.figure(Figure.MEMORY_BYTES).orElse(0) - memoryBytes)));
  }

  /**
   * The models with NVIDIA's number on the PCI bus.
   *
   * @param subsystem the board's, vendor in the upper half; empty if it is not known
   */
  public List<Model> withPciId(int device, OptionalLong subsystem) {
    return models.stream().filter(model -> model.hasPciId(device, subsystem)).toList();
  }

  /**
   * The peak bandwidth of a model's memory in bytes a second, by the driver's name for it or by its
   * PCI device id in four hexadecimal digits. Where several models fit, the lowest: a deadline that
   * is made from it is one that each of them can meet. Empty if the model is not known.
   */
  public OptionalLong bandwidth(String nameOrPciId) {
    String text = nameOrPciId.strip().toLowerCase(Locale.ROOT);
    List<Model> named = named(text);
    List<Model> found =
        named.isEmpty() && PCI_DEVICE.matcher(text).matches()
            ? withPciId(Integer.parseInt(text.replaceFirst("^0x", ""), 16), OptionalLong.empty())
            : named;
    return found.stream().flatMapToLong(model -> model.figure(Figure.BANDWIDTH).stream()).min();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("^\\s*nvidia\\b", "").replaceAll("\\s+", "");
  }
}
