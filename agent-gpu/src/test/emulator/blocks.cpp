#include "blocks.h"

#include <setjmp.h>
#include <ucontext.h>

#include <memory>
#include <mutex>
#include <string>

#include "device.cuh"

namespace emulator {

thread_local Lane* current;
thread_local BlockState* block;
thread_local Access access;

namespace {

constexpr size_t STACK = 64 << 10;
constexpr size_t MAX_SHARED = 256 << 10;
constexpr size_t ALIGNMENT = 1024;  // of dynamic shared memory
constexpr int SPOILT = 0xCD;        // what memory holds that nobody has written

enum State : u32 { FRESH, READY, AT_WARP_BARRIER, AT_BLOCK_BARRIER, DONE };

const Kernel*& kernels() {
  static const Kernel* first;
  return first;
}

std::mutex siteLock;
Site* sites;
std::string leftOutSite;

}  // namespace

struct Fiber {
  jmp_buf place;
  ucontext_t start;
  std::unique_ptr<char[]> stack;
  bool started = false;
  Lane* lane = nullptr;
};

Kernel::Kernel(const char* name, int arch, unsigned maxThreads,
               std::vector<unsigned> parameterSizes, void (*call)(void**))
    : name(name),
      arch(arch),
      maxThreads(maxThreads),
      parameterSizes(std::move(parameterSizes)),
      call(call),
      next(kernels()) {
  kernels() = this;
}

const Kernel* Kernel::find(const char* name, int arch) {
  for (const Kernel* k = kernels(); k; k = k->next) {
    if (!strcmp(k->name, name) && k->arch == arch) return k;
  }
  return nullptr;
}

Site::Site(const char* name) : name(name) {
  std::lock_guard<std::mutex> guard(siteLock);
  leftOut = leftOutSite == name;
  next = sites;
  sites = this;
}

void Site::leaveOut(const char* name) {
  std::lock_guard<std::mutex> guard(siteLock);
  leftOutSite = name;
  for (Site* s = sites; s; s = s->next) s->leftOut = leftOutSite == s->name;
}

namespace {

// Runs one block after another on one operating system's thread.
class Runner {
 public:
  void use(const Launch& next) {
    launch = &next;
    lanes.resize(next.threads);
    warps.resize((next.threads + 31) / 32);
    dynamic.resize(next.dynamicShared + ALIGNMENT - 1);
    fault = Fault::NONE;
  }

  Fault runBlock(u64 number) {
    state = {(u32)(number % launch->grid.x),
             (u32)(number / launch->grid.x),
             launch->grid.x,
             launch->grid.y,
             launch->threads,
             (u8*)(((uintptr_t)dynamic.data() + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1))};
    block = &state;
    memset(dynamic.data(), SPOILT, dynamic.size());
    sharedTop = 0;
    descending = number & 1;
    done = waiting = 0;
    layOut();
    while (done < launch->threads && fault == Fault::NONE) {
      bool progress = false;
      for (size_t w = 0; w < warps.size(); w++) {
        progress |= runWarp(warps[descending ? warps.size() - 1 - w : w]);
      }
      if (!progress && fault == Fault::NONE && !releaseBlock()) fault = Fault::DEADLOCK;
    }
    if (fault != Fault::NONE) abandon();
    return fault;
  }

  // Called on a fiber, by the thread that it runs.
  void blockBarrier() {
    waiting++;
    current->state = AT_BLOCK_BARRIER;
    if (!releaseBlock()) return yield();
    current->state = READY;
  }

  bool arriveLast(u32 operation) {
    Warp& warp = *current->warp;
    if (warp.size != 32 || (warp.arrived && warp.operation != operation))
      stop(Fault::ILLEGAL_INSTRUCTION);
    warp.operation = operation;
    if (++warp.arrived < warp.size) {
      current->state = AT_WARP_BARRIER;
      yield();
      return false;
    }
    warp.arrived = 0;
    for (Lane* lane : warp.lanes) {
      if (lane->state == AT_WARP_BARRIER) lane->state = READY;
    }
    return true;
  }

  void* shared(size_t bytes) {
    size_t at = current->sharedUsed;
    current->sharedUsed = (at + bytes + 15) & ~(size_t)15;
    if (current->sharedUsed > MAX_SHARED) stop(Fault::ILLEGAL_ADDRESS);
    if (current->sharedUsed > sharedTop) {
      memset(staticShared.get() + sharedTop, SPOILT, current->sharedUsed - sharedTop);
      sharedTop = current->sharedUsed;
    }
    return staticShared.get() + at;
  }

  [[noreturn]] void stop(Fault cause) {
    fault = cause;
    current->fiber->started = false;
    current->state = DONE;
    _longjmp(scheduler, 1);
  }

  void lookUp(const void* p, u32 bytes) {
    Memory::Range range = launch->memory->allocation(p, bytes);
    if (!range.from || (uintptr_t)p % bytes) stop(Fault::ILLEGAL_ADDRESS);
    access.low = range.from;
    access.high = range.to;
  }

  // A fiber runs new threads one after another until one must wait.
  void fiberLoop() {
    Fiber* self = starting;
    for (;;) {
      for (Lane* lane = self->lane; lane; lane = nextFresh(*current->warp)) {
        current = lane;
        lane->fiber = self;
        lane->state = READY;
        launch->kernel->call(launch->parameters);
        lane->state = DONE;
        done++;
      }
      idle.push_back(self);
      leave(self);
    }
  }

 private:
  void layOut() {
    for (u32 i = 0; i < launch->threads; i++) {
      Lane& lane = lanes[i];
      Warp& warp = warps[i / 32];
      lane.thread = i;
      lane.lane = i % 32;
      lane.state = FRESH;
      lane.warp = &warp;
      lane.fiber = nullptr;
      lane.sharedUsed = 0;
      lane.copies.clear();
      lane.groups.clear();
      lane.products.clear();
      lane.productGroups.clear();
      warp.lanes[i % 32] = &lane;
      warp.size = i % 32 + 1;
      warp.arrived = 0;
    }
  }

  Lane* nextFresh(Warp& warp) {
    if (fault != Fault::NONE) return nullptr;
    return next(warp, [](Lane* l) { return l->state == FRESH; });
  }

  template <class Wanted>
  Lane* next(Warp& warp, Wanted wanted) {
    for (u32 i = 0; i < warp.size; i++) {
      Lane* lane = warp.lanes[descending ? warp.size - 1 - i : i];
      if (wanted(lane)) return lane;
    }
    return nullptr;
  }

  bool runWarp(Warp& warp) {
    bool progress = false;
    while (fault == Fault::NONE) {
      Lane* lane = next(warp, [](Lane* l) { return l->state == READY || l->state == FRESH; });
      if (!lane) return progress;
      progress = true;
      current = lane;
      if (lane->state == FRESH) {
        startOn(idleFiber(), lane);
      } else {
        enter(lane->fiber);
      }
    }
    return progress;
  }

  bool releaseBlock() {
    if (!waiting || waiting + done < launch->threads) return false;
    waiting = 0;
    for (Lane& lane : lanes) {
      if (lane.state == AT_BLOCK_BARRIER) lane.state = READY;
    }
    return true;
  }

  Fiber* idleFiber() {
    if (idle.empty()) {
      fibers.push_back(std::make_unique<Fiber>());
      fibers.back()->stack.reset(new char[STACK]);
      return fibers.back().get();
    }
    Fiber* fiber = idle.back();
    idle.pop_back();
    return fiber;
  }

  void startOn(Fiber* fiber, Lane* lane) {
    fiber->lane = lane;
    enter(fiber);
  }

  __attribute__((noinline)) void enter(Fiber* fiber) {
    if (_setjmp(scheduler)) return;
    if (fiber->started) _longjmp(fiber->place, 1);
    starting = fiber;
    fiber->started = true;
    getcontext(&fiber->start);
    fiber->start.uc_stack.ss_sp = fiber->stack.get();
    fiber->start.uc_stack.ss_size = STACK;
    fiber->start.uc_link = nullptr;
    makecontext(&fiber->start, &Runner::main, 0);
    setcontext(&fiber->start);
  }

  __attribute__((noinline)) void leave(Fiber* fiber) {
    if (!_setjmp(fiber->place)) _longjmp(scheduler, 1);
  }

  void yield() { leave(current->fiber); }

  // After a fault the threads' stacks are left as they are: kernels own nothing.
  void abandon() {
    idle.clear();
    for (auto& fiber : fibers) {
      fiber->started = false;
      idle.push_back(fiber.get());
    }
  }

  static void main();

  const Launch* launch = nullptr;
  std::vector<Lane> lanes;
  std::vector<Warp> warps;
  std::vector<u8> dynamic;
  std::unique_ptr<u8[]> staticShared{new u8[MAX_SHARED]};
  std::vector<std::unique_ptr<Fiber>> fibers;
  std::vector<Fiber*> idle;
  Fiber* starting = nullptr;
  jmp_buf scheduler;
  BlockState state{};
  size_t sharedTop = 0;
  bool descending = false;
  u32 done = 0, waiting = 0;
  Fault fault = Fault::NONE;
};

thread_local std::unique_ptr<Runner> runner;

void Runner::main() { runner->fiberLoop(); }

}  // namespace

void beginLaunch(const Launch& launch) {
  if (!runner) runner = std::make_unique<Runner>();
  access = {nullptr, nullptr, launch.memory->slowFrom(), 0, 0, 0};
  runner->use(launch);
}

Fault runBlock(uint64_t number, bool wrong) {
  access.wrong = wrong;
  return runner->runBlock(number);
}

Traffic endLaunch() { return {access.fast, access.slow}; }

void block_barrier() { runner->blockBarrier(); }
bool arrive_last(u32 operation) { return runner->arriveLast(operation); }
void* shared_memory(size_t bytes) { return runner->shared(bytes); }
void look_up(const void* p, u32 bytes) { runner->lookUp(p, bytes); }

}  // namespace emulator
