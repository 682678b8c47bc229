package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HomeTest {
  private static Path home(String option, Map<String, String> environment, String... system) {
    Map<String, String> properties =
        Map.of("os.name", system[0], "user.name", system[1], "user.home", "/home/u");
    return Home.locate(Optional.ofNullable(option).map(Path::of), environment, properties::get)
        .directory();
  }

  @Test
  void theOptionGoesBeforeTheVariableAndBothBeforeTheConvention() {
    Map<String, String> variable = Map.of("ASSAY_HOME", "/srv/variable");

    assertThat(home("/srv/option", variable, "Linux", "u")).isEqualTo(Path.of("/srv/option"));
    assertThat(home(null, variable, "Linux", "u")).isEqualTo(Path.of("/srv/variable"));
    assertThat(home(null, Map.of("ASSAY_HOME", ""), "Linux", "u"))
        .isEqualTo(Path.of("/home/u/.local/share/assay"));
  }

  @Test
  void thePlatformsConventionIsFollowed() {
    assertThat(home(null, Map.of(), "Linux", "root")).isEqualTo(Path.of("/var/lib/assay"));
    assertThat(home(null, Map.of("XDG_DATA_HOME", "/data"), "Linux", "u"))
        .isEqualTo(Path.of("/data/assay"));
    assertThat(home(null, Map.of(), "Mac OS X", "u"))
        .isEqualTo(Path.of("/home/u/Library/Application Support/assay"));
    assertThat(home(null, Map.of("LOCALAPPDATA", "/l"), "Windows 11", "u"))
        .isEqualTo(Path.of("/l/assay"));
  }
}
