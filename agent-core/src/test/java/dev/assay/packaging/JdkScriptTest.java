package dev.assay.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code packaging/lib/jdk.sh}, with directories that look like JDKs. */
class JdkScriptTest {
  private static final Path SCRIPT = Path.of("..", "packaging", "lib", "jdk.sh").toAbsolutePath();

  @TempDir Path home;

  @Test
  void aJdkInTheHomeDirectoryIsFoundThoughJavaHomeNamesAnOlderOne() throws Exception {
    Path old = jdk("old", "17.0.9");
    Path recent = jdk(".jdks/temurin-21", "21.0.4");
    assertThat(
            run("export JAVA_HOME=" + old + "; " + onlyUnder(home) + "find_jdk; echo $JAVA_HOME"))
        .isEqualTo(recent.toString());
  }

  @Test
  void javaHomeIsKeptWhereItIsRecentEnough() throws Exception {
    Path own = jdk("mine", "22");
    jdk(".jdks/newer", "25.0.1");
    assertThat(run("export JAVA_HOME=" + own + "; find_jdk; echo $JAVA_HOME"))
        .isEqualTo(own.toString());
  }

  @Test
  void theNewestThatTheBuildWasTriedWithIsPreferred() throws Exception {
    jdk(".jdks/a", "21.0.4");
    Path known = jdk(".jdks/b", "25");
    jdk(".jdks/c", "99-ea");
    assertThat(run("unset JAVA_HOME; " + onlyUnder(home) + "find_jdk; echo $JAVA_HOME"))
        .isEqualTo(known.toString());
  }

  @Test
  void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
    Path runtime = jdk(".jdks/jre", "21");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(run("unset JAVA_HOME; " + onlyUnder(home) + "find_jdk || echo none"))
        .isEqualTo("none");
  }

  @Test
  void whereNoneCanBeInstalledItSaysWhatIsMissingAndHowToGetIt() throws Exception {
    String said =
        run(
            "unset JAVA_HOME; jdk_candidates() { :; }; install_jdk() { return 1; };"
                + " require_jdk 2>&1 || echo refused");
    assertThat(said)
        .contains("A JDK of version 21 or later is missing", "apt-get install", "JAVA_HOME")
        .endsWith("refused");
  }

  @Test
  void oneThatThePackageManagerBringsIsTaken() throws Exception {
    Path brought = home.resolve(".jdks/brought");
    Path template = jdk("template", "21.0.4");
    assertThat(
            run(
                "unset JAVA_HOME; "
                    + onlyUnder(home)
                    + "install_jdk() { mkdir -p $HOME/.jdks; cp -r "
                    + template
                    + " "
                    + brought
                    + "; }; require_jdk 2>/dev/null; echo $JAVA_HOME"))
        .isEqualTo(brought.toString());
  }

  /** Leaves out what happens to be installed on this machine. */
  private static String onlyUnder(Path home) {
    return "eval \"all_$(declare -f jdk_candidates)\"; jdk_candidates() { all_jdk_candidates | grep"
        + " '^"
        + home
        + "'; }; ";
  }

  private Path jdk(String name, String version) throws IOException {
    Path directory = home.resolve(name);
    Path bin = Files.createDirectories(directory.resolve("bin"));
    for (String tool : new String[] {"java", "javac"}) {
      Files.createFile(
          bin.resolve(tool),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return directory;
  }

  private String run(String commands) throws Exception {
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-uc", "set -o pipefail; . " + SCRIPT + "; " + commands)
            .redirectErrorStream(true);
    bash.environment().put("HOME", home.toString());
    Process process = bash.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }
}
