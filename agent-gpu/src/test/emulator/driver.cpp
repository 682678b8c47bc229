// The entry points of the driver's interface that JCudaDriver calls; the others are stubs that say
// they are not supported (driver-symbols lists all).
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "device.h"
#include "modules.h"

using namespace emulator;

namespace {

struct Context {
  Device* device;
  int uses = 0;  // of a primary context: it lasts while anybody uses it
};

struct Driver {
  std::mutex lock;
  Settings settings;
  bool initialized = false;
  std::atomic<int> configurations{0};
  std::vector<Device*> devices;
  std::vector<Context*> primary;
  std::map<uint64_t, uint64_t> pinned;
};

thread_local std::vector<Context*> contexts;

// Devices of an earlier configuration stay, so that an old handle is an error and not a crash.
void configure(Driver& d, const char* text) {
  std::lock_guard<std::mutex> guard(d.lock);
  for (Device* device : d.devices) device->gone = true;
  d.settings = Settings::parse(text ? text : "");
  d.initialized = false;
  d.configurations++;
  d.devices.clear();
  d.primary.clear();
  std::shared_ptr<Engine> shared = std::make_shared<Engine>();
  for (int i = 0; i < d.settings.devices; i++) {
    auto engine = d.settings.sameDevice ? shared : std::make_shared<Engine>();
    d.devices.push_back(new Device(i, d.settings.device[i], engine));
    d.primary.push_back(new Context{d.devices.back(), 0});
  }
  Site::leaveOut(d.settings.mutant.c_str());
}

// Never destroyed: other threads may still call while the process ends.
Driver& driver() {
  static Driver* only = [] {
    auto* d = new Driver;
    configure(*d, getenv("ASSAY_EMULATOR"));
    return d;
  }();
  return *only;
}

bool stays(int code) { return code == 46 || code == 214 || (code >= 700 && code < 720) || code == UNKNOWN; }

std::string plain(std::string function) {
  size_t version = function.find("_v");
  return version == std::string::npos ? function : function.substr(0, version);
}

enum class Fate { RUNS, FAILS, HANGS_FOR_EVER };

Fate fate(const char* function, int* code) {
  Driver& d = driver();
  std::lock_guard<std::mutex> guard(d.lock);
  for (Failure& f : d.settings.failures) {
    if (plain(f.function) != plain(function) || --f.call != 0) continue;
    *code = f.code;
    return f.hangs ? Fate::HANGS_FOR_EVER : Fate::FAILS;
  }
  return Fate::RUNS;
}

int currentDevice(Device** device) {
  if (contexts.empty()) return INVALID_CONTEXT;
  *device = contexts.back()->device;
  return (*device)->gone ? CONTEXT_IS_DESTROYED : SUCCESS;
}

// Until the devices are made anew.
int waitForEver() {
  const int configuration = driver().configurations;
  while (driver().configurations == configuration) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return UNKNOWN;
}

// What every call begins with: the driver is there, and the call is not told to fail.
int begin(const char* function) {
  if (!driver().initialized) return NOT_INITIALIZED;
  int code = 0;
  Device* device = nullptr;
  currentDevice(&device);
  switch (fate(function, &code)) {
    case Fate::RUNS:
      return SUCCESS;
    case Fate::FAILS:
      if (device && stays(code)) device->lost = code;
      return code;
    case Fate::HANGS_FOR_EVER:
      return waitForEver();
  }
  return UNKNOWN;
}

int beginOnDevice(const char* function, Device** device) {
  if (int code = begin(function)) return code;
  if (int code = currentDevice(device)) return code;
  return (*device)->lost;
}

// Runs what may wait, without holding the device while it waits for ever.
template <class Wait>
int waiting(Device* device, Wait wait) {
  for (;;) {
    {
      std::lock_guard<std::recursive_mutex> guard(device->lock);
      int result = wait();
      if (result != HANGS) return result;
    }
    if (device->gone) return UNKNOWN;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

int ordinal(int device, Device** found) {
  Driver& d = driver();
  if (device < 0 || device >= (int)d.devices.size()) return INVALID_DEVICE;
  *found = d.devices[device];
  return SUCCESS;
}

void identifier(const DeviceSettings& s, int ordinal, unsigned char* bytes) {
  for (int i = 0; i < 16; i++) {
    unsigned value = 0x5A;
    if (s.uuid.size() == 32) sscanf(s.uuid.c_str() + 2 * i, "%2x", &value);
    bytes[i] = (unsigned char)value;
  }
  if (s.uuid.empty()) bytes[15] = (unsigned char)ordinal;
}

struct PciAddress {
  unsigned domain, bus, device, function;
};

PciAddress pciAddress(const Device& d) {
  PciAddress at = {0, (unsigned)d.ordinal + 1, 0, 0};
  if (!d.settings.pci.empty()) {
    sscanf(d.settings.pci.c_str(), "%x:%x:%x.%x", &at.domain, &at.bus, &at.device, &at.function);
    at.bus += d.ordinal;
  }
  return at;
}

int attribute(const Device& d, int attribute) {
  const DeviceSettings& s = d.settings;
  auto told = s.attributes.find(attribute);
  if (told != s.attributes.end()) return told->second;
  PciAddress pci = pciAddress(d);
  const int sharedOptIn = s.major >= 9 ? 232448 : s.major == 7 ? 65536 : s.minor == 0 ? 166912 : 101376;
  switch (attribute) {
    case 1:  // threads of a block, and in x, y, z
    case 2:
    case 3:
      return 1024;
    case 4:
      return 64;
    case 5:  // blocks of a grid in x, y, z
      return 2147483647;
    case 6:
    case 7:
      return 65535;
    case 8:  // shared memory of a block
      return 48 << 10;
    case 9:  // constant memory
    case 12:  // registers of a block
    case 82:  // registers of a multiprocessor
      return 65536;
    case 10:  // warp
      return 32;
    case 11:  // pitch
      return 2147483647;
    case 13:  // clock, kHz
      return 1410000;
    case 16:
      return s.sms;
    case 31:  // concurrent kernels
    case 41:  // unified addressing
      return 1;
    case 33:
      return (int)pci.bus;
    case 34:
      return (int)pci.device;
    case 50:
      return (int)pci.domain;
    case 36:  // memory clock, kHz
      return 1215000;
    case 37:  // memory bus, bits
      return 5120;
    case 38:  // L2, bytes
      return 4 << 20;
    case 39:  // threads of a multiprocessor
      return 2048;
    case 40:  // copy engines
      return 2;
    case 75:
      return s.major;
    case 76:
      return s.minor;
    case 81:  // shared memory of a multiprocessor
      return sharedOptIn + 1024;
    case 97:  // shared memory that a block may ask for
      return sharedOptIn;
    default:
      return 0;
  }
}

bool isPinned(const void* p, size_t bytes) {
  Driver& d = driver();
  std::lock_guard<std::mutex> guard(d.lock);
  auto next = d.pinned.upper_bound((uint64_t)p);
  if (next == d.pinned.begin()) return false;
  auto& [from, size] = *--next;
  return (uint64_t)p + bytes <= from + size;
}

Stream* orNull(Device* device, Stream* stream) { return stream ? stream : &device->null; }

bool isHere(const Device* device, const void* p, size_t bytes) {
  return device->holds((uint64_t)p, bytes);
}

enum class Direction { IN, OUT, WITHIN };

// Copies when its turn in the stream comes: the host's side of a copy is read and written late, as
// a device does. Memory that is not pinned is staged, as the driver does: read at once, and written
// before the call returns.
int copy(Device* device, void* to, const void* from, size_t bytes, Stream* stream, Direction direction,
         bool async) {
  std::unique_lock<std::recursive_mutex> guard(device->lock);
  if (direction != Direction::IN && !isHere(device, from, bytes)) return INVALID_VALUE;
  if (direction != Direction::OUT && !isHere(device, to, bytes)) return INVALID_VALUE;
  auto staged = std::make_shared<std::vector<char>>();
  const bool pageable = direction == Direction::IN ? !isPinned(from, bytes)
                        : direction == Direction::OUT && !isPinned(to, bytes);
  if (direction == Direction::IN && pageable) {
    staged->assign((const char*)from, (const char*)from + bytes);
    from = staged->data();
  }
  uint64_t moves = direction == Direction::WITHIN ? 2 * bytes : bytes;
  uint64_t where = (uint64_t)(direction == Direction::OUT ? from : to);
  device->enqueue(stream, [=] {
    double since = now();
    (void)staged;
    memmove(to, from, bytes);
    return device->moved(where, moves, since);
  });
  uint64_t mine = stream->enqueued;
  guard.unlock();
  if (async && !(direction == Direction::OUT && pageable)) return SUCCESS;
  return waiting(device, [=] { return device->finish(stream, mine); });
}

template <class Unit>
int fill(Device* device, uint64_t to, Unit value, size_t count, Stream* stream) {
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  if (!device->holds(to, count * sizeof(Unit))) return INVALID_VALUE;
  device->enqueue(stream, [=] {
    double since = now();
    std::fill_n((Unit*)to, count, value);
    return device->moved(to, count * sizeof(Unit), since);
  });
  return SUCCESS;
}

bool writesResults(const std::string& kernel) {
  return kernel.rfind("fill_", 0) == 0 || kernel == "matmul_digest";
}

}  // namespace

#define API extern "C" __attribute__((visibility("default"))) int
#define CALL()                            \
  do {                                    \
    if (int r = begin(__func__)) return r; \
  } while (0)
#define CALL_ON_DEVICE()                                   \
  Device* device = nullptr;                                \
  do {                                                     \
    if (int r = beginOnDevice(__func__, &device)) return r; \
  } while (0)

extern "C" __attribute__((visibility("default"))) void assay_emulator_configure(const char* settings) {
  configure(driver(), settings);
}

// ---- the driver and its devices

API cuInit(unsigned) {
  int code = 0;
  if (fate("cuInit", &code) != Fate::RUNS) return code;
  if (driver().devices.empty()) return NO_DEVICE;
  driver().initialized = true;
  return SUCCESS;
}

API cuDriverGetVersion(int* version) {
  *version = driver().settings.driver;
  return SUCCESS;
}

API cuDeviceGetCount(int* count) {
  CALL();
  *count = (int)driver().devices.size();
  return SUCCESS;
}

API cuDeviceGet(int* device, int i) {
  CALL();
  Device* found;
  *device = i;
  return ordinal(i, &found);
}

API cuDeviceGetName(char* name, int size, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  snprintf(name, size, "%s", d->settings.name.c_str());
  return SUCCESS;
}

API cuDeviceGetUuid(unsigned char* uuid, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  identifier(d->settings, i, uuid);
  return SUCCESS;
}

API cuDeviceGetUuid_v2(unsigned char* uuid, int i) { return cuDeviceGetUuid(uuid, i); }

API cuDeviceTotalMem_v2(size_t* bytes, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  *bytes = d->settings.memory;
  return SUCCESS;
}

API cuDeviceComputeCapability(int* major, int* minor, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  *major = d->settings.major;
  *minor = d->settings.minor;
  return SUCCESS;
}

API cuDeviceGetPCIBusId(char* text, int size, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  PciAddress at = pciAddress(*d);
  snprintf(text, size, "%04X:%02X:%02X.%X", at.domain, at.bus, at.device, at.function);
  return SUCCESS;
}

API cuDeviceGetAttribute(int* value, int what, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  *value = attribute(*d, what);
  return SUCCESS;
}

// ---- contexts

API cuDevicePrimaryCtxRetain(Context** context, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  std::lock_guard<std::recursive_mutex> guard(d->lock);
  *context = driver().primary[i];
  (*context)->uses++;
  return SUCCESS;
}

API cuDevicePrimaryCtxReset_v2(int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  std::lock_guard<std::recursive_mutex> guard(d->lock);
  d->reset();
  return SUCCESS;
}

API cuDevicePrimaryCtxRelease_v2(int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  std::lock_guard<std::recursive_mutex> guard(d->lock);
  if (driver().primary[i]->uses == 0) return INVALID_CONTEXT;
  if (--driver().primary[i]->uses == 0) d->reset();
  return SUCCESS;
}

API cuDevicePrimaryCtxSetFlags_v2(int, unsigned) {
  CALL();
  return SUCCESS;
}

API cuDevicePrimaryCtxGetState(int, unsigned* flags, int* active) {
  CALL();
  *flags = 0;
  *active = 1;
  return SUCCESS;
}

API cuCtxCreate_v2(Context** context, unsigned, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  *context = new Context{d, 1};
  contexts.push_back(*context);
  return SUCCESS;
}

API cuCtxDestroy_v2(Context* context) {
  CALL();
  if (!context) return INVALID_CONTEXT;
  std::lock_guard<std::recursive_mutex> guard(context->device->lock);
  context->device->reset();
  if (!contexts.empty() && contexts.back() == context) contexts.pop_back();
  return SUCCESS;
}

API cuCtxSetCurrent(Context* context) {
  CALL();
  if (!contexts.empty()) contexts.pop_back();
  if (context) contexts.push_back(context);
  return SUCCESS;
}

API cuCtxGetCurrent(Context** context) {
  CALL();
  *context = contexts.empty() ? nullptr : contexts.back();
  return SUCCESS;
}

API cuCtxPushCurrent_v2(Context* context) {
  CALL();
  contexts.push_back(context);
  return SUCCESS;
}

API cuCtxPopCurrent_v2(Context** context) {
  CALL();
  if (contexts.empty()) return INVALID_CONTEXT;
  *context = contexts.back();
  contexts.pop_back();
  return SUCCESS;
}

API cuCtxGetDevice(int* i) {
  CALL_ON_DEVICE();
  *i = device->ordinal;
  return SUCCESS;
}

API cuCtxSynchronize() {
  CALL_ON_DEVICE();
  return waiting(device, [&] { return device->finishAll(); });
}

API cuCtxSetLimit(int, size_t) {
  CALL();
  return SUCCESS;
}

API cuCtxGetLimit(size_t* value, int) {
  CALL();
  *value = 0;
  return SUCCESS;
}

// ---- modules and functions

API cuModuleLoadData(Module** module, const char* image) {
  CALL_ON_DEVICE();
  if (!image) return INVALID_VALUE;
  auto made = std::make_unique<Module>();
  const DeviceSettings& s = device->settings;
  int result = read(image, s.major, s.minor, driver().settings.driver, made.get());
  if (result == SUCCESS) *module = made.release();
  return result;
}

API cuModuleLoadDataEx(Module** module, const char* image, unsigned, int*, void**) {
  return cuModuleLoadData(module, image);
}

API cuModuleUnload(Module* module) {
  CALL_ON_DEVICE();
  int result = waiting(device, [&] { return device->finishAll(); });
  delete module;
  return result;
}

API cuModuleGetFunction(Function** function, Module* module, const char* name) {
  CALL_ON_DEVICE();
  auto found = module->functions.find(name);
  if (found == module->functions.end()) return NOT_FOUND;
  *function = &found->second;
  return SUCCESS;
}

API cuFuncSetAttribute(Function* function, int what, int value) {
  CALL_ON_DEVICE();
  if (what == 8) {  // dynamic shared memory
    if (value > attribute(*device, 97)) return INVALID_VALUE;
    function->dynamicShared = value;
  }
  return SUCCESS;
}

API cuFuncGetAttribute(int* value, int what, Function* function) {
  CALL();
  *value = what == 0 ? (int)function->kernel->maxThreads : what == 8 ? function->dynamicShared : 0;
  return SUCCESS;
}

API cuFuncSetCacheConfig(Function*, int) {
  CALL();
  return SUCCESS;
}

API cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, Function*, int threads, size_t) {
  CALL();
  if (threads <= 0) return INVALID_VALUE;
  *blocks = 2048 / threads;
  return SUCCESS;
}

API cuLaunchKernel(Function* function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned threadsX,
                   unsigned threadsY, unsigned threadsZ, unsigned shared, Stream* given,
                   void** parameters, void** extra) {
  Device* device = nullptr;
  int code = 0;
  if (!driver().initialized) return NOT_INITIALIZED;
  if (int r = currentDevice(&device)) return r;
  if (device->lost) return device->lost;
  const Fate told = fate("cuLaunchKernel", &code);
  if (told == Fate::FAILS) {
    if (stays(code)) device->lost = code;
    return code;
  }
  if (!function || extra || !gridX || !gridY || !threadsX) return INVALID_VALUE;
  if (gridY > 65535 || threadsX > function->kernel->maxThreads) return INVALID_VALUE;
  if ((int)shared > function->dynamicShared) return INVALID_VALUE;
  if (gridZ != 1 || threadsY != 1 || threadsZ != 1) return NOT_SUPPORTED;

  auto values = std::make_shared<std::vector<std::vector<char>>>();
  for (size_t i = 0; i < function->kernel->parameterSizes.size(); i++) {
    const char* value = (const char*)parameters[i];
    values->emplace_back(value, value + function->kernel->parameterSizes[i]);
  }
  const Kernel* kernel = function->kernel;
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  Stream* stream = orNull(device, given);
  device->enqueue(stream, [=] {
    if (told == Fate::HANGS_FOR_EVER) return HANGS;
    std::vector<void*> pointers;
    for (auto& value : *values) pointers.push_back(value.data());
    double wrong = writesResults(kernel->name) ? device->settings.wrongShare : 0;
    return device->launch(
        {kernel, {gridX, gridY}, threadsX, shared, pointers.data(), nullptr, wrong, 0});
  });
  return SUCCESS;
}

// ---- memory

API cuMemAlloc_v2(uint64_t* address, size_t bytes) {
  CALL_ON_DEVICE();
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  return device->allocate(bytes, address);
}

API cuMemFree_v2(uint64_t address) {
  CALL_ON_DEVICE();
  if (!address) return SUCCESS;
  return waiting(device, [&] { return device->release(address); });
}

API cuMemGetInfo_v2(size_t* free, size_t* total) {
  CALL_ON_DEVICE();
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  *free = device->free();
  *total = device->settings.memory;
  return SUCCESS;
}

API cuMemHostAlloc(void** p, size_t bytes, unsigned) {
  CALL_ON_DEVICE();
  *p = aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
  if (!*p) return OUT_OF_MEMORY;
  std::lock_guard<std::mutex> guard(driver().lock);
  driver().pinned[(uint64_t)*p] = bytes;
  return SUCCESS;
}

API cuMemAllocHost_v2(void** p, size_t bytes) { return cuMemHostAlloc(p, bytes, 0); }

API cuMemFreeHost(void* p) {
  CALL_ON_DEVICE();
  {
    std::lock_guard<std::mutex> guard(driver().lock);
    if (!driver().pinned.erase((uint64_t)p)) return INVALID_VALUE;
  }
  int result = waiting(device, [&] { return device->finishAll(); });
  free(p);
  return result;
}

API cuMemcpyHtoD_v2(uint64_t to, const void* from, size_t bytes) {
  CALL_ON_DEVICE();
  return copy(device, (void*)to, from, bytes, &device->null, Direction::IN, false);
}

API cuMemcpyDtoH_v2(void* to, uint64_t from, size_t bytes) {
  CALL_ON_DEVICE();
  return copy(device, to, (void*)from, bytes, &device->null, Direction::OUT, false);
}

API cuMemcpyDtoD_v2(uint64_t to, uint64_t from, size_t bytes) {
  CALL_ON_DEVICE();
  return copy(device, (void*)to, (void*)from, bytes, &device->null, Direction::WITHIN, true);
}

API cuMemcpyHtoDAsync_v2(uint64_t to, const void* from, size_t bytes, Stream* stream) {
  CALL_ON_DEVICE();
  return copy(device, (void*)to, from, bytes, orNull(device, stream), Direction::IN, true);
}

API cuMemcpyDtoHAsync_v2(void* to, uint64_t from, size_t bytes, Stream* stream) {
  CALL_ON_DEVICE();
  return copy(device, to, (void*)from, bytes, orNull(device, stream), Direction::OUT, true);
}

API cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, Stream* stream) {
  CALL_ON_DEVICE();
  return copy(device, (void*)to, (void*)from, bytes, orNull(device, stream), Direction::WITHIN, true);
}

API cuMemsetD8_v2(uint64_t to, unsigned char value, size_t count) {
  CALL_ON_DEVICE();
  return fill(device, to, value, count, &device->null);
}

API cuMemsetD32_v2(uint64_t to, unsigned value, size_t count) {
  CALL_ON_DEVICE();
  return fill(device, to, value, count, &device->null);
}

API cuMemsetD8Async(uint64_t to, unsigned char value, size_t count, Stream* stream) {
  CALL_ON_DEVICE();
  return fill(device, to, value, count, orNull(device, stream));
}

API cuMemsetD32Async(uint64_t to, unsigned value, size_t count, Stream* stream) {
  CALL_ON_DEVICE();
  return fill(device, to, value, count, orNull(device, stream));
}

// ---- streams and events

API cuStreamCreate(Stream** stream, unsigned flags) {
  CALL_ON_DEVICE();
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  *stream = new Stream(device, !(flags & 1));
  device->streams.insert(*stream);
  return SUCCESS;
}

API cuStreamCreateWithPriority(Stream** stream, unsigned flags, int) {
  return cuStreamCreate(stream, flags);
}

API cuStreamDestroy_v2(Stream* stream) {
  CALL();
  Device* device = stream->device;
  if (device->gone) return CONTEXT_IS_DESTROYED;
  int result = waiting(device, [&] { return device->finish(stream, stream->enqueued); });
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  device->streams.erase(stream);
  return result;
}

API cuStreamSynchronize(Stream* given) {
  CALL_ON_DEVICE();
  Stream* stream = orNull(device, given);
  return waiting(device, [&] { return device->finish(stream, stream->enqueued); });
}

API cuStreamQuery(Stream* given) {
  CALL_ON_DEVICE();
  Stream* stream = orNull(device, given);
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  return device->advance(stream, stream->enqueued);
}

API cuStreamWaitEvent(Stream* given, Event* event, unsigned) {
  CALL_ON_DEVICE();
  Stream* before = event->stream;
  if (!before) return SUCCESS;
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  uint64_t after = event->after;
  Stream* stream = orNull(device, given);
  if (before != stream) {
    device->enqueue(stream, [=] { return before->device->finish(before, after); });
  }
  return SUCCESS;
}

API cuEventCreate(Event** event, unsigned) {
  CALL_ON_DEVICE();
  *event = new Event{device};
  return SUCCESS;
}

API cuEventRecord(Event* event, Stream* given) {
  CALL_ON_DEVICE();
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  Stream* stream = orNull(device, given);
  event->stamp = std::make_shared<double>(-1);
  device->enqueue(stream, [stamp = event->stamp] {
    *stamp = now();
    return (int)SUCCESS;
  });
  event->stream = stream;
  event->after = stream->enqueued;
  return SUCCESS;
}

API cuEventSynchronize(Event* event) {
  CALL_ON_DEVICE();
  if (!event->stream) return SUCCESS;
  return waiting(device, [&] { return device->finish(event->stream, event->after); });
}

API cuEventQuery(Event* event) {
  CALL_ON_DEVICE();
  if (!event->stream) return SUCCESS;
  std::lock_guard<std::recursive_mutex> guard(device->lock);
  return device->advance(event->stream, event->after);
}

API cuEventElapsedTime(float* milliseconds, Event* from, Event* to) {
  CALL_ON_DEVICE();
  if (!from->stream || !to->stream) return INVALID_HANDLE;
  if (*from->stamp < 0 || *to->stamp < 0) return NOT_READY;
  *milliseconds = (float)((*to->stamp - *from->stamp) * 1000 * device->settings.eventScale);
  return SUCCESS;
}

API cuEventDestroy_v2(Event* event) {
  CALL();
  delete event;
  return SUCCESS;
}

// ---- errors

API cuGetErrorName(int code, const char** name) {
  static const std::map<int, const char*> names = {
      {0, "CUDA_SUCCESS"},
      {1, "CUDA_ERROR_INVALID_VALUE"},
      {2, "CUDA_ERROR_OUT_OF_MEMORY"},
      {3, "CUDA_ERROR_NOT_INITIALIZED"},
      {100, "CUDA_ERROR_NO_DEVICE"},
      {214, "CUDA_ERROR_ECC_UNCORRECTABLE"},
      {222, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"},
      {700, "CUDA_ERROR_ILLEGAL_ADDRESS"},
      {719, "CUDA_ERROR_LAUNCH_FAILED"},
      {999, "CUDA_ERROR_UNKNOWN"},
  };
  auto found = names.find(code);
  *name = found == names.end() ? "CUDA_ERROR" : found->second;
  return SUCCESS;
}

API cuGetErrorString(int code, const char** text) { return cuGetErrorName(code, text); }
