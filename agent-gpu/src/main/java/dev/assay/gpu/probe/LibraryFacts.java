package dev.assay.gpu.probe;

import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.host.FactSheet;
import dev.assay.host.RawHost;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which file of a library this process has loaded, whose it is, and what it lies on. */
final class LibraryFacts {
  private static final String NOT_LOADED = "this process has not loaded it";

  private final RawHost files;
  private final String prefix;
  private final List<LoadedLibrary> loaded;

  /**
   * @param prefix what the facts' names begin with
   */
  LibraryFacts(RawHost files, String prefix, String library) {
    this.files = files;
    this.prefix = prefix;
    this.loaded = LoadedLibrary.of(files, library);
  }

  /** Two files of one library at once are a conflict. */
  void putInto(FactSheet sheet) {
    if (loaded.isEmpty()) {
      sheet.put(prefix, FactSheet.notMeasured(NOT_LOADED, Source.PROCFS));
      return;
    }
    sheet.put(
        prefix,
        loaded.stream()
            .limit(Source.values().length)
            .map(library -> FactSheet.text(Optional.of(library.shown()), Source.PROCFS))
            .toArray(Reading[]::new));
    LoadedLibrary first = loaded.getFirst();
    Optional<LoadedLibrary.Owner> owner = first.owner(files);
    sheet
        .put(prefix + "Replaced", new Reading.Flag(first.deleted(), Source.PROCFS))
        .put(prefix + "Mount", FactSheet.text(first.mount(files), Source.PROCFS))
        .put(prefix + "OwnedByRoot", flag(owner.map(LoadedLibrary.Owner::root)))
        .put(prefix + "WritableByOthers", flag(owner.map(LoadedLibrary.Owner::writableByOthers)))
        .put(
            prefix + "Mode",
            FactSheet.text(
                owner.map(o -> String.format(Locale.ROOT, "%04o", o.permissions())), Source.FILE));
  }

  private static Reading flag(Optional<Boolean> value) {
    return value
        .<Reading>map(flag -> new Reading.Flag(flag, Source.FILE))
        .orElseGet(() -> FactSheet.notMeasured("the file cannot be asked", Source.FILE));
  }
}
