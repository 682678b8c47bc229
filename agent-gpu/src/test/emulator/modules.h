// PTX modules as the emulated driver reads them: their text decides which kernels they hold.
#pragma once
#include <map>
#include <string>

#include "kernel.h"

namespace emulator {

struct Function {
  const Kernel* kernel;
  int dynamicShared = 48 << 10;  // what a launch may ask for, until an attribute raises it
};

struct Module {
  std::map<std::string, Function> functions;
};

// Reads a module's PTX for a device of compute capability major.minor under a driver; the result
// code is the driver's.
int read(const std::string& ptx, int major, int minor, int driver, Module* module);

}  // namespace emulator
