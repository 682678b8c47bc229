package dev.assay.gpu.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A started device, for the thread of its task alone. What it gives out is closed with it, last
 * first, whatever else happens.
 */
public final class CudaContext implements AutoCloseable {
  private static final long SPIN_NANOS = 200_000;
  private static final long PAUSE_NANOS = 20_000;

  private final DeviceFacts facts;
  private final DriverThread<?, ?> thread;
  private final DriverCalls calls;
  private final Limits limits;
  private final Deque<Owned> owned = new ArrayDeque<>();
  private final Map<PtxImage, CudaModule> modules = new HashMap<>();

  CudaContext(DeviceFacts facts, DriverThread<?, ?> thread, DriverCalls calls, Limits limits) {
    this.facts = facts;
    this.thread = thread;
    this.calls = calls;
    this.limits = limits;
  }

  /** Something of the device that has to be given back. */
  interface Owned {
    void free() throws CudaException;
  }

  /** The device. */
  public DeviceFacts facts() {
    return facts;
  }

  /** How much memory there is now. */
  public MemoryInfo memory() throws CudaException {
    return calls.memory();
  }

  /**
   * Asks that the cache fetch no more than {@code bytes} at once from memory, which serves reads at
   * random. A device that knows no such setting goes on as it is.
   */
  public void preferFetches(int bytes) {
    calls.preferFetches(bytes);
  }

  /** Takes memory of the device; its content is undefined. */
  public DeviceMemory allocate(long bytes) throws CudaException {
    try {
      return own(new DeviceMemory(this, calls.allocate(bytes), bytes));
    } catch (CudaException e) {
      throw e.error() == CudaError.OUT_OF_MEMORY ? tooLarge(bytes) : e;
    }
  }

  /** Takes memory of the host that the device reaches directly. */
  public PinnedBuffer pin(int bytes) throws CudaException {
    return own(new PinnedBuffer(this, calls.pin(bytes)));
  }

  /** A new queue of work, independent of all others. */
  public CudaStream stream() throws CudaException {
    return own(new CudaStream(this, calls.queue(), calls.mark()));
  }

  /** A new mark for queues. */
  public CudaEvent event() throws CudaException {
    return own(new CudaEvent(this, calls.mark()));
  }

  /** The newest variant of a module that the device can run; loaded once. */
  public CudaModule module(String name) throws CudaException {
    return module(
        PtxImage.find(name, facts.capability())
            .orElseThrow(
                () -> CudaException.of(CudaError.NO_BINARY_FOR_GPU, facts.id(), "module " + name)));
  }

  /** A certain variant of a module, such as {@code sm90a}; loaded once. */
  public CudaModule module(String name, String target) throws CudaException {
    return module(
        PtxImage.of(name, target)
            .orElseThrow(
                () ->
                    CudaException.of(
                        CudaError.NO_BINARY_FOR_GPU, facts.id(), name + " for " + target)));
  }

  /** Ends a task whose caller was interrupted; to be called at least every 20 ms or so. */
  public void checkCancelled() throws InterruptedException {
    if (thread.isCancelled()) {
      throw new InterruptedException("the use of " + facts.id() + " was cancelled");
    }
  }

  /** Closes what is left. */
  @Override
  public void close() throws CudaException {
    CudaException first = null;
    while (!owned.isEmpty()) {
      try {
        owned.peek().free();
      } catch (CudaException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
      owned.poll();
    }
    if (first != null) {
      throw first;
    }
  }

  DriverCalls calls() {
    return calls;
  }

  /** Gives one thing back before the others. */
  void free(Owned thing) throws CudaException {
    if (owned.remove(thing)) {
      thing.free();
    }
  }

  /**
   * Waits until a queue has come to a mark. The driver is asked again and again, so that neither a
   * cancelled task nor a device that hangs is waited for.
   */
  void await(DriverCalls.Mark mark, String what) throws CudaException, InterruptedException {
    long begun = System.nanoTime();
    while (!calls.reached(mark)) {
      checkCancelled();
      long waited = System.nanoTime() - begun;
      if (waited > limits.work().toNanos()) {
        throw thread.hangs(what);
      }
      if (waited < SPIN_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private CudaException tooLarge(long bytes) throws CudaException {
    String detail = "%d bytes asked for, %d free".formatted(bytes, memory().free());
    return CudaException.of(CudaError.OUT_OF_MEMORY, facts.id(), detail);
  }

  private CudaModule module(PtxImage image) throws CudaException {
    CudaModule loaded = modules.get(image);
    if (loaded == null) {
      loaded = own(new CudaModule(this, image, calls.load(image.text())));
      modules.put(image, loaded);
    }
    return loaded;
  }

  private <T extends Owned> T own(T thing) {
    owned.push(thing);
    return thing;
  }
}
