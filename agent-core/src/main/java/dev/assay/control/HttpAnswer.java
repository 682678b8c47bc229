package dev.assay.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The body of an HTTP answer, read from a blocking socket as it is asked for: a command that runs
 * once needs no network threads. Closing it closes the connection.
 */
final class HttpAnswer extends InputStream {
  private static final int BUFFER = 16 * 1024;

  private final SocketChannel connection;
  private final EmbeddedChannel decoder = new EmbeddedChannel(new HttpResponseDecoder());
  private final Deque<ByteBuf> ready = new ArrayDeque<>();
  private int status;
  private boolean complete;

  private HttpAnswer(SocketChannel connection) {
    this.connection = connection;
  }

  /** Waits for the head of the answer. */
  static HttpAnswer begin(SocketChannel connection) throws IOException {
    HttpAnswer answer = new HttpAnswer(connection);
    while (answer.status == 0) {
      answer.receive();
    }
    return answer;
  }

  int status() {
    return status;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (ready.isEmpty()) {
      if (complete) {
        return -1;
      }
      receive();
    }
    ByteBuf first = ready.element();
    int piece = Math.min(length, first.readableBytes());
    first.readBytes(into, offset, piece);
    if (!first.isReadable()) {
      ready.remove().release();
    }
    return piece;
  }

  @Override
  public void close() throws IOException {
    ready.forEach(ByteBuf::release);
    ready.clear();
    decoder.finishAndReleaseAll();
    connection.close();
  }

  private void receive() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    if (connection.read(buffer) < 0) {
      throw new EOFException("the answer was cut short");
    }
    decoder.writeInbound(Unpooled.wrappedBuffer(buffer.flip()));
    for (Object part = decoder.readInbound(); part != null; part = decoder.readInbound()) {
      take(part);
    }
  }

  private void take(Object part) throws IOException {
    if (part instanceof HttpResponse head) {
      if (head.decoderResult().isFailure()) {
        throw new IOException("the answer is not HTTP/1.1", head.decoderResult().cause());
      }
      status = head.status().code();
    }
    if (part instanceof HttpContent content) {
      if (content.content().isReadable()) {
        ready.add(content.content());
      } else {
        content.release();
      }
      complete = content instanceof LastHttpContent;
    }
  }
}
