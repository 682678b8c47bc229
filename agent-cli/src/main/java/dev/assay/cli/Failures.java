package dev.assay.cli;

import dev.assay.control.ControlException;
import dev.assay.control.NotRunningException;
import dev.assay.coordinator.DatabaseException;
import dev.assay.crypto.KeyFileException;
import dev.assay.log.store.AppendFailedException;
import dev.assay.log.store.LogRefusedException;
import dev.assay.proof.ProverException;
import dev.assay.wire.SessionClosedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every exception into one sentence on standard error and an exit code. */
record Failures(Cli cli) implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** How picocli calls what it cannot read as a number. */
  private static final String NUMBER = "not an? (?:int|long|Integer|Long)\\b";

  private static final int INTERRUPTED = 130;
  private static final int HTTP_CONFLICT = 409;
  private static final int HTTP_SERVERS_FAULT = 500;
  private static final int HTTP_UNAVAILABLE = 503;

  /** What is told of a failure. */
  private record Failure(int exitCode, String sentence) {}

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    tell(sentence(wrong).replaceFirst("^Error: ", "").replaceFirst(NUMBER, "not a whole number"));
    if (!UnmatchedArgumentException.printSuggestions(wrong, cli.err())) {
      cli.err().printf("\"%s --help\" explains.%n", command.getCommandSpec().qualifiedName());
    }
    trace(wrong);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    Failure failure = of(thrown);
    tell(failure.sentence);
    trace(thrown);
    return failure.exitCode;
  }

  private static Failure of(Exception thrown) {
    return switch (thrown) {
      case CommandException command -> new Failure(command.exitCode(), command.getMessage());
      case InterruptedException stopped -> new Failure(INTERRUPTED, "Interrupted.");
      case IllegalArgumentException wrong -> new Failure(ExitCode.USAGE, sentence(wrong));
      case ProverException prover ->
          new Failure(
              prover.remedy() == ProverException.Remedy.RETRY
                  ? ExitCode.UNAVAILABLE
                  : ExitCode.FAULT,
              sentence(prover));
      case IOException io -> ofInputOutput(io);
      case UncheckedIOException io -> ofInputOutput(io.getCause());
      case DatabaseException database -> new Failure(ExitCode.FAULT, sentence(database));
      default ->
          new Failure(
              ExitCode.FAULT,
              "This should not happen: "
                  + thrown
                  + "; run it again with --debug and report what it shows.");
    };
  }

  private static Failure ofInputOutput(IOException thrown) {
    return switch (thrown) {
      case NotRunningException away -> new Failure(ExitCode.UNAVAILABLE, sentence(away));
      case ControlException answer -> new Failure(exitCode(answer.status()), sentence(answer));
      case SessionClosedException closed -> new Failure(ExitCode.UNAVAILABLE, sentence(closed));
      case LogRefusedException refused -> new Failure(ExitCode.USAGE, sentence(refused));
      case KeyFileException key -> new Failure(ExitCode.USAGE, sentence(key));
      case AppendFailedException later -> new Failure(ExitCode.UNAVAILABLE, sentence(later));
      case ClosedByInterruptException stopped -> new Failure(INTERRUPTED, "Interrupted.");
      case ConnectException unreachable ->
          new Failure(ExitCode.UNAVAILABLE, "Could not connect: " + sentence(unreachable));
      case NoRouteToHostException unreachable ->
          new Failure(ExitCode.UNAVAILABLE, "Could not connect: " + sentence(unreachable));
      case UnknownHostException unknown ->
          new Failure(ExitCode.UNAVAILABLE, "No address is known for " + sentence(unknown));
      case HttpTimeoutException late -> new Failure(ExitCode.UNAVAILABLE, sentence(late));
      case SocketTimeoutException late -> new Failure(ExitCode.UNAVAILABLE, sentence(late));
      case InterruptedIOException stopped -> new Failure(INTERRUPTED, "Interrupted.");
      case NoSuchFileException file ->
          new Failure(ExitCode.USAGE, "There is no file " + file.getFile() + ".");
      case AccessDeniedException file ->
          new Failure(ExitCode.USAGE, "This user may not access " + file.getFile() + ".");
      case NotDirectoryException file ->
          new Failure(ExitCode.USAGE, file.getFile() + " is not a directory.");
      case FileSystemException file when "Is a directory".equals(file.getReason()) ->
          new Failure(ExitCode.USAGE, file.getFile() + " is a directory: name a file.");
      case FileSystemException file -> new Failure(ExitCode.FAULT, sentence(file));
      case IOException late when isUnreachable(late.getCause()) ->
          new Failure(ExitCode.UNAVAILABLE, sentence(late));
      default -> new Failure(ExitCode.FAULT, sentence(thrown));
    };
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof SocketTimeoutException
        || cause instanceof HttpTimeoutException
        || cause instanceof TimeoutException;
  }

  /** What a running agent or coordinator answered: 4xx is ours to change, but for a conflict. */
  private static int exitCode(int status) {
    if (status == HTTP_CONFLICT || status == HTTP_UNAVAILABLE) {
      return ExitCode.UNAVAILABLE;
    }
    return status < HTTP_SERVERS_FAULT ? ExitCode.USAGE : ExitCode.FAULT;
  }

  /** Begins with a capital and ends with a full stop, whoever wrote it. */
  private static String sentence(Exception thrown) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      message = thrown.getClass().getSimpleName();
    }
    message = capital(message.strip());
    return message.endsWith(".") || message.endsWith("!") ? message : message + ".";
  }

  /** Names of files, settings and claims keep their first letter. */
  private static String capital(String message) {
    String first = message.split("[ :]", 2)[0];
    return first.matches("[a-z]+") && message.startsWith(first + " ")
        ? Character.toUpperCase(message.charAt(0)) + message.substring(1)
        : message;
  }

  private void tell(String sentence) {
    cli.err().println(cli.errorStyle().bad("assay:") + " " + sentence);
    cli.err().flush();
  }

  private void trace(Exception thrown) {
    if (cli.debug()) {
      thrown.printStackTrace(cli.err());
    }
  }
}
