package dev.assay.wire;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in a sentence why a connection failed, from what the network stack throws. */
final class Failures {
  private Failures() {}

  static SessionEnd describe(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateException e -> {
          return end(CloseCode.TLS_FAILED, e.getMessage());
        }
        case NotSslRecordException e -> {
          return end(CloseCode.TLS_FAILED, "the other side does not speak TLS");
        }
        case TooLongFrameException e -> {
          return tooLarge();
        }
        case CorruptedWebSocketFrameException e
            when e.closeStatus().code() == CloseCode.TOO_LARGE.number() -> {
          return tooLarge();
        }
        case CorruptedWebSocketFrameException e -> {
          return end(CloseCode.PROTOCOL_ERROR, "broken WebSocket framing: " + e.getMessage());
        }
        case WebSocketHandshakeException e -> {
          return end(
              CloseCode.PROTOCOL_ERROR,
              "the other side does not speak assay.v1: " + e.getMessage());
        }
        default -> {}
      }
    }
    return outermost(thrown);
  }

  private static SessionEnd outermost(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return end(CloseCode.TLS_FAILED, "TLS failed: " + cause.getMessage());
      }
      if (cause instanceof IOException) {
        return end(CloseCode.CONNECTION_LOST, "the connection failed: " + cause.getMessage());
      }
    }
    return end(CloseCode.INTERNAL, "this side failed: " + thrown);
  }

  private static SessionEnd tooLarge() {
    return end(CloseCode.TOO_LARGE, "a message was larger than " + Limits.MESSAGE_BYTES + " bytes");
  }

  private static SessionEnd end(CloseCode code, String reason) {
    return new SessionEnd(code.number(), reason, Optional.empty());
  }
}
