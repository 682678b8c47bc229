package dev.assay.gpu.probe;

import dev.assay.host.RawHost;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library that this process has loaded, as the kernel shows it in {@code /proc/self/maps}: that
 * is the file in use, whatever the linker was asked for.
 *
 * @param path its file
 * @param deleted whether the file has been replaced or removed since
 */
record LoadedLibrary(String path, boolean deleted) {
  static final String CUDA = "libcuda.so";
  static final String NVML = "libnvidia-ml.so";

  private static final Pattern VERSION = Pattern.compile("\\.so\\.([0-9]{3,}(?:\\.[0-9]+)+)$");
  private static final String DELETED = " (deleted)";
  private static final int PATH_COLUMN = 6;

  /** The files of that name that are loaded, in the order of their addresses. */
  static List<LoadedLibrary> of(RawHost files, String name) {
    return files
        .text("proc/self/maps")
        .orElse("")
        .lines()
        .map(line -> line.split("\\s+", PATH_COLUMN))
        .filter(columns -> columns.length == PATH_COLUMN)
        .map(columns -> columns[PATH_COLUMN - 1])
        .filter(path -> path.substring(path.lastIndexOf('/') + 1).startsWith(name))
        .distinct()
        .map(LoadedLibrary::parse)
        .toList();
  }

  static List<String> paths(RawHost files, String name) {
    return of(files, name).stream().map(LoadedLibrary::path).toList();
  }

  private static LoadedLibrary parse(String path) {
    return path.endsWith(DELETED)
        ? new LoadedLibrary(path.substring(0, path.length() - DELETED.length()), true)
        : new LoadedLibrary(path, false);
  }

  /** The driver's version, which NVIDIA puts into the file's name. */
  Optional<String> version() {
    Matcher matcher = VERSION.matcher(path);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The path without the name of a person whose home it may be in. */
  String shown() {
    return withoutPerson(path);
  }

  static String withoutPerson(String path) {
    return path.replaceFirst("^/home/[^/]+", "/home/…");
  }

  /** The number of its owner and its permissions in octal. */
  Optional<Owner> owner(RawHost files) {
    return files
        .text(RawHost.OWNER + path.replaceFirst("^/", ""))
        .map(text -> text.split(" ", 2))
        .map(words -> new Owner(words[0], Integer.parseInt(words[1], 8)));
  }

  /** Who may change the file. */
  record Owner(String user, int permissions) {
    boolean root() {
      return user.equals("0");
    }

    /** Whether the group or anyone may write. */
    boolean writableByOthers() {
      return (permissions & 0022) != 0;
    }
  }

  /** The type of the file system it lies on, and whether the file was mounted by itself. */
  Optional<String> mount(RawHost files) {
    return files
        .text("proc/self/mountinfo")
        .orElse("")
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > 6 && holds(fields[4]))
        .max(Comparator.comparingInt(fields -> fields[4].length()))
        .map(fields -> type(fields) + (fields[4].equals(path) ? ", mounted by itself" : ""));
  }

  private boolean holds(String mountPoint) {
    return mountPoint.equals("/") || path.equals(mountPoint) || path.startsWith(mountPoint + "/");
  }

  /** Behind a lone hyphen; before it, the number of fields varies. */
  private static String type(String[] fields) {
    int hyphen = Arrays.asList(fields).indexOf("-");
    return hyphen > 0 && hyphen + 1 < fields.length ? fields[hyphen + 1] : "unknown";
  }
}
