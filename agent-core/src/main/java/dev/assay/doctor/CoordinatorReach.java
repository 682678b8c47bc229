package dev.assay.doctor;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.KeyId;
import dev.assay.wire.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Connects to a coordinator as far as TLS shows its key, and hangs up. */
final class CoordinatorReach {
  private static final String VERSION = "TLSv1.3";

  private CoordinatorReach() {}

  static Reach of(Address address, KeyId pinned, Duration patience) {
    long start = System.nanoTime();
    int millis = (int) patience.toMillis();
    InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
    if (target.isUnresolved()) {
      return new Reach.UnknownName();
    }
    try (Socket plain = new Socket()) {
      plain.connect(target, millis);
      plain.setSoTimeout(millis);
      Reach tls = handshake(plain, address, pinned);
      return tls instanceof Reach.Reached
          ? new Reach.Reached(Duration.ofNanos(System.nanoTime() - start).toMillis())
          : tls;
    } catch (IOException e) {
      return new Reach.NoConnection(reason(e));
    }
  }

  private static Reach handshake(Socket plain, Address address, KeyId pinned) throws IOException {
    Pin pin = new Pin(pinned);
    try {
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(null, new TrustManager[] {pin}, null);
      try (SSLSocket tls =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, address.host(), address.port(), false)) {
        tls.setEnabledProtocols(new String[] {VERSION});
        tls.startHandshake();
        return new Reach.Reached(0);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS 1.3", e);
    } catch (SSLException e) {
      return pin.refused.get() ? new Reach.OtherKey() : new Reach.NoTls(reason(e));
    }
  }

  /** What the system says, without the address that some messages hold. */
  private static String reason(IOException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.replaceAll("\\S*[0-9a-fA-F]*[.:][0-9a-fA-F]+[.:]\\S*", "…");
  }

  /** Trusts one key, whatever name and dates stand around it; remembers that it saw another. */
  private static final class Pin extends X509ExtendedTrustManager {
    private final KeyId pinned;
    private final AtomicBoolean refused = new AtomicBoolean();

    private Pin(KeyId pinned) {
      this.pinned = pinned;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      try {
        if (Certificates.publicKey(chain[0]).id().equals(pinned)) {
          return;
        }
      } catch (IllegalArgumentException e) {
        // A certificate with another kind of key is another's.
      }
      refused.set(true);
      throw new CertificateException("another key");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
