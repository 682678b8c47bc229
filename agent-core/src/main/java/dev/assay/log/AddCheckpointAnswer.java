package dev.assay.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a witness answers to {@link AddCheckpoint} (C2SP tlog-witness), with its HTTP status. */
public sealed interface AddCheckpointAnswer {
  /** The HTTP status. */
  int status();

  /** The body of the answer. */
  byte[] body();

  /** 200: cosigned. */
  record Cosigned(List<NoteSignature> cosignatures) implements AddCheckpointAnswer {
    /** At least one cosignature. */
    public Cosigned {
      cosignatures = List.copyOf(cosignatures);
      if (cosignatures.isEmpty() || cosignatures.size() > Note.MAX_SIGNATURES) {
        throw new LogFormatException("a witness answers with 1 to 64 cosignatures");
      }
    }

    /** Reads the body of an answer with status 200. */
    public static Cosigned parse(byte[] body) {
      String text = new String(body, StandardCharsets.UTF_8);
      if (body.length > Note.MAX_BYTES || !text.endsWith("\n")) {
        throw new LogFormatException("the answer of the witness is not signature lines");
      }
      String[] lines = text.substring(0, text.length() - 1).split("\n", Note.MAX_SIGNATURES + 1);
      return new Cosigned(Arrays.stream(lines).map(NoteSignature::parse).toList());
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public byte[] body() {
      StringBuilder lines = new StringBuilder();
      cosignatures.forEach(cosignature -> lines.append(cosignature.line()).append('\n'));
      return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** 409: the witness last cosigned this size, not the old size of the request. */
  record Conflict(long size) implements AddCheckpointAnswer {
    /** The type of the body, which is the size and a line break. */
    public static final String CONTENT_TYPE = "text/x.tlog.size";

    /** Reads the body of an answer with status 409. */
    public static Conflict parse(byte[] body) {
      String text = new String(body, StandardCharsets.US_ASCII);
      if (!text.endsWith("\n")) {
        throw new LogFormatException("the answer of the witness is not a size");
      }
      return new Conflict(
          Decimal.parse(text.substring(0, text.length() - 1), "size known to the witness"));
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public byte[] body() {
      return (size + "\n").getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** The witness does not cosign: the status says who must do what, the reason says why. */
  record Refused(Reason cause, String reason) implements AddCheckpointAnswer {
    @Override
    public int status() {
      return cause.status;
    }

    @Override
    public byte[] body() {
      return (reason + "\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Why a witness does not cosign. */
  enum Reason {
    /** The request is not one, or its old size is beyond its checkpoint. */
    MALFORMED(400),
    /** No signature of a key that the witness trusts for this log. */
    NOT_SIGNED(403),
    /** The witness does not know the log. */
    UNKNOWN_LOG(404),
    /** The proof does not hold: the log may have shown two histories. */
    INCONSISTENT(422);

    private final int status;

    Reason(int status) {
      this.status = status;
    }
  }
}
