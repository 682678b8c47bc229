package dev.assay.runtime.container;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** HTTP to an engine's socket, and the words of its answers. */
final class EngineConnection implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final int CONNECTIONS = 1000;
  private static final int MAX_SENTENCE = 600;

  private final DockerHttpClient calls;
  private final DockerHttpClient unhurried;
  private final DockerClient docker;
  private final DockerClient streams;
  private final String socket;
  private final JsonNode version;

  /**
   * Connects.
   *
   * @throws EngineException if no engine answers
   */
  EngineConnection(String socket) throws EngineException {
    this.socket = socket;
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("unix://" + socket)
            .withDockerTlsVerify(false)
            .build();
    this.calls = client(config, ANSWER);
    this.unhurried = client(config, null);
    this.docker = DockerClientImpl.getInstance(config, calls);
    this.streams = DockerClientImpl.getInstance(config, unhurried);
    this.version = get("/version");
  }

  DockerClient docker() {
    return docker;
  }

  /** For answers that last as long as a container. */
  DockerClient streams() {
    return streams;
  }

  boolean isPodman() {
    return engine().path("Name").asText().contains("Podman");
  }

  String name() {
    return (isPodman() ? "Podman " : "Docker ") + version.path("Version").asText();
  }

  JsonNode get(String path) throws EngineException {
    return exchange(DockerHttpClient.Request.Method.GET, path, null);
  }

  JsonNode post(String path, JsonNode body) throws EngineException {
    return exchange(DockerHttpClient.Request.Method.POST, path, body);
  }

  @Override
  public void close() {
    for (AutoCloseable part : new AutoCloseable[] {docker, streams, calls, unhurried}) {
      try {
        part.close();
      } catch (Exception e) {
        // It is not used any more.
      }
    }
  }

  /** What an engine says, without the form in which it says it. */
  static String sentence(Exception failure) {
    return sentence(String.valueOf(failure.getMessage()));
  }

  static EngineException unreachable(RuntimeException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return EngineException.unreachable(
        "the container engine does not answer: " + cause.getMessage(), failure);
  }

  private JsonNode exchange(DockerHttpClient.Request.Method method, String path, JsonNode body)
      throws EngineException {
    DockerHttpClient.Request.Builder request =
        DockerHttpClient.Request.builder().method(method).path(path);
    if (body != null) {
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      request.putHeader("Content-Type", "application/json");
      request.body(new ByteArrayInputStream(bytes));
    }
    try (DockerHttpClient.Response response = calls.execute(request.build())) {
      String answer = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
      if (response.getStatusCode() >= 300) {
        throw EngineException.refused(sentence(answer));
      }
      return answer.isBlank() ? JSON.nullNode() : JSON.readTree(answer);
    } catch (IOException e) {
      throw EngineException.unreachable("the engine at " + socket + " does not answer", e);
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
  }

  private JsonNode engine() {
    return version.path("Components").path(0);
  }

  private static DockerHttpClient client(DockerClientConfig config, Duration answer) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(config.getDockerHost())
        .maxConnections(CONNECTIONS)
        .connectionTimeout(CONNECT)
        .responseTimeout(answer)
        .build();
  }

  private static String sentence(String answer) {
    String text = answer;
    int brace = answer.indexOf('{');
    if (brace >= 0) {
      try {
        text = JSON.readTree(answer.substring(brace)).path("message").asText(answer);
      } catch (JacksonException e) {
        // Not JSON: said as it is.
      }
    }
    String clean = text.replaceAll("\\p{C}+", " ").strip();
    return clean.length() <= MAX_SENTENCE ? clean : clean.substring(0, MAX_SENTENCE);
  }
}
