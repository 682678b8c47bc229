package dev.assay.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Copies what a {@link ReadList} names from the directory tree of a host. */
public final class HostFiles {
  private static final Duration ALTOGETHER = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 4 << 20;

  private final Path root;
  private final Duration each;

  /**
   * @param root the root of the host's file system
   * @param each how long one read may take
   */
  public HostFiles(Path root, Duration each) {
    this.root = root;
    this.each = each;
  }

  /** What is there of the list; never fails, and takes ten seconds at most. */
  public RawHost acquire(ReadList list) {
    try (TimeLimit limit = new TimeLimit(each, ALTOGETHER)) {
      return new Acquisition(limit).run(list);
    }
  }

  /** The list of any host, with this process's control groups and the container engines. */
  RawHost acquire() {
    try (TimeLimit limit = new TimeLimit(each, ALTOGETHER)) {
      Acquisition acquisition = new Acquisition(limit);
      acquisition.run(ReadList.HOST);
      acquisition.readOwnCgroups();
      ReadList.ENGINES.forEach(acquisition::askForVersion);
      return acquisition.copy();
    }
  }

  /** One pass over the host. */
  private final class Acquisition {
    private final TimeLimit limit;
    private final SortedMap<String, Raw> reads = new TreeMap<>();
    private final Set<String> present = new HashSet<>();
    private final Set<String> writable = new HashSet<>();

    Acquisition(TimeLimit limit) {
      this.limit = limit;
    }

    RawHost run(ReadList list) {
      list.files().forEach(pattern -> expand("", pattern, this::readFile));
      list.links().forEach(pattern -> expand("", pattern, this::readLink));
      list.presence().forEach(pattern -> expand("", pattern, this::ask));
      list.owners().forEach(pattern -> expand("", pattern, this::readOwner));
      return copy();
    }

    RawHost copy() {
      return new RawHost(reads, present, writable);
    }

    private void readOwnCgroups() {
      for (CgroupMount mount : CgroupMount.ofThisProcess(copy())) {
        for (String directory : mount.directoriesUpwards()) {
          ReadList.CGROUP_FILES.forEach(name -> readFile(directory + "/" + name));
        }
        if (answers(() -> Files.isWritable(root.resolve(mount.directory())))) {
          writable.add(mount.directory());
        }
      }
    }

    private void askForVersion(String engine) {
      for (String directory : ReadList.PROGRAM_DIRECTORIES) {
        Path program = root.resolve(directory).resolve(engine);
        if (answers(() -> Files.isExecutable(program))) {
          reads.put("version/" + engine, read(() -> Program.firstLine(program, "--version")));
          return;
        }
      }
    }

    /** Calls {@code action} with every path that {@code pattern} stands for. */
    private void expand(String done, String pattern, Consumer<String> action) {
      int star = pattern.indexOf('*');
      if (star < 0) {
        action.accept(done + pattern);
        return;
      }
      String directory = done + pattern.substring(0, star);
      for (String name : list(directory)) {
        expand(directory + name, pattern.substring(star + 1), action);
      }
    }

    private List<String> list(String directory) {
      try {
        return limit.call(
            () -> {
              try (Stream<Path> entries = Files.list(root.resolve(directory))) {
                return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
              }
            });
      } catch (NoSuchFileException | NotDirectoryException e) {
        return List.of();
      } catch (IOException | TimeoutException e) {
        reads.put(directory, failed(e));
        return List.of();
      }
    }

    private void readFile(String path) {
      Raw raw =
          read(
              () -> {
                try (InputStream in = Files.newInputStream(root.resolve(path))) {
                  return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
                }
              });
      keep(path, raw);
    }

    private void readLink(String path) {
      keep(path, read(() -> Files.readSymbolicLink(root.resolve(path)).getFileName().toString()));
    }

    private void readOwner(String path) {
      Raw raw =
          read(
              () -> {
                Map<String, Object> attributes =
                    Files.readAttributes(root.resolve(path), "unix:uid,mode");
                int permissions = (Integer) attributes.get("mode") & 07777;
                return attributes.get("uid") + " " + Integer.toOctalString(permissions);
              });
      keep(RawHost.OWNER + path, raw);
    }

    private void ask(String path) {
      if (answers(() -> Files.exists(root.resolve(path)))) {
        present.add(path);
      }
    }

    private void keep(String path, Raw raw) {
      if (!(raw instanceof Raw.Absent)) {
        reads.put(path, raw);
      }
    }

    private Raw read(TextRead read) {
      try {
        return new Raw.Content(limit.call(read::text).strip());
      } catch (NoSuchFileException | NotDirectoryException e) {
        return new Raw.Absent();
      } catch (IOException | TimeoutException e) {
        return failed(e);
      }
    }

    private boolean answers(Question question) {
      try {
        return limit.call(question::answer);
      } catch (IOException | TimeoutException e) {
        return false;
      }
    }
  }

  /** The reason without the path, which the reader knows, in a form that any file may hold. */
  private static Raw.Failed failed(Exception e) {
    return switch (e) {
      case TimeoutException late -> new Raw.Failed(late.getMessage());
      case AccessDeniedException denied -> new Raw.Failed("permission denied");
      case FileSystemException file when file.getReason() != null ->
          new Raw.Failed(file.getReason());
      default -> new Raw.Failed("the read failed");
    };
  }

  @FunctionalInterface
  private interface TextRead {
    String text() throws IOException;
  }

  @FunctionalInterface
  private interface Question {
    boolean answer();
  }
}
