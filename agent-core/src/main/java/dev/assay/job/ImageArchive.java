package dev.assay.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An image in a file, as {@code docker save} and {@code podman save} write it.
 *
 * @param url where it is fetched from, over HTTP or HTTPS
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record ImageArchive(URI url, String sha256) {
  private static final int MAX_URL = 2048;
  private static final Set<String> DOTS = Set.of(".", "..");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  static ImageArchive parse(JsonObject json) {
    String text = json.string("url", MAX_URL);
    String sha256 = json.string("sha256", 64);
    json.end();
    if (!SHA256.matcher(sha256).matches()) {
      throw json.error("sha256", "expected 64 hexadecimal digits");
    }
    try {
      URI url = new URI(text);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (web
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getFragment() == null
          && Arrays.stream(url.getPath().split("/", -1)).noneMatch(DOTS::contains)) {
        return new ImageArchive(url, sha256);
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw json.error("url", "expected an https or http URL without a user, a fragment or dots");
  }

  ObjectNode toJson() {
    return StrictJson.newObject().put("url", url.toString()).put("sha256", sha256);
  }
}
