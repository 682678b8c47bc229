package dev.assay.control;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * An answer in chunks. The head leaves with the first chunk, so that a failure before it can still
 * be answered as one; each chunk waits until the socket took the one before, so that a slow client
 * costs one buffer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing depends on when the connection is closed
final class ChunkedBody extends OutputStream {
  private static final int BUFFER = 16 * 1024;

  private final Channel channel;
  private final String contentType;
  private final Thread writer;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private boolean begun;

  ChunkedBody(Channel channel, String contentType, Thread writer) {
    this.channel = channel;
    this.contentType = contentType;
    this.writer = writer;
  }

  /** Whether the client has been told that all is well. */
  boolean isBegun() {
    return begun;
  }

  /** Wakes the writer: the client is gone. */
  void abandon() {
    writer.interrupt();
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int piece = Math.min(end - from, BUFFER - filled);
      System.arraycopy(bytes, from, buffer, filled, piece);
      filled += piece;
      from += piece;
      if (filled == BUFFER) {
        flush();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    begin();
    if (filled > 0) {
      ChannelFuture written =
          channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(buffer, 0, filled)));
      filled = 0;
      await(written);
    }
  }

  /** Ends the answer in good order; one that is not closed is seen to be cut short. */
  @Override
  public void close() throws IOException {
    flush();
    await(channel.writeAndFlush(new DefaultLastHttpContent()));
    channel.close();
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      DefaultHttpResponse head =
          new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      head.headers()
          .set(HttpHeaderNames.CONTENT_TYPE, contentType)
          .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      await(channel.writeAndFlush(head));
    }
  }

  private static void await(ChannelFuture future) throws IOException {
    try {
      future.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the client went away").initCause(e);
    }
    if (!future.isSuccess()) {
      throw new IOException("the client went away", future.cause());
    }
  }
}
