// Entry points: kernels, streams and events.
#include <cstring>

#include "driver.h"
#include "modules.h"

using namespace emulator;

namespace {

// How many blocks of a row of a kernel's grid write a proof's results. In fill_pass the last one
// only hashes them.
unsigned resultColumns(const std::string& kernel, unsigned columns) {
  if (kernel == "fill_pass") return columns - 1;
  return kernel == "fill_first" || kernel == "matmul_digest" ? columns : 0;
}

}  // namespace

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

API cuLaunchKernel(Function* function, unsigned gridX, unsigned gridY, unsigned gridZ,
                   unsigned threadsX, unsigned threadsY, unsigned threadsZ, unsigned shared,
                   Stream* given, void** parameters, void** extra) {
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
    unsigned results = resultColumns(kernel->name, gridX);
    double wrong = device->settings.wrongShare;
    return device->launch(
        {kernel, {gridX, gridY}, threadsX, shared, pointers.data(), nullptr, results, wrong, 0});
  });
  return SUCCESS;
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
