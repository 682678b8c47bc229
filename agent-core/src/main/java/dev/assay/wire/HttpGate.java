package dev.assay.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;

/** Lets only an upgrade to this protocol through; anything else over HTTP is told what is here. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails shows as the end
final class HttpGate extends SimpleChannelInboundHandler<FullHttpRequest> {
  static final String PATH = "/assay";
  static final String SUBPROTOCOL = "assay.v1";

  HttpGate() {
    super(FullHttpRequest.class, false);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      refuse(ctx, request, HttpResponseStatus.BAD_REQUEST, "this is not HTTP/1.1");
    } else if (!request.uri().equals(PATH)) {
      refuse(ctx, request, HttpResponseStatus.NOT_FOUND, "there is only " + PATH + " here");
    } else if (!isUpgrade(request)) {
      refuse(
          ctx,
          request,
          HttpResponseStatus.UPGRADE_REQUIRED,
          "this is a WebSocket, subprotocol " + SUBPROTOCOL);
    } else if (!offersSubprotocol(request)) {
      refuse(
          ctx,
          request,
          HttpResponseStatus.BAD_REQUEST,
          "the only subprotocol here is " + SUBPROTOCOL);
    } else {
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(request);
    }
  }

  private static boolean isUpgrade(FullHttpRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private static boolean offersSubprotocol(FullHttpRequest request) {
    return request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .anyMatch(value -> value.strip().equals(SUBPROTOCOL));
  }

  private static void refuse(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      HttpResponseStatus status,
      String sentence) {
    ReferenceCountUtil.release(request);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), sentence + "\n"));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
