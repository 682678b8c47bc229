package dev.assay.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as Podman's k8s-file driver writes them, read while they grow. */
class PodmanLogTest {
  private static final String AT = "2026-11-22T20:37:02.125495356+00:00 ";

  @TempDir Path job;

  private Path log() throws IOException {
    return Files.createDirectories(job.resolve("run")).resolve("log");
  }

  private void write(String text) throws IOException {
    Files.writeString(
        log(),
        text,
        StandardCharsets.ISO_8859_1,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private String stream(String name) throws IOException {
    return Files.readString(job.resolve(name), StandardCharsets.ISO_8859_1);
  }

  @Test
  void piecesAreJoinedAndStreamsToldApart() throws IOException {
    try (OutputFiles files = new OutputFiles(job, 1000);
        PodmanLog log = new PodmanLog(log())) {
      log.copy(files);
      write(AT + "stdout P one, \n" + AT + "stderr F oops\n" + AT + "stdout F two\n" + AT + "std");
      log.copy(files);
      assertThat(stream("stdout")).isEqualTo("one, two\n");
      write("out F  \u00ff F x\n" + AT + "stdout P \n");
      log.drain(files);

      assertThat(stream("stdout")).isEqualTo("one, two\n \u00ff F x\n");
      assertThat(stream("stderr")).isEqualTo("oops\n");
      assertThat(files.overflowed()).isFalse();
    }
  }

  @Test
  void whatIsThereIsNotWrittenAgainByAnotherReaderNorAfterARewind() throws IOException {
    write(AT + "stdout F one\n");
    try (OutputFiles files = new OutputFiles(job, 1000);
        PodmanLog log = new PodmanLog(log())) {
      log.copy(files);
      log.rewind();
      files.rewind();
      log.copy(files);
    }
    write(AT + "stdout F two\n");
    try (OutputFiles files = new OutputFiles(job, 1000);
        PodmanLog log = new PodmanLog(log())) {
      log.copy(files);
      assertThat(files.overflowed()).isFalse();
    }
    assertThat(stream("stdout")).isEqualTo("one\ntwo\n");
  }

  @Test
  void aLogThatWasBegunAnewIsReadOnButNotWhereItsBeginningWasNeverRead() throws IOException {
    write(AT + "stdout F one\n");
    try (OutputFiles files = new OutputFiles(job, 1000);
        PodmanLog log = new PodmanLog(log())) {
      log.copy(files);
      write(AT + "stdout F two\n");
      beginAnew();
      write(AT + "stdout F three\n");
      log.copy(files);
      assertThat(stream("stdout")).isEqualTo("one\ntwo\nthree\n");
      assertThat(files.overflowed()).isFalse();
    }
    beginAnew();
    write(AT + "stdout F four\n");
    try (OutputFiles files = new OutputFiles(job, 1000);
        PodmanLog log = new PodmanLog(log())) {
      log.copy(files);
      assertThat(files.overflowed()).as("some of it is gone").isTrue();
    }
  }

  @Test
  void aLogThatWasBegunAnewBeforeAnyoneReadItIsKnownToLackItsBeginning() throws IOException {
    PodmanLog.prepare(log());
    write(AT + "stdout F one\n");
    beginAnew();
    PodmanLog.prepare(log());
    write(AT + "stdout F two\n");
    try (OutputFiles files = new OutputFiles(job, 1000);
        PodmanLog log = new PodmanLog(log())) {
      log.copy(files);
      assertThat(files.overflowed()).isTrue();
    }
  }

  @Test
  void aFileTakesWhatItsLimitAllows() throws IOException {
    write(AT + "stdout F 0123456789\n" + AT + "stdout F more\n");
    try (OutputFiles files = new OutputFiles(job, 8);
        PodmanLog log = new PodmanLog(log())) {
      log.copy(files);
      assertThat(files.overflowed()).isTrue();
    }
    assertThat(stream("stdout")).isEqualTo("01234567");
  }

  @Test
  void aLineOfAnotherFormIsAnError() throws IOException {
    write("no log\n");
    try (OutputFiles files = new OutputFiles(job, 8);
        PodmanLog log = new PodmanLog(log())) {
      assertThatThrownBy(() -> log.copy(files))
          .isInstanceOf(IOException.class)
          .hasMessage("the engine's log has a line that is none");
    }
  }

  private void beginAnew() throws IOException {
    Path fresh = Files.createFile(job.resolve("run/log.tmp"));
    Files.move(fresh, log(), StandardCopyOption.REPLACE_EXISTING);
  }
}
