// The emulated driver as a whole: its configuration, and what its calls begin with.
#include "driver.h"

#include <cstdlib>

namespace emulator {

thread_local std::vector<Context*> contexts;

namespace {

std::string plain(std::string function) {
  size_t version = function.find("_v");
  return version == std::string::npos ? function : function.substr(0, version);
}

int waitForEver() {
  const int configuration = driver().configurations;
  while (driver().configurations == configuration) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return UNKNOWN;
}

}  // namespace

// Devices of an earlier configuration stay, so that an old handle is an error and not a crash.
void configure(Driver& d, const char* text) {
  std::lock_guard<std::mutex> guard(d.lock);
  for (Device* device : d.devices) device->gone = true;
  d.settings = Settings::parse(text ? text : "");
  d.initialized = false;
  d.configurations++;
  d.devices.clear();
  d.primary.clear();
  std::shared_ptr<Engine> shared = std::make_shared<Engine>();
  for (int i = 0; i < d.settings.devices; i++) {
    auto engine = d.settings.sameDevice ? shared : std::make_shared<Engine>();
    d.devices.push_back(new Device(i, d.settings.device[i], engine));
    d.primary.push_back(new Context{d.devices.back(), 0});
  }
  Site::leaveOut(d.settings.mutant.c_str());
}

// Never destroyed: other threads may still call while the process ends.
Driver& driver() {
  static Driver* only = [] {
    auto* d = new Driver;
    configure(*d, getenv("ASSAY_EMULATOR"));
    return d;
  }();
  return *only;
}

bool stays(int code) {
  return code == 46 || code == 214 || (code >= 700 && code < 720) || code == UNKNOWN;
}

Fate fate(const char* function, int* code) {
  Driver& d = driver();
  std::lock_guard<std::mutex> guard(d.lock);
  for (Failure& f : d.settings.failures) {
    if (plain(f.function) != plain(function) || --f.call != 0) continue;
    *code = f.code;
    return f.hangs ? Fate::HANGS_FOR_EVER : Fate::FAILS;
  }
  return Fate::RUNS;
}

int currentDevice(Device** device) {
  if (contexts.empty()) return INVALID_CONTEXT;
  *device = contexts.back()->device;
  return (*device)->gone ? CONTEXT_IS_DESTROYED : SUCCESS;
}

// Until the devices are made anew.
// What every call begins with: the driver is there, and the call is not told to fail.
int begin(const char* function) {
  if (!driver().initialized) return NOT_INITIALIZED;
  int code = 0;
  Device* device = nullptr;
  currentDevice(&device);
  switch (fate(function, &code)) {
    case Fate::RUNS:
      return SUCCESS;
    case Fate::FAILS:
      if (device && stays(code)) device->lost = code;
      return code;
    case Fate::HANGS_FOR_EVER:
      return waitForEver();
  }
  return UNKNOWN;
}

int beginOnDevice(const char* function, Device** device) {
  if (int code = begin(function)) return code;
  if (int code = currentDevice(device)) return code;
  return (*device)->lost;
}

int ordinal(int device, Device** found) {
  Driver& d = driver();
  if (device < 0 || device >= (int)d.devices.size()) return INVALID_DEVICE;
  *found = d.devices[device];
  return SUCCESS;
}

}  // namespace emulator

extern "C" __attribute__((visibility("default"))) void assay_emulator_configure(
    const char* settings) {
  emulator::configure(emulator::driver(), settings);
}
