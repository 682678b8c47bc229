// Runs the blocks of a launch: each CUDA thread on a fiber of its own, with exact barriers.
//
// A thread runs until it must wait, so that it gets as far ahead of the others as a real one might;
// odd blocks run their threads in descending order. That is what a missing barrier cannot survive.
#pragma once
#include <vector>

#include "kernel.h"

namespace emulator {

struct Grid {
  unsigned x, y;
};

// Global memory as the threads of a launch see it. The functions are called by many workers.
struct Memory {
  struct Range {
    const char* from;
    const char* to;
  };
  virtual ~Memory() = default;
  // The allocation that holds the bytes; an empty range where they lie outside of all.
  virtual Range allocation(const void* at, unsigned bytes) const = 0;
  // Memory from here on is slow; null where all is fast.
  virtual const char* slowFrom() const = 0;
};

struct Launch {
  const Kernel* kernel;
  Grid grid;
  unsigned threads;
  unsigned dynamicShared;
  void** parameters;
  const Memory* memory;
  unsigned resultColumns;  // of the grid: the blocks there may be wrong
  double wrongShare;       // of them, which write wrong values
  uint64_t number;
};

enum class Fault { NONE, ILLEGAL_ADDRESS, ILLEGAL_INSTRUCTION, DEADLOCK };

struct Traffic {
  uint64_t fast, slow;  // bytes
};

// The calling worker takes part in a launch.
void beginLaunch(const Launch& launch);
// Runs one of its blocks; `wrong` spoils what the block stores.
Fault runBlock(uint64_t number, bool wrong);
// What the worker has moved since it began.
Traffic endLaunch();

struct Outcome {
  Fault fault;
  Traffic traffic;
};

// Runs all blocks, on all processors.
Outcome run(const Launch& launch);

}  // namespace emulator
