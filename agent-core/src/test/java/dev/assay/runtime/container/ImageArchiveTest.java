package dev.assay.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.ContainerSpec;
import dev.assay.job.ImageArchive;
import dev.assay.job.JobSpec;
import dev.assay.job.NetworkMode;
import dev.assay.job.Outcome;
import dev.assay.job.Restart;
import dev.assay.runtime.Completion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that come as files, honest ones and others. */
class ImageArchiveTest {
  @TempDir Path home;

  private static JobSpec of(String image, String url, byte[] bytes) {
    return ContainerJobs.sh("echo ran")
        .in(
            new ContainerSpec(
                image,
                Optional.of(
                    new ImageArchive(
                        URI.create(url), TestRegistry.digest(bytes).substring("sha256:".length()))),
                NetworkMode.NONE,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Restart.NEVER,
                List.of()));
  }

  private static byte[] tar(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        byte[] text = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(namesAndTexts[i], true);
        entry.setSize(text.length);
        tar.putArchiveEntry(entry);
        tar.write(text);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void anImageIsTakenFromAFile(TestEngine engine) throws Exception {
    byte[] archive = engine.saved(TestEngine.IMAGE);
    try (TestRegistry registry = new TestRegistry(engine.rootfs());
        ContainerJobs jobs = new ContainerJobs(engine, home)) {
      String url = registry.serve("/image.tar", archive);
      Completion end = jobs.run("loaded", of(TestEngine.IMAGE, url, archive));

      assertThat(end.outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(end.image()).isPresent();
      assertThat(jobs.output("loaded")).isEqualTo("ran\n");
      assertThat(jobs.files("loaded").archive()).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void whatIsNotTheJobsImageAloneIsRefused(TestEngine engine) throws Exception {
    byte[] archive = engine.saved(TestEngine.IMAGE);
    String one = "[{\"Config\":\"c\",\"RepoTags\":[\"localhost/a:1\"],\"Layers\":[]}]";
    try (TestRegistry registry = new TestRegistry(engine.rootfs());
        ContainerJobs jobs = new ContainerJobs(engine, home)) {
      String url = registry.serve("/image.tar", archive);

      assertThat(detail(jobs.run("other", of("localhost/other:1", url, archive))))
          .isEqualTo("the archive holds the image 'localhost/busybox:1', not localhost/other:1");
      assertThat(detail(jobs.run("wrong", of(TestEngine.IMAGE, url, new byte[] {1}))))
          .startsWith("the archive has the SHA-256 ");
      check(registry, jobs, "escape", "has an entry outside of itself", tar("../../etc/x", "x"));
      check(
          registry,
          jobs,
          "twice",
          "has two of manifest.json",
          tar("manifest.json", one, "./manifest.json", one));
      check(registry, jobs, "empty", "is no uncompressed tar archive of an image", new byte[10]);
      check(
          registry,
          jobs,
          "names",
          "does not hold one image with one name",
          tar("manifest.json", one.replace("\"localhost/a:1\"", "\"localhost/a:1\",\"b:1\"")));
      check(
          registry,
          jobs,
          "polyglot",
          "holds the image 'docker.io/library/postgres:17'",
          tar(
              "manifest.json",
              one,
              "index.json",
              "{\"manifests\":[{\"annotations\":{\"io.containerd.image.name\":"
                  + "\"docker.io/library/postgres:17\"}}]}"));
      check(
          registry,
          jobs,
          "huge",
          "containers.max-image is 67108864",
          new byte[(int) ContainerJobs.POLICY.containers().maxImageBytes() + 1]);
    }
  }

  private static void check(
      TestRegistry registry, ContainerJobs jobs, String id, String problem, byte[] archive)
      throws Exception {
    String url = registry.serve("/" + id + ".tar", archive);
    assertThat(detail(jobs.run(id, of("localhost/a:1", url, archive)))).contains(problem);
  }

  private static String detail(Completion end) {
    assertThat(end.outcome()).isInstanceOf(Outcome.FailedToStart.class);
    Outcome.FailedToStart failed = (Outcome.FailedToStart) end.outcome();
    assertThat(failed.cause()).isEqualTo(Outcome.Cause.IMAGE_INVALID);
    return failed.detail();
  }
}
