// What the emulated devices are told to be, and the lies they are told to tell.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace emulator {

struct DeviceSettings {
  std::string name = "Emulated GPU";
  std::string uuid;  // 32 hexadecimal digits; empty: made from the ordinal
  std::string pci;   // domain:bus:device.function; empty: made from the ordinal
  int major = 8, minor = 0, sms = 4;
  uint64_t memory = 256 << 20;
  uint64_t backing = 0;  // memory beyond this many bytes is the same again; 0: all of it is there
  double bandwidth = 0;  // bytes per second; 0: as fast as it goes
  uint64_t slowAfter = 0;
  double slowBandwidth = 0;
  double eventScale = 1;
  double wrongShare = 0;
  std::map<int, int> attributes;
};

// A call that does not do what it should: it returns a code, or never ends.
struct Failure {
  std::string function;
  int call;  // 1: the next one
  int code;
  bool hangs;
};

struct Settings {
  int devices = 1;
  int driver = 12000;
  bool sameDevice = false;
  std::string mutant;
  std::vector<Failure> failures;
  std::vector<DeviceSettings> device;

  // Entries key=value parted by semicolons; N.key=value speaks of device N alone. An entry that
  // means nothing ends the process: a test that asks for a lie must get it.
  static Settings parse(const std::string& text);
};

}  // namespace emulator
