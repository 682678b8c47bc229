// Spreads the blocks of a launch over the processors.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "blocks.h"

namespace emulator {
namespace {

using u64 = uint64_t;

// A launch in progress, which the workers take blocks of.
struct Work {
  const Launch& launch;
  u64 blocks;
  std::atomic<u64> next{0}, fast{0}, slow{0};
  std::atomic<Fault> fault{Fault::NONE};

  explicit Work(const Launch& launch)
      : launch(launch), blocks((u64)launch.grid.x * launch.grid.y) {}
};

u64 scramble(u64 x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

bool isWrong(const Launch& launch, u64 number) {
  if (launch.wrongShare <= 0 || number % launch.grid.x >= launch.resultColumns) return false;
  u64 drawn = scramble(scramble(launch.number + 1) + number);
  return (double)(drawn >> 11) * 0x1p-53 < launch.wrongShare;
}

void take(Work& work) {
  beginLaunch(work.launch);
  for (u64 i; work.fault == Fault::NONE && (i = work.next++) < work.blocks;) {
    Fault fault = runBlock(i, isWrong(work.launch, i));
    if (fault != Fault::NONE) work.fault = fault;
  }
  Traffic moved = endLaunch();
  work.fast += moved.fast;
  work.slow += moved.slow;
}

// Threads that help whoever launches, one fewer than there are processors.
class Helpers {
 public:
  Helpers() {
    for (unsigned i = 1; i < std::thread::hardware_concurrency(); i++) {
      std::thread([this] { loop(); }).detach();
    }
  }

  void help(Work& work) {
    {
      std::lock_guard<std::mutex> guard(lock);
      offered.push_back(&work);
    }
    changed.notify_all();
    take(work);
    std::unique_lock<std::mutex> guard(lock);
    for (auto i = offered.begin(); i != offered.end(); ++i) {
      if (*i == &work) {
        offered.erase(i);
        break;
      }
    }
    changed.wait(guard, [&] { return !busyOn(&work); });
  }

 private:
  void loop() {
    std::unique_lock<std::mutex> guard(lock);
    for (;;) {
      changed.wait(guard, [&] { return pick() != nullptr; });
      Work* work = pick();
      busy.push_back(work);
      guard.unlock();
      take(*work);
      guard.lock();
      for (auto i = busy.begin(); i != busy.end(); ++i) {
        if (*i == work) {
          busy.erase(i);
          break;
        }
      }
      changed.notify_all();
    }
  }

  Work* pick() {
    for (Work* work : offered) {
      if (work->next < work->blocks && work->fault == Fault::NONE) return work;
    }
    return nullptr;
  }

  bool busyOn(Work* work) {
    for (Work* other : busy) {
      if (other == work) return true;
    }
    return false;
  }

  std::mutex lock;
  std::condition_variable changed;
  std::deque<Work*> offered, busy;
};

}  // namespace

Outcome run(const Launch& launch) {
  static Helpers* helpers = new Helpers;  // never ended: its threads outlive static storage
  Work work(launch);
  if (work.blocks > 1) {
    helpers->help(work);
  } else {
    take(work);
  }
  return {work.fault, {work.fast, work.slow}};
}

}  // namespace emulator
