// Entry points: memory and copies.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "driver.h"

using namespace emulator;

namespace {

bool isPinned(const void* p, size_t bytes) {
  Driver& d = driver();
  std::lock_guard<std::mutex> guard(d.lock);
  auto next = d.pinned.upper_bound((uint64_t)p);
  if (next == d.pinned.begin()) return false;
  auto& [from, size] = *--next;
  return (uint64_t)p + bytes <= from + size;
}

bool isHere(const Device* device, const void* p, size_t bytes) {
  return device->holds((uint64_t)p, bytes);
}

enum class Direction { IN, OUT, WITHIN };

// Copies when its turn in the stream comes: the host's side of a copy is read and written late, as
// a device does. Memory that is not pinned is staged, as the driver does: read at once, and written
// before the call returns.
int copy(Device* device, void* to, const void* from, size_t bytes, Stream* stream,
         Direction direction, bool async) {
  std::unique_lock<std::recursive_mutex> guard(device->lock);
  if (direction != Direction::IN && !isHere(device, from, bytes)) return INVALID_VALUE;
  if (direction != Direction::OUT && !isHere(device, to, bytes)) return INVALID_VALUE;
  auto staged = std::make_shared<std::vector<char>>();
  const bool pageable = direction == Direction::IN
                            ? !isPinned(from, bytes)
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

}  // namespace

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
  return copy(device, (void*)to, (void*)from, bytes, orNull(device, stream), Direction::WITHIN,
              true);
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
