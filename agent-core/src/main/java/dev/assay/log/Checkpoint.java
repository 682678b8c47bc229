package dev.assay.log;

import dev.assay.crypto.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What the owner of a log signs: whose log it is and its state (C2SP tlog-checkpoint).
 *
 * @param origin the name of the log, and of the key that signs its checkpoints
 * @param extensions further lines, none empty; we write none and keep those of others
 */
public record Checkpoint(String origin, TreeHead head, List<String> extensions) {
  private static final int FIXED_LINES = 3;

  /** Refuses an origin or an extension that would not survive as one line. */
  public Checkpoint {
    Objects.requireNonNull(head, "head");
    extensions = List.copyOf(extensions);
    if (origin.isEmpty() || origin.contains("\n")) {
      throw new LogFormatException("the origin of a checkpoint is one line of text");
    }
    if (extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n"))) {
      throw new LogFormatException("an extension of a checkpoint is one line of text");
    }
  }

  /** A checkpoint without extensions. */
  public Checkpoint(String origin, TreeHead head) {
    this(origin, head, List.of());
  }

  /** Reads the text of a note as a checkpoint. */
  public static Checkpoint parse(String text) {
    if (!text.endsWith("\n")) {
      throw new LogFormatException("a checkpoint ends with a line break");
    }
    List<String> lines = Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < FIXED_LINES) {
      throw new LogFormatException("a checkpoint has an origin, a size and a root, each on a line");
    }
    TreeHead head =
        new TreeHead(
            Decimal.parse(lines.get(1), "checkpoint's size"), TreeHash.ofBase64(lines.get(2)));
    return new Checkpoint(lines.getFirst(), head, lines.subList(FIXED_LINES, lines.size()));
  }

  /** How many entries the log has. */
  public long size() {
    return head.size();
  }

  /** The root over them. */
  public TreeHash root() {
    return head.root();
  }

  /** The text that is signed. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(origin);
    lines.add(Long.toString(size()));
    lines.add(root().base64());
    lines.addAll(extensions);
    return String.join("\n", lines) + "\n";
  }

  /** The checkpoint signed by the log's own key, under the origin as its name. */
  public SignedCheckpoint sign(SigningKey key) {
    return new SignedCheckpoint(this, Note.sign(text(), origin, key));
  }
}
