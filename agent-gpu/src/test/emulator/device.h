// An emulated device: its memory, and its streams, whose work is done as late as allowed.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "blocks.h"
#include "settings.h"

namespace emulator {

// Result codes of the driver's interface that the emulator itself gives.
enum Result : int {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  NOT_INITIALIZED = 3,
  NO_DEVICE = 100,
  INVALID_DEVICE = 101,
  INVALID_IMAGE = 200,
  INVALID_CONTEXT = 201,
  NO_BINARY_FOR_GPU = 209,
  INVALID_PTX = 218,
  UNSUPPORTED_PTX_VERSION = 222,
  FILE_NOT_FOUND = 301,
  INVALID_HANDLE = 400,
  NOT_FOUND = 500,
  NOT_READY = 600,
  ILLEGAL_ADDRESS = 700,
  CONTEXT_IS_DESTROYED = 709,
  ILLEGAL_INSTRUCTION = 715,
  LAUNCH_FAILED = 719,
  NOT_SUPPORTED = 801,
  UNKNOWN = 999,
};

class Device;

struct Stream {
  Device* device;
  bool blocking;  // waits for the null stream, and the null stream for it
  uint64_t enqueued = 0, finished = 0;
  std::deque<std::function<int()>> work;

  Stream(Device* device, bool blocking) : device(device), blocking(blocking) {}
};

struct Event {
  Device* device;
  Stream* stream = nullptr;  // null until recorded
  uint64_t after = 0;        // the stream's work that comes before it
  std::shared_ptr<double> stamp = std::make_shared<double>(-1);  // seconds
};

// What two ordinals may share: one piece of memory, one set of processors.
struct Engine {
  std::mutex running;
  int memory = -1;  // file
  ~Engine();
};

// All calls are made with the device's lock held.
class Device : public Memory {
 public:
  Device(int ordinal, const DeviceSettings& settings, std::shared_ptr<Engine> engine);
  ~Device() override;

  const int ordinal;
  const DeviceSettings settings;
  std::recursive_mutex lock;
  Stream null{this, true};
  std::set<Stream*> streams{&null};
  std::atomic<int> lost{SUCCESS};  // an error that stays until the context is destroyed
  std::atomic<bool> gone{false};   // the emulator was configured anew

  // Memory.
  int allocate(uint64_t bytes, uint64_t* address);
  int release(uint64_t address);
  bool holds(uint64_t address, uint64_t bytes) const;
  uint64_t free() const { return settings.memory - used; }
  Range allocation(const void* at, unsigned bytes) const override;
  const char* slowFrom() const override;

  // Streams. Work is done when something must wait for it. What waits gets HANGS where it would
  // wait for ever.
  void enqueue(Stream* stream, std::function<int()> work);
  int finish(Stream* stream, uint64_t upTo);
  int finishAll();
  // Does some of the stream's work; NOT_READY while there is more.
  int advance(Stream* stream, uint64_t upTo);
  void reset();

  int launch(const Launch& launch);
  // Takes as long as the device would to move so much.
  int moved(uint64_t address, uint64_t bytes, double since);

 private:
  bool map();
  int workOne(Stream* stream);
  void takeTime(uint64_t fast, uint64_t slow, double since) const;

  std::shared_ptr<Engine> engine;
  char* base = nullptr;
  struct Allocation {
    uint64_t bytes;     // that were asked for: an access beyond them is illegal
    uint64_t reserved;  // a whole number of granules
  };
  std::map<uint64_t, Allocation> allocations;  // by offset
  uint64_t used = 0;
  // Of each kernel apart: queues take turns as they like, and what goes wrong must not follow them.
  std::map<const Kernel*, uint64_t> launches;
};

double now();  // seconds of the wall clock

// What work returns that never ends; it stays where it is in its stream.
constexpr int HANGS = -1;

}  // namespace emulator
