package dev.assay.wire;

/** A message of a type that this version does not know; it is answered, and nothing ends. */
final class UnknownTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String type;

  UnknownTypeException(String type) {
    super("this side knows no message of type \"" + type + "\"");
    this.type = type;
  }

  String type() {
    return type;
  }
}
