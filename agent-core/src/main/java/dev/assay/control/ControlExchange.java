package dev.assay.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer; the connection ends with them. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as the connection's end
final class ControlExchange extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(ControlExchange.class);
  private static final Set<String> METHODS = Set.of("GET", "POST");

  private final ControlHandler handler;
  private volatile ChunkedBody streaming;
  private volatile boolean asked;

  ControlExchange(ControlHandler handler) {
    this.handler = handler;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (asked) {
      return;
    }
    asked = true;
    String method = request.method().name();
    String target = request.uri();
    byte[] body = ByteBufUtil.getBytes(request.content());
    boolean readable = request.decoderResult().isSuccess() && METHODS.contains(method);
    Thread.ofVirtual()
        .name("assay-control " + method)
        .start(
            () -> {
              if (readable) {
                answer(ctx, method, target, body);
              } else {
                fail(ctx, 400, "bad-request", "expected GET or POST over HTTP/1.1");
              }
            });
  }

  /** Whether a request has come whose answer, not a stream, is not sent yet. */
  boolean isAnswering() {
    return asked && streaming == null;
  }

  /** A stream's writer may wait for news that nobody wants any more. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ChunkedBody body = streaming;
    if (body != null) {
      body.abandon();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("control connection failed", cause);
    ctx.close();
  }

  private void answer(ChannelHandlerContext ctx, String method, String target, byte[] body) {
    try {
      switch (handler.handle(request(method, target, body))) {
        case ControlResponse.Json json -> send(ctx, HttpResponseStatus.OK, json.body());
        case ControlResponse.Stream stream -> stream(ctx, stream);
      }
    } catch (ControlException e) {
      fail(ctx, e.status(), e.code(), e.getMessage());
    } catch (IllegalArgumentException e) {
      fail(ctx, 400, "bad-request", e.getMessage());
    } catch (IOException e) {
      fail(ctx, 500, "failed", e.getMessage());
    } catch (InterruptedException e) {
      fail(ctx, 503, "stopping", "the process was stopping; ask again when it runs");
    } catch (RuntimeException e) {
      LOG.error("the request {} {} failed", method, target, e);
      fail(ctx, 500, "internal", "this request met a bug; the log of the process shows it: " + e);
    }
  }

  private static ControlRequest request(String method, String target, byte[] body) {
    QueryStringDecoder decoder = new QueryStringDecoder(target);
    Map<String, String> query =
        decoder.parameters().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> last(entry.getValue())));
    JsonObject object =
        body.length == 0 ? StrictJson.object("{}", "body") : StrictJson.object(body, "body");
    return new ControlRequest(method, decoder.path(), query, object);
  }

  private static String last(List<String> values) {
    return values.get(values.size() - 1);
  }

  private void stream(ChannelHandlerContext ctx, ControlResponse.Stream stream)
      throws IOException, InterruptedException {
    ChunkedBody body = new ChunkedBody(ctx.channel(), stream.contentType(), Thread.currentThread());
    streaming = body;
    if (!ctx.channel().isActive()) {
      return;
    }
    try {
      stream.body().writeTo(body);
      streaming = null;
      body.close();
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (!body.isBegun()) {
        throw e;
      }
      LOG.debug("a stream was cut short", e);
      ctx.close();
    } finally {
      streaming = null;
    }
  }

  private static void fail(ChannelHandlerContext ctx, int status, String code, String sentence) {
    send(
        ctx,
        HttpResponseStatus.valueOf(status),
        StrictJson.newObject().put("error", sentence).put("code", code));
  }

  private static void send(ChannelHandlerContext ctx, HttpResponseStatus status, ObjectNode body) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(StrictJson.bytes(body)));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
