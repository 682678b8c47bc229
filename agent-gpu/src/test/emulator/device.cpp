#include "device.h"

#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace emulator {
namespace {

constexpr uint64_t GRANULE = 512;
constexpr double ADVANCE_SECONDS =
    0.02;  // of work done while a stream is asked whether it is ready

}  // namespace

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Engine::~Engine() {
  if (memory >= 0) close(memory);
}

Device::Device(int ordinal, const DeviceSettings& settings, std::shared_ptr<Engine> engine)
    : ordinal(ordinal), settings(settings), engine(std::move(engine)) {}

Device::~Device() {
  if (base) munmap(base, settings.memory);
}

// The whole memory is address space; the file behind it is mapped again and again, so a device that
// has less than it says aliases at full speed, by the host's own page tables. Pages are sparse.
bool Device::map() {
  if (base) return true;
  uint64_t backing = settings.backing ? settings.backing : settings.memory;
  {
    std::lock_guard<std::mutex> guard(engine->running);
    if (engine->memory < 0) {
      engine->memory = memfd_create("emulated-gpu", MFD_CLOEXEC);
      if (engine->memory < 0 || ftruncate(engine->memory, (off_t)backing)) return false;
    }
  }
  void* space =
      mmap(nullptr, settings.memory, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (space == MAP_FAILED) return false;
  for (uint64_t at = 0; at < settings.memory; at += backing) {
    uint64_t bytes = std::min(backing, settings.memory - at);
    if (mmap((char*)space + at, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
             engine->memory, 0) == MAP_FAILED) {
      return false;
    }
  }
  base = (char*)space;
  return true;
}

int Device::allocate(uint64_t bytes, uint64_t* address) {
  if (!bytes) return INVALID_VALUE;
  if (!map()) return OUT_OF_MEMORY;
  uint64_t need = (bytes + GRANULE - 1) / GRANULE * GRANULE, at = 0;
  if (need < bytes) return OUT_OF_MEMORY;
  for (auto& [offset, allocation] : allocations) {
    if (offset - at >= need) break;
    at = offset + allocation.reserved;
  }
  if (need > settings.memory || at > settings.memory - need) return OUT_OF_MEMORY;
  allocations[at] = {bytes, need};
  used += need;
  *address = (uint64_t)(base + at);
  return SUCCESS;
}

int Device::release(uint64_t address) {
  auto found = allocations.find(address - (uint64_t)base);
  if (!base || found == allocations.end()) return INVALID_VALUE;
  int result = finishAll();
  if (result == HANGS) return HANGS;
  used -= found->second.reserved;
  allocations.erase(found);
  return result;
}

Memory::Range Device::allocation(const void* p, unsigned bytes) const {
  uint64_t at = (uint64_t)p - (uint64_t)base;
  if (!base || (const char*)p < base) return {};
  auto next = allocations.upper_bound(at);
  if (next == allocations.begin()) return {};
  auto& [offset, allocation] = *--next;
  if (at + bytes > offset + allocation.bytes) return {};
  return {base + offset, base + offset + allocation.bytes};
}

bool Device::holds(uint64_t address, uint64_t bytes) const {
  Range range = allocation((const void*)address, 0);
  return range.from && address + bytes <= (uint64_t)range.to;
}

const char* Device::slowFrom() const {
  return settings.slowAfter ? base + settings.slowAfter : nullptr;
}

void Device::enqueue(Stream* stream, std::function<int()> work) {
  if (stream == &null) {
    for (Stream* other : streams) {
      uint64_t before = other->enqueued;
      if (other == &null || !other->blocking || other->finished == before) continue;
      null.enqueued++;
      null.work.push_back([this, other, before] {
        return streams.count(other) ? finish(other, before) : (int)SUCCESS;
      });
    }
  } else if (stream->blocking && null.finished < null.enqueued) {
    uint64_t before = null.enqueued;
    stream->enqueued++;
    stream->work.push_back([this, before] { return finish(&null, before); });
  }
  stream->enqueued++;
  stream->work.push_back(std::move(work));
}

int Device::workOne(Stream* stream) {
  int result = lost ? (int)lost : stream->work.front()();
  if (result == HANGS) return HANGS;
  stream->work.pop_front();
  stream->finished++;
  if (result) lost = result;
  return result;
}

int Device::finish(Stream* stream, uint64_t upTo) {
  while (stream->finished < upTo && !stream->work.empty()) {
    if (workOne(stream) == HANGS) return HANGS;
  }
  return lost;
}

int Device::finishAll() {
  std::set<Stream*> all = streams;
  for (Stream* stream : all) {
    if (finish(stream, stream->enqueued) == HANGS) return HANGS;
  }
  return lost;
}

int Device::advance(Stream* stream, uint64_t upTo) {
  double until = now() + ADVANCE_SECONDS;
  while (stream->finished < upTo && !stream->work.empty()) {
    if (now() > until || workOne(stream) == HANGS) return NOT_READY;
  }
  return lost;
}

void Device::reset() {
  for (Stream* stream : streams) {
    stream->work.clear();
    stream->finished = stream->enqueued;
  }
  allocations.clear();
  used = 0;
  lost = SUCCESS;
}

int Device::launch(const Launch& wanted) {
  std::lock_guard<std::mutex> guard(engine->running);
  Launch launch = wanted;
  launch.memory = this;
  launch.number = launches[wanted.kernel]++;
  double since = now();
  Outcome outcome = run(launch);
  takeTime(outcome.traffic.fast, outcome.traffic.slow, since);
  switch (outcome.fault) {
    case Fault::NONE:
      return SUCCESS;
    case Fault::ILLEGAL_ADDRESS:
      return ILLEGAL_ADDRESS;
    case Fault::ILLEGAL_INSTRUCTION:
      return ILLEGAL_INSTRUCTION;
    case Fault::DEADLOCK:
      return LAUNCH_FAILED;
  }
  return UNKNOWN;
}

int Device::moved(uint64_t address, uint64_t bytes, double since) {
  bool slow = settings.slowAfter && address >= (uint64_t)base + settings.slowAfter;
  takeTime(slow ? 0 : bytes, slow ? bytes : 0, since);
  return SUCCESS;
}

void Device::takeTime(uint64_t fast, uint64_t slow, double since) const {
  double seconds = 0;
  if (settings.bandwidth > 0) seconds += fast / settings.bandwidth;
  if (settings.slowBandwidth > 0) seconds += slow / settings.slowBandwidth;
  while (!gone && now() < since + seconds) {
    std::this_thread::sleep_for(
        std::chrono::duration<double>(std::min(0.01, since + seconds - now())));
  }
}

}  // namespace emulator
