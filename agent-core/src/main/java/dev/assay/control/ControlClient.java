package dev.assay.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonException;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks the process that listens on a socket; one connection a request. */
public final class ControlClient {
  private static final int MAX_ANSWER = 16 << 20;
  private static final int MAX_SENTENCE = 1 << 16;

  private final Path socket;

  /** A client of {@code socket}; nothing is opened before a request. */
  public ControlClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Asks for one object.
   *
   * @param target the path and, after a question mark, the encoded query
   * @throws NotRunningException if nobody listens
   * @throws ControlException if it is refused
   */
  public JsonObject get(String target) throws IOException {
    return object("GET", target, new byte[0]);
  }

  /** Sends an object and returns the answer, as {@link #get}. */
  public JsonObject post(String target, ObjectNode body) throws IOException {
    return object("POST", target, StrictJson.bytes(body));
  }

  /**
   * Asks for bytes as they come; a stream that is cut short fails to read. The caller closes it.
   */
  public InputStream stream(String target) throws IOException {
    return ask("GET", target, new byte[0]);
  }

  private JsonObject object(String method, String target, byte[] body) throws IOException {
    try (InputStream answer = ask(method, target, body)) {
      return StrictJson.object(read(answer), "answer");
    } catch (JsonException e) {
      throw new IOException("the process on " + socket + " answered strangely: " + e.getMessage());
    }
  }

  private InputStream ask(String method, String target, byte[] body) throws IOException {
    SocketChannel connection = connect();
    try {
      String head =
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      write(connection, head.getBytes(StandardCharsets.US_ASCII));
      write(connection, body);
      HttpAnswer answer = HttpAnswer.begin(connection);
      if (answer.status() != 200) {
        throw refusal(answer);
      }
      return answer;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private SocketChannel connect() throws IOException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (ConnectException e) {
      throw new NotRunningException(socket, e);
    } catch (IOException e) {
      if (Files.notExists(socket)) {
        throw new NotRunningException(socket, e);
      }
      throw new IOException("cannot connect to " + socket + ": " + e.getMessage(), e);
    }
  }

  private static void write(SocketChannel connection, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      connection.write(buffer);
    }
  }

  private IOException refusal(HttpAnswer answer) throws IOException {
    try {
      JsonObject error = StrictJson.object(read(answer), "answer");
      return new ControlException(
          answer.status(), error.string("code", MAX_SENTENCE), error.string("error", MAX_SENTENCE));
    } catch (JsonException e) {
      return new IOException(
          "the process on " + socket + " answered with status " + answer.status(), e);
    }
  }

  private byte[] read(InputStream answer) throws IOException {
    byte[] bytes = answer.readNBytes(MAX_ANSWER + 1);
    if (bytes.length > MAX_ANSWER) {
      throw new IOException(
          "the process on " + socket + " answered with more than " + MAX_ANSWER + " bytes");
    }
    return bytes;
  }
}
