package dev.assay.runtime.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Follows a container's output through Docker's interface. Following is for those who watch; once
 * the container has ended all of it is read again, so that nothing hangs on a stream that broke.
 */
final class DockerLog implements ContainerOutput {
  private final DockerClient docker;
  private final String name;
  private Reader reader;

  DockerLog(DockerClient docker, String name) {
    this.docker = docker;
    this.name = name;
  }

  @Override
  public void copy(OutputFiles files) {
    if (reader == null || reader.hasEnded()) {
      close();
      files.rewind();
      reader = read(files, true);
    }
  }

  @Override
  public void drain(OutputFiles files) throws IOException, InterruptedException {
    close();
    if (files.overflowed()) {
      return;
    }
    files.rewind();
    reader = read(files, false);
    try {
      reader.awaitCompletion();
    } catch (RuntimeException e) {
      throw new IOException("the engine does not give the output: " + e.getMessage(), e);
    }
  }

  @Override
  public void rewind() {
    close();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.end();
      reader = null;
    }
  }

  private Reader read(OutputFiles files, boolean follow) {
    return docker
        .logContainerCmd(name)
        .withStdOut(true)
        .withStdErr(true)
        .withFollowStream(follow)
        .withTailAll()
        .exec(new Reader(files));
  }

  private static final class Reader extends ResultCallback.Adapter<Frame> {
    private final OutputFiles files;
    private volatile boolean ended;

    Reader(OutputFiles files) {
      this.files = files;
    }

    @Override
    public synchronized void onNext(Frame frame) {
      if (ended) {
        return;
      }
      byte[] bytes = frame.getPayload();
      try {
        if (frame.getStreamType() == StreamType.STDERR) {
          files.stderr(bytes, 0, bytes.length);
        } else {
          files.stdout(bytes, 0, bytes.length);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (files.overflowed()) {
        onComplete();
      }
    }

    @Override
    public void onComplete() {
      ended = true;
      super.onComplete();
    }

    @Override
    public void onError(Throwable failure) {
      ended = true;
      super.onError(failure);
    }

    boolean hasEnded() {
      return ended;
    }

    /** No more of it comes. */
    synchronized void end() {
      ended = true;
      try {
        close();
      } catch (IOException e) {
        // The stream is gone in any case.
      }
    }
  }
}
