package dev.assay.cli.config;

/** Something wrong at one place of the file; lines and columns count from 1. */
public record Problem(int line, int column, String sentence) {
  @Override
  public String toString() {
    return line + ":" + column + ": " + sentence;
  }
}
