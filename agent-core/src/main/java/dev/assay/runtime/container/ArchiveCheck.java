package dev.assay.runtime.container;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.job.ImageReference;
import dev.assay.job.Outcome;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Looks into an archive before an engine takes it. An engine gives what it loads every name that
 * the archive says, also one that stands for another image of this host: so an archive may name the
 * job's image and nothing else.
 */
final class ArchiveCheck {
  private static final Set<String> INDEXES = Set.of("manifest.json", "index.json");
  private static final Set<String> NAMES =
      Set.of("org.opencontainers.image.ref.name", "io.containerd.image.name");
  private static final int MAX_INDEX = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImageReference reference;

  private ArchiveCheck(ImageReference reference) {
    this.reference = reference;
  }

  /** Throws unless the archive holds the image {@code reference} alone. */
  static void check(Path archive, ImageReference reference)
      throws ImagePull.FailedException, IOException {
    new ArchiveCheck(reference).check(indexes(archive));
  }

  private void check(Map<String, byte[]> indexes) throws ImagePull.FailedException {
    try {
      if (!indexes.containsKey("manifest.json")) {
        throw invalid("is not one that docker save or podman save writes today");
      }
      JsonNode manifest = JSON.readTree(indexes.get("manifest.json"));
      if (manifest.size() != 1 || manifest.path(0).path("RepoTags").size() != 1) {
        throw invalid("does not hold one image with one name");
      }
      require(manifest.path(0).path("RepoTags").path(0).asText());
      for (JsonNode image :
          JSON.readTree(indexes.getOrDefault("index.json", new byte[] {'{', '}'}))
              .path("manifests")) {
        for (String name : NAMES) {
          JsonNode value = image.path("annotations").path(name);
          boolean tagAlone = value.asText().equals(reference.tag().orElse(""));
          if (!value.isMissingNode() && !tagAlone) {
            require(value.asText());
          }
        }
      }
    } catch (JacksonException e) {
      throw invalid("has an index that is not JSON");
    } catch (IOException e) {
      throw invalid("cannot be read");
    }
  }

  private void require(String name) throws ImagePull.FailedException {
    try {
      if (ImageReference.parse(name).equals(reference)) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw invalid("holds the image '" + name + "', not " + reference);
  }

  private static Map<String, byte[]> indexes(Path archive)
      throws ImagePull.FailedException, IOException {
    Map<String, byte[]> found = new HashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().replaceFirst("^(\\./)+", "");
        if (name.startsWith("/") || Path.of(name).normalize().startsWith("..")) {
          throw invalid("has an entry outside of itself: " + name);
        }
        String plain = Path.of(name).normalize().toString();
        if (INDEXES.contains(plain)) {
          if (!entry.isFile() || entry.getSize() > MAX_INDEX) {
            throw invalid("has a " + plain + " that is none");
          }
          if (found.put(plain, tar.readAllBytes()) != null) {
            throw invalid("has two of " + plain);
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw invalid("is no tar archive");
    }
    if (found.isEmpty()) {
      throw invalid("is no uncompressed tar archive of an image");
    }
    return found;
  }

  private static ImagePull.FailedException invalid(String problem) {
    return ImagePull.failed(Outcome.Cause.IMAGE_INVALID, "the archive " + problem);
  }
}
