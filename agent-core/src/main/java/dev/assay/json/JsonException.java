package dev.assay.json;

/**
 * The input is not the JSON that was asked for. The message is one sentence that names the place;
 * the caller must fix the input.
 */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** An error at {@code place}, a path such as {@code assay.proof.labels}. */
  public JsonException(String place, String problem) {
    super(place + ": " + problem);
  }
}
