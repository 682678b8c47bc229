package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.control.ControlClient;
import dev.assay.control.ControlException;
import dev.assay.control.NotRunningException;
import dev.assay.coordinator.CoordinatorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Asks the coordinator that runs on this home; what it refuses is a sentence for the user. */
final class CoordinatorClient {
  private static final int WAIT_SECONDS = 30;
  private static final int CONFLICT = 409;

  private final Home home;
  private final ControlClient control;

  CoordinatorClient(Cli cli) {
    this(cli.home());
  }

  CoordinatorClient(Home home) {
    this.home = home;
    this.control = new ControlClient(CoordinatorSettings.socket(home.directory()));
  }

  /** A request that may fail in the ways of {@link ControlClient}. */
  @FunctionalInterface
  private interface Request<T> {
    T send() throws IOException;
  }

  ObjectNode get(String... path) throws IOException, CommandException {
    return asked(() -> control.get(target(path)).raw());
  }

  /** As {@link #get}, again and again until the answer's member {@code end} is true. */
  ObjectNode await(String end, String... path) throws IOException, CommandException {
    while (true) {
      ObjectNode answer =
          asked(() -> control.get(target(path) + "?waitSeconds=" + WAIT_SECONDS).raw());
      if (answer.path(end).asBoolean()) {
        return answer;
      }
    }
  }

  ObjectNode post(ObjectNode body, String... path) throws IOException, CommandException {
    return asked(() -> control.post(target(path), body).raw());
  }

  /** A job's stream from its beginning; if asked to follow, until the job is done. */
  InputStream output(String job, String stream, boolean follow)
      throws IOException, CommandException {
    return asked(() -> control.stream(target("jobs", job, stream) + "?follow=" + follow));
  }

  private <T> T asked(Request<T> request) throws IOException, CommandException {
    try {
      return request.send();
    } catch (NotRunningException e) {
      throw CommandException.unavailable(
          "No coordinator runs on "
              + home.directory()
              + ": start it with assay coordinator, or name another --home.");
    } catch (ControlException e) {
      if (e.status() >= 500) {
        throw new IOException(sentence(e), e);
      }
      throw e.status() == CONFLICT
          ? CommandException.unavailable(sentence(e))
          : CommandException.usage(sentence(e));
    }
  }

  private static String sentence(ControlException e) {
    String text = e.getMessage();
    return "The coordinator says: " + text + (text.endsWith(".") ? "" : ".");
  }

  private static String target(String... path) {
    StringBuilder target = new StringBuilder();
    for (String part : path) {
      target.append('/').append(URLEncoder.encode(part, StandardCharsets.UTF_8));
    }
    return target.toString();
  }
}
