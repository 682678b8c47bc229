package dev.assay.gpu.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.cuda.Limits;
import dev.assay.gpu.cuda.MemoryInfo;
import dev.assay.gpu.emulator.Emulator;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.ProverException;
import dev.assay.proof.ProverException.Remedy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A device's faults end a proof with a sentence, never for ever, and never with memory kept. */
class FailingDeviceTest {
  private static final DeviceSeed SEED = new DeviceSeed(Hash32.ofHex("5a".repeat(32)));
  private static final MemoryFill SMALL = new MemoryFill(1024, 1, 1);
  private static final MemoryFill LARGE = new MemoryFill(1 << 19, 64, 64);
  private static final Limits SHORT =
      new Limits(
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofMillis(100));

  /** Lets go of threads that a test left hanging. */
  @AfterEach
  void letGo() {
    Emulator.configure("mem=64M");
  }

  /**
   * Fails a call at its first time, its second, and so on in steps, until the proof is through
   * without coming that far. Afterwards the memory is free again, and the next proof passes.
   */
  @ParameterizedTest
  @CsvSource({
    "cuDevicePrimaryCtxSetFlags, 1",
    "cuDevicePrimaryCtxRetain, 1",
    "cuCtxSetCurrent, 1",
    "cuModuleLoadData, 1",
    "cuModuleGetFunction, 1",
    "cuMemAlloc, 1",
    "cuMemHostAlloc, 1",
    "cuStreamCreate, 1",
    "cuEventCreate, 1",
    "cuFuncSetAttribute, 1",
    "cuLaunchKernel, 17",
    "cuEventRecord, 41",
    "cuStreamWaitEvent, 17",
    "cuEventQuery, 23",
    "cuMemcpyDtoHAsync, 1"
  })
  void aFailedCallIsToldAndLeavesNoMemoryTaken(String call, int step) throws Exception {
    for (Proof proof : new Proof[] {SMALL, new Matmul(128, 1, 1)}) {
      int failed = 0;
      for (int n = 1; ; n += step) {
        Emulator.configure("mem=64M;fail=" + call + ":" + n + ":719");
        CudaProver prover = new CudaProver(Emulator.device(0));
        Throwable end = catchThrowable(() -> prover.commit(proof, SEED, Progress.NONE));
        if (end == null) {
          break;
        }
        failed++;
        assertThat(end)
            .as("%s number %d", call, n)
            .isInstanceOf(ProverException.class)
            .hasMessageContainingAll("cuda:0: a kernel broke off", "error 719", "dmesg");
        assertThat(((ProverException) end).remedy()).isEqualTo(Remedy.STOP);
        assertThat(free(prover.cuda())).as("%s number %d", call, n).isEqualTo(64 << 20);
        assertThat(catchThrowable(() -> prover.commit(proof, SEED, Progress.NONE))).isNull();
      }
      if (!call.equals("cuFuncSetAttribute") && !call.equals("cuStreamWaitEvent")) {
        assertThat(failed).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cuMemFree",
        "cuMemFreeHost",
        "cuStreamDestroy",
        "cuEventDestroy",
        "cuModuleUnload",
        "cuDevicePrimaryCtxRelease"
      })
  void evenWhatGivesBackMayFail(String call) throws Exception {
    Emulator.configure("mem=64M;fail=" + call + ":1:304");
    CudaProver prover = new CudaProver(Emulator.device(0));

    assertThatThrownBy(() -> prover.commit(SMALL, SEED, Progress.NONE))
        .isInstanceOf(ProverException.class)
        .hasMessageContaining("the operating system refuses");

    assertThat(catchThrowable(() -> prover.commit(SMALL, SEED, Progress.NONE))).isNull();
    assertThat(free(prover.cuda())).isEqualTo(64 << 20);
  }

  @Test
  void tooLittleMemorySaysHowMuchAndMayBeTriedAgain() throws Exception {
    Emulator.configure("mem=8M");
    CudaProver prover = new CudaProver(Emulator.device(0));

    assertThatThrownBy(() -> prover.commit(new MemoryFill(1 << 18, 1, 1), SEED, Progress.NONE))
        .isInstanceOfSatisfying(
            ProverException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.RETRY))
        .hasMessageContainingAll(
            "cuda:0: the device has not enough free memory",
            "16777216 bytes asked for, 8388608 free",
            "nvidia-smi");
    assertThat(free(prover.cuda())).isEqualTo(8 << 20);
  }

  @Test
  void aDeviceThatIsLostInMidProofIsAFaultOfTheMachine() throws Exception {
    Emulator.configure("mem=64M;fail=cuLaunchKernel:100:999");
    CudaProver prover = new CudaProver(Emulator.device(0));

    assertThatThrownBy(() -> prover.commit(SMALL, SEED, Progress.NONE))
        .isInstanceOfSatisfying(
            ProverException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP))
        .hasMessageContainingAll("cuda:0", "fell off the bus", "dmesg");
  }

  /** A kernel that never ends, and calls that never return. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cuLaunchKernel:70",
        "cuEventQuery:10",
        "cuMemAlloc:2",
        "cuModuleLoadData:1",
        "cuMemcpyDtoHAsync:1"
      })
  void aDeviceThatHangsInMidProofDoesNotAnswer(String where) throws Exception {
    Emulator.configure("mem=64M;hang=" + where);
    CudaProver prover = new CudaProver(device(SHORT));

    assertThatThrownBy(() -> prover.commit(SMALL, SEED, Progress.NONE))
        .isInstanceOfSatisfying(
            ProverException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP))
        .hasMessageContainingAll("cuda:0: the device does not answer", "nvidia-smi --gpu-reset");

    assertThatThrownBy(() -> prover.commit(SMALL, SEED, Progress.NONE))
        .hasMessageContainingAll("cuda:0: the device does not answer", "an earlier call");
  }

  @Test
  void aProofIsCancelledWithin200MillisecondsAndItsMemoryGivenBack() throws Exception {
    Emulator.configure("mem=64M");
    CudaProver prover = new CudaProver(Emulator.device(0));

    assertThat(cancelled(prover, LARGE)).isLessThan(Duration.ofMillis(200));

    assertThat(free(prover.cuda())).isEqualTo(64 << 20);
  }

  @Test
  void aMatmulIsCancelledToo() throws Exception {
    Emulator.configure("mem=64M");
    CudaProver prover = new CudaProver(Emulator.device(0));

    // The emulator is a millionth of a device: even one band takes it long.
    assertThat(cancelled(prover, new Matmul(128, 512, 512))).isLessThan(Duration.ofMillis(200));

    assertThat(free(prover.cuda())).isEqualTo(64 << 20);
  }

  @Test
  void aDeviceThatHangsCanBeCancelledToo() throws Exception {
    Emulator.configure("mem=64M;hang=cuMemcpyDtoHAsync:1");
    CudaProver prover = new CudaProver(Emulator.device(0));

    assertThat(cancelled(prover, LARGE)).isLessThan(Duration.ofMillis(200));
  }

  /** How long it takes from the interrupt to the end. */
  private static Duration cancelled(CudaProver prover, Proof proof) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread caller =
        new Thread(
            () ->
                end.set(
                    catchThrowable(
                        () -> prover.commit(proof, SEED, (done, total) -> begun.countDown()))));
    caller.start();
    begun.await();
    Thread.sleep(100);
    long interrupted = System.nanoTime();
    caller.interrupt();
    caller.join();
    Duration took = Duration.ofNanos(System.nanoTime() - interrupted);
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    return took;
  }

  @Test
  void twoDevicesProveAtOnceEachUnderItsOwnSeed() throws Exception {
    Emulator.configure("devices=2;mem=64M");
    CudaProver first = new CudaProver(Emulator.device(0));
    CudaProver second = new CudaProver(Emulator.device(1));
    DeviceSeed other = new DeviceSeed(Hash32.ofHex("77".repeat(32)));
    FutureTask<Commitment> beside =
        new FutureTask<>(() -> second.commit(SMALL, other, Progress.NONE));
    Thread.ofPlatform().start(beside);

    Commitment own = first.commit(SMALL, SEED, Progress.NONE);
    Commitment its = beside.get();

    assertThat(its).isNotEqualTo(own);
    assertThat(its).isEqualTo(first.commit(SMALL, other, Progress.NONE));
  }

  private static CudaDevice device(Limits limits) throws InterruptedException {
    return Driver.open(limits).usable().getFirst();
  }

  private static long free(CudaDevice device) throws Exception {
    MemoryInfo memory = device.use(context -> context.memory());
    return memory.free();
  }
}
