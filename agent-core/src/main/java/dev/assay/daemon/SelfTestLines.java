package dev.assay.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.proof.Proof;
import dev.assay.token.ProofJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A self-test as lines of JSON, each either {@code {"device":…,"proof":…,"percent":…}}, or {@code
 * {"result":…}} when a proof has ended.
 */
public final class SelfTestLines implements SelfTest.Sink {
  private static final int MAX_DEVICE = 64;

  private final OutputStream out;
  private int shown = -1;

  SelfTestLines(OutputStream out) {
    this.out = out;
  }

  /** Reads the lines that a running agent writes, and tells {@code sink} of them. */
  public static void read(InputStream in, SelfTest.Sink sink) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject json = StrictJson.object(line, "self-test");
      if (json.has("result")) {
        sink.result(SelfTestResult.parse(json.object("result")));
      } else {
        sink.progress(
            json.string("device", MAX_DEVICE),
            ProofJson.read(json.object("proof")),
            json.integer("percent", 0, 100) / 100.0);
      }
    }
  }

  @Override
  public void progress(String device, Proof proof, double share) {
    int percent = (int) (100 * share);
    if (percent == shown) {
      return;
    }
    shown = percent;
    ObjectNode json = StrictJson.newObject().put("device", device).put("percent", percent);
    json.set("proof", ProofJson.write(proof));
    try {
      write(json);
    } catch (IOException e) {
      // Whoever asked has gone: the thread is interrupted, or the next result cannot be written.
    }
  }

  @Override
  public void result(SelfTestResult result) throws IOException {
    shown = -1;
    ObjectNode json = StrictJson.newObject();
    json.set("result", result.toJson());
    write(json);
  }

  private void write(ObjectNode json) throws IOException {
    out.write((StrictJson.text(json) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
