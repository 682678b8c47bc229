package dev.assay.gpu.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUuuid;
import jcuda.driver.JCudaDriver;

/**
 * The driver's calls, each with its result code turned into an exception and its duration watched.
 * Only calls of CUDA 12.0 and before are here: the binding ends the process at a call that the
 * driver does not have.
 */
final class DriverCalls {
  private static final int NOT_READY = 600;
  private static final int NAME_BYTES = 256;
  private static final int BUS_ID_BYTES = 32;
  private static final int NON_BLOCKING_STREAM = 1;
  private static final int SPIN_SCHEDULING = 1;
  private static final int MAX_DYNAMIC_SHARED = 8;
  private static final int L2_FETCH_BYTES = 5;

  private final String where;
  private final CallWatch watch;
  private final Limits limits;

  /**
   * Calls of one thread.
   *
   * @param where what errors begin with: the driver, or a device id
   */
  DriverCalls(String where, CallWatch watch, Limits limits) {
    this.where = where;
    this.watch = watch;
    this.limits = limits;
  }

  /** Makes the binding load its native half. */
  static void touch() {
    JCudaDriver.setExceptionsEnabled(false);
  }

  /** A device of the driver's list. */
  static final class Device {
    private final CUdevice handle = new CUdevice();
  }

  /** A device's context. */
  static final class Context {
    private final CUcontext handle = new CUcontext();
  }

  /** An allocation on a device. */
  static final class Address extends CUdeviceptr {
    long value() {
      return getNativePointer();
    }
  }

  /** Memory of the host that devices reach directly. */
  static final class Host {
    private final Pointer pointer = new Pointer();
    private final ByteBuffer bytes;

    private Host(DriverCalls calls, long size) throws CudaException {
      calls.check("cuMemHostAlloc", () -> JCudaDriver.cuMemHostAlloc(pointer, size, 0));
      this.bytes = pointer.getByteBuffer(0, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    ByteBuffer bytes() {
      return bytes;
    }
  }

  /** Loaded kernels. */
  static final class Image {
    private final CUmodule handle = new CUmodule();
  }

  /** A kernel of an image. */
  static final class Function {
    private final CUfunction handle = new CUfunction();
  }

  /** A queue of work. */
  static final class Queue {
    private final CUstream handle = new CUstream();
  }

  /** A mark in a queue. */
  static final class Mark {
    private final CUevent handle = new CUevent();
  }

  void init() throws CudaException {
    check("cuInit", limits.load(), false, () -> JCudaDriver.cuInit(0));
  }

  DriverVersion version() throws CudaException {
    return new DriverVersion(number("cuDriverGetVersion", JCudaDriver::cuDriverGetVersion));
  }

  int deviceCount() throws CudaException {
    return number("cuDeviceGetCount", JCudaDriver::cuDeviceGetCount);
  }

  Device device(int ordinal) throws CudaException {
    Device device = new Device();
    check("cuDeviceGet", () -> JCudaDriver.cuDeviceGet(device.handle, ordinal));
    return device;
  }

  String name(Device device) throws CudaException {
    byte[] name = new byte[NAME_BYTES];
    check("cuDeviceGetName", () -> JCudaDriver.cuDeviceGetName(name, name.length, device.handle));
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return new String(name, 0, end, StandardCharsets.UTF_8);
  }

  byte[] uuid(Device device) throws CudaException {
    CUuuid uuid = new CUuuid();
    check("cuDeviceGetUuid", () -> JCudaDriver.cuDeviceGetUuid(uuid, device.handle));
    return uuid.bytes;
  }

  String busId(Device device) throws CudaException {
    String[] id = new String[1];
    check(
        "cuDeviceGetPCIBusId",
        () -> JCudaDriver.cuDeviceGetPCIBusId(id, BUS_ID_BYTES, device.handle));
    return id[0];
  }

  long totalBytes(Device device) throws CudaException {
    long[] bytes = new long[1];
    check("cuDeviceTotalMem", () -> JCudaDriver.cuDeviceTotalMem(bytes, device.handle));
    return bytes[0];
  }

  int attribute(Device device, int attribute) throws CudaException {
    return number(
        "cuDeviceGetAttribute",
        value -> JCudaDriver.cuDeviceGetAttribute(value, attribute, device.handle));
  }

  /** Starts the device, or joins what has been started in this process. */
  Context retain(Device device) throws CudaException {
    // The agent polls; it never sleeps within the driver.
    check(
        "cuDevicePrimaryCtxSetFlags",
        limits.load(),
        false,
        () -> JCudaDriver.cuDevicePrimaryCtxSetFlags(device.handle, SPIN_SCHEDULING));
    Context context = new Context();
    check(
        "cuDevicePrimaryCtxRetain",
        limits.load(),
        false,
        () -> JCudaDriver.cuDevicePrimaryCtxRetain(context.handle, device.handle));
    return context;
  }

  void makeCurrent(Context context) throws CudaException {
    check("cuCtxSetCurrent", () -> JCudaDriver.cuCtxSetCurrent(context.handle));
  }

  /** A hint, so a refusal is none; if the device is lost, the next call says so. */
  void preferFetches(int bytes) {
    call(
        "cuCtxSetLimit",
        limits.call(),
        false,
        () -> JCudaDriver.cuCtxSetLimit(L2_FETCH_BYTES, bytes));
  }

  /** Stops the device; all that was allocated on it is free. */
  void release(Device device) throws CudaException {
    cleanup(
        "cuDevicePrimaryCtxRelease", () -> JCudaDriver.cuDevicePrimaryCtxRelease(device.handle));
  }

  MemoryInfo memory() throws CudaException {
    long[] free = new long[1];
    long[] total = new long[1];
    check("cuMemGetInfo", () -> JCudaDriver.cuMemGetInfo(free, total));
    return new MemoryInfo(free[0], total[0]);
  }

  Address allocate(long bytes) throws CudaException {
    Address address = new Address();
    check("cuMemAlloc", () -> JCudaDriver.cuMemAlloc(address, bytes));
    return address;
  }

  void free(Address address) throws CudaException {
    cleanup("cuMemFree", () -> JCudaDriver.cuMemFree(address));
  }

  Host pin(long bytes) throws CudaException {
    return new Host(this, bytes);
  }

  void unpin(Host host) throws CudaException {
    cleanup("cuMemFreeHost", () -> JCudaDriver.cuMemFreeHost(host.pointer));
  }

  void copyIn(Address to, long at, Host from, long offset, long bytes, Queue queue)
      throws CudaException {
    check(
        "cuMemcpyHtoDAsync",
        () ->
            JCudaDriver.cuMemcpyHtoDAsync(
                to.withByteOffset(at), from.pointer.withByteOffset(offset), bytes, queue.handle));
  }

  void copyOut(Host to, long offset, Address from, long at, long bytes, Queue queue)
      throws CudaException {
    check(
        "cuMemcpyDtoHAsync",
        () ->
            JCudaDriver.cuMemcpyDtoHAsync(
                to.pointer.withByteOffset(offset), from.withByteOffset(at), bytes, queue.handle));
  }

  void copyWithin(Address to, long at, Address from, long offset, long bytes, Queue queue)
      throws CudaException {
    check(
        "cuMemcpyDtoDAsync",
        () ->
            JCudaDriver.cuMemcpyDtoDAsync(
                to.withByteOffset(at), from.withByteOffset(offset), bytes, queue.handle));
  }

  /** From ordinary memory of the host; returns when it is done. */
  void copyIn(Address to, long at, ByteBuffer from) throws CudaException {
    check(
        "cuMemcpyHtoD",
        limits.work(),
        false,
        () ->
            JCudaDriver.cuMemcpyHtoD(
                to.withByteOffset(at), Pointer.toBuffer(from), from.remaining()));
  }

  /** To ordinary memory of the host; returns when it is done. */
  void copyOut(ByteBuffer to, Address from, long at) throws CudaException {
    check(
        "cuMemcpyDtoH",
        limits.work(),
        false,
        () ->
            JCudaDriver.cuMemcpyDtoH(
                Pointer.toBuffer(to), from.withByteOffset(at), to.remaining()));
  }

  void fill(Address address, long at, byte value, long bytes, Queue queue) throws CudaException {
    check(
        "cuMemsetD8Async",
        () -> JCudaDriver.cuMemsetD8Async(address.withByteOffset(at), value, bytes, queue.handle));
  }

  /** Loads PTX, which the driver compiles unless it has done so before. */
  Image load(String ptx) throws CudaException {
    Image image = new Image();
    check(
        "cuModuleLoadData",
        limits.load(),
        false,
        () -> JCudaDriver.cuModuleLoadData(image.handle, ptx));
    return image;
  }

  void unload(Image image) throws CudaException {
    cleanup("cuModuleUnload", () -> JCudaDriver.cuModuleUnload(image.handle));
  }

  Function function(Image image, String name) throws CudaException {
    Function function = new Function();
    check(
        "cuModuleGetFunction " + name,
        () -> JCudaDriver.cuModuleGetFunction(function.handle, image.handle, name));
    return function;
  }

  void allowDynamicShared(Function function, int bytes) throws CudaException {
    check(
        "cuFuncSetAttribute",
        () -> JCudaDriver.cuFuncSetAttribute(function.handle, MAX_DYNAMIC_SHARED, bytes));
  }

  int residentBlocks(Function function, int threads, long dynamicShared) throws CudaException {
    return number(
        "cuOccupancyMaxActiveBlocksPerMultiprocessor",
        value ->
            JCudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(
                value, function.handle, threads, dynamicShared));
  }

  /** Each argument is an array: of one {@code long} or {@code int}, or the words of a struct. */
  void launch(String name, Function function, Grid grid, Queue queue, List<Object> arguments)
      throws CudaException {
    NativePointerObject[] pointers = new NativePointerObject[arguments.size()];
    for (int i = 0; i < pointers.length; i++) {
      pointers[i] =
          arguments.get(i) instanceof long[] wide
              ? Pointer.to(wide)
              : Pointer.to((int[]) arguments.get(i));
    }
    check(
        "launch of " + name,
        () ->
            JCudaDriver.cuLaunchKernel(
                function.handle,
                grid.columns(),
                grid.rows(),
                1,
                grid.threads(),
                1,
                1,
                grid.dynamicShared(),
                queue.handle,
                Pointer.to(pointers),
                null));
  }

  Queue queue() throws CudaException {
    Queue queue = new Queue();
    check("cuStreamCreate", () -> JCudaDriver.cuStreamCreate(queue.handle, NON_BLOCKING_STREAM));
    return queue;
  }

  void destroy(Queue queue) throws CudaException {
    cleanup("cuStreamDestroy", () -> JCudaDriver.cuStreamDestroy(queue.handle));
  }

  void await(Queue queue, Mark mark) throws CudaException {
    check("cuStreamWaitEvent", () -> JCudaDriver.cuStreamWaitEvent(queue.handle, mark.handle, 0));
  }

  Mark mark() throws CudaException {
    Mark mark = new Mark();
    check("cuEventCreate", () -> JCudaDriver.cuEventCreate(mark.handle, 0));
    return mark;
  }

  void record(Mark mark, Queue queue) throws CudaException {
    check("cuEventRecord", () -> JCudaDriver.cuEventRecord(mark.handle, queue.handle));
  }

  /** Whether the queue has come to the mark. */
  boolean reached(Mark mark) throws CudaException {
    int code =
        call("cuEventQuery", limits.call(), false, () -> JCudaDriver.cuEventQuery(mark.handle));
    if (code != 0 && code != NOT_READY) {
      throw CudaException.ofCode(where, "cuEventQuery", code);
    }
    return code == 0;
  }

  /** Between two marks, by the device's clock. */
  float milliseconds(Mark from, Mark to) throws CudaException {
    float[] time = new float[1];
    check("cuEventElapsedTime", () -> JCudaDriver.cuEventElapsedTime(time, from.handle, to.handle));
    return time[0];
  }

  void destroy(Mark mark) throws CudaException {
    cleanup("cuEventDestroy", () -> JCudaDriver.cuEventDestroy(mark.handle));
  }

  private interface NumberCall {
    int run(int[] number);
  }

  private int number(String name, NumberCall call) throws CudaException {
    int[] number = new int[1];
    check(name, () -> call.run(number));
    return number[0];
  }

  private void check(String name, IntSupplier call) throws CudaException {
    check(name, limits.call(), false, call);
  }

  /** What frees something may wait for the device to come to an end of what it does. */
  private void cleanup(String name, IntSupplier call) throws CudaException {
    check(name, limits.work(), true, call);
  }

  private void check(String name, Duration limit, boolean cleanup, IntSupplier call)
      throws CudaException {
    int code = call(name, limit, cleanup, call);
    if (code != 0) {
      throw CudaException.ofCode(where, name, code);
    }
  }

  private int call(String name, Duration limit, boolean cleanup, IntSupplier call) {
    watch.enter(name, limit, cleanup);
    try {
      return call.getAsInt();
    } finally {
      watch.leave();
    }
  }
}
