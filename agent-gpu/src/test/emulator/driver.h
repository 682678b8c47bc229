// What the entry points of the emulated driver share.
#pragma once
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "device.h"

#define API extern "C" __attribute__((visibility("default"))) int

// What an entry point begins with. The second is for those that need a context, and gives them its
// device.
#define CALL()                                       \
  do {                                               \
    if (int r = emulator::begin(__func__)) return r; \
  } while (0)
#define CALL_ON_DEVICE()                                              \
  emulator::Device* device = nullptr;                                 \
  do {                                                                \
    if (int r = emulator::beginOnDevice(__func__, &device)) return r; \
  } while (0)

namespace emulator {

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

extern thread_local std::vector<Context*> contexts;  // the last is current

Driver& driver();
void configure(Driver& driver, const char* settings);

enum class Fate { RUNS, FAILS, HANGS_FOR_EVER };

// What this call of a function is told to come to.
Fate fate(const char* function, int* code);

// Whether an error of the device's ends its context.
bool stays(int code);

int begin(const char* function);
int beginOnDevice(const char* function, Device** device);
int currentDevice(Device** device);
int ordinal(int i, Device** device);
int attribute(const Device& device, int attribute);

inline Stream* orNull(Device* device, Stream* stream) { return stream ? stream : &device->null; }

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

}  // namespace emulator
