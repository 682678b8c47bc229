package dev.assay.runtime.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner's credentials for registries, from a file as {@code podman login --authfile} and {@code
 * docker login} write it: {@code {"auths": {"HOST": {"auth": BASE64("USER:PASSWORD")}}}}. Read anew
 * for each pull, so that a new login counts at once.
 */
record Credentials(Optional<Path> file) {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
  private static final String HUB = "docker.io";
  private static final String HUB_IN_FILES = "https://index.docker.io/v1/";

  /** For one registry; without a name in it if the file has none. */
  AuthConfig of(String registry) {
    AuthConfig config = new AuthConfig();
    if (file.isEmpty()) {
      return config;
    }
    try {
      JsonNode auths = new ObjectMapper().readTree(Files.readAllBytes(file.get())).path("auths");
      JsonNode entry = auths.path(registry);
      if (entry.isMissingNode() && registry.equals(HUB)) {
        entry = auths.path(HUB_IN_FILES);
      }
      String auth = entry.path("auth").asText();
      String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon > 0) {
        config
            .withUsername(pair.substring(0, colon))
            .withPassword(pair.substring(colon + 1))
            .withRegistryAddress(registry);
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("containers.credentials: {} holds no credentials that can be read", file.get());
    }
    return config;
  }
}
