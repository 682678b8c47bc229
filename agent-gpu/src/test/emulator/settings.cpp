#include "settings.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <sstream>

namespace emulator {
namespace {

[[noreturn]] void refuse(const std::string& entry) {
  fprintf(stderr, "emulated libcuda.so.1: '%s' means nothing in ASSAY_EMULATOR\n", entry.c_str());
  abort();
}

uint64_t bytes(const std::string& value) {
  char* unit;
  double number = strtod(value.c_str(), &unit);
  switch (*unit) {
    case 'K':
      return (uint64_t)(number * (1 << 10));
    case 'M':
      return (uint64_t)(number * (1 << 20));
    case 'G':
      return (uint64_t)(number * (1 << 30));
    default:
      return (uint64_t)number;
  }
}

double gigabytes(const std::string& value) { return strtod(value.c_str(), nullptr) * 1e9; }

bool setDevice(DeviceSettings& d, const std::string& key, const std::string& value) {
  const char* text = value.c_str();
  if (key == "name")
    d.name = value;
  else if (key == "uuid")
    d.uuid = value;
  else if (key == "pci")
    d.pci = value;
  else if (key == "cc")
    return sscanf(text, "%d.%d", &d.major, &d.minor) == 2;
  else if (key == "sms")
    d.sms = atoi(text);
  else if (key == "mem")
    d.memory = bytes(value);
  else if (key == "backing")
    d.backing = bytes(value);
  else if (key == "bw")
    d.bandwidth = gigabytes(value);
  else if (key == "slow_after")
    d.slowAfter = bytes(value);
  else if (key == "slow_bw")
    d.slowBandwidth = gigabytes(value);
  else if (key == "event_scale")
    d.eventScale = strtod(text, nullptr);
  else if (key == "wrong")
    d.wrongShare = strtod(text, nullptr);
  else if (key.rfind("attribute.", 0) == 0)
    d.attributes[atoi(key.c_str() + 10)] = atoi(text);
  else
    return false;
  return true;
}

bool setFailure(Settings& s, const std::string& value, bool hangs) {
  char function[64];
  int call, code = 0;
  int read = sscanf(value.c_str(), "%63[^:]:%d:%d", function, &call, &code);
  s.failures.push_back({function, call, code, hangs});
  return read == (hangs ? 2 : 3);
}

bool setAll(Settings& s, const std::string& key, const std::string& value) {
  if (key == "devices")
    s.devices = atoi(value.c_str());
  else if (key == "driver")
    s.driver = atoi(value.c_str());
  else if (key == "same_device")
    s.sameDevice = value == "1";
  else if (key == "mutant")
    s.mutant = value;
  else if (key == "fail")
    return setFailure(s, value, false);
  else if (key == "hang")
    return setFailure(s, value, true);
  else
    return false;
  return true;
}

void eachEntry(const std::string& text,
               const std::function<bool(const std::string&, const std::string&)>& use) {
  std::stringstream entries(text);
  for (std::string entry; std::getline(entries, entry, ';');) {
    size_t equals = entry.find('=');
    if (entry.empty()) continue;
    if (equals == std::string::npos) refuse(entry);
    if (!use(entry.substr(0, equals), entry.substr(equals + 1))) refuse(entry);
  }
}

bool isOrdinal(const std::string& key) {
  return key.size() > 2 && key[0] >= '0' && key[0] <= '9' && key[1] == '.';
}

}  // namespace

Settings Settings::parse(const std::string& text) {
  Settings s;
  DeviceSettings every;
  eachEntry(text, [&](auto& key, auto& value) {
    return isOrdinal(key) || setAll(s, key, value) || setDevice(every, key, value);
  });
  s.device.assign(s.devices, every);
  eachEntry(text, [&](auto& key, auto& value) {
    if (!isOrdinal(key)) return true;
    size_t ordinal = key[0] - '0';
    return ordinal < s.device.size() && setDevice(s.device[ordinal], key.substr(2), value);
  });
  return s;
}

}  // namespace emulator
