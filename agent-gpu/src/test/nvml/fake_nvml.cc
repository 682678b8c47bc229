// A management library for tests. It answers what it is told to, and can be told to be wrong.
//
// Settings are a list "key=value;key=value", read from ASSAY_NVML_FAKE at first use and replaced
// by assay_nvml_configure at any time. A key with an ordinal ("1.name") is for that device alone.
//   devices=N  name=  uuid=  pci=0000:17:00.0  device_id=233010de  subsystem_id=16c110de  cc=9.0
//   mem=80G  used=1G  reserved=512M  bus=5120  driver=  nvml=  cuda=12080  processes=2
//   <any number of the table below>=N
//   fail=FUNCTION:CODE,...   that function answers CODE
//   hang=FUNCTION,...        that function comes back, with an error, after the next configuration
// Without pci or uuid of its own, device i sits i buses further and its UUID ends in i.
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <sstream>
#include <string>

namespace {

using Settings = std::map<std::string, std::string>;
using Result = int;
using Device = void*;

constexpr Result kSuccess = 0;
constexpr Result kUninitialized = 1;
constexpr Result kInvalidArgument = 2;
constexpr Result kNotSupported = 3;
constexpr Result kInsufficientSize = 7;
constexpr Result kUnknown = 999;

std::mutex guard;
Settings settings;
bool configured = false;
std::atomic<unsigned> generation{0};
std::atomic<int> initialised{0};

Settings parse(const char* text) {
  Settings parsed;
  std::istringstream entries(text == nullptr ? "" : text);
  for (std::string entry; std::getline(entries, entry, ';');) {
    const auto equals = entry.find('=');
    if (equals != std::string::npos) parsed[entry.substr(0, equals)] = entry.substr(equals + 1);
  }
  return parsed;
}

std::string setting(const std::string& key, const std::string& otherwise) {
  std::lock_guard<std::mutex> lock(guard);
  if (!configured) {
    settings = parse(getenv("ASSAY_NVML_FAKE"));
    configured = true;
  }
  const auto found = settings.find(key);
  return found == settings.end() ? otherwise : found->second;
}

unsigned ordinal(Device device) {
  return static_cast<unsigned>(reinterpret_cast<uintptr_t>(device) - 1);
}

std::string of(Device device, const std::string& key, const std::string& otherwise) {
  return setting(std::to_string(ordinal(device)) + "." + key, setting(key, otherwise));
}

uint64_t bytes(const std::string& text) {
  char* unit = nullptr;
  const uint64_t number = strtoull(text.c_str(), &unit, 10);
  switch (*unit) {
    case 'G': return number << 30;
    case 'M': return number << 20;
    case 'K': return number << 10;
    default: return number;
  }
}

uint64_t number(Device device, const std::string& key, const std::string& otherwise) {
  return strtoull(of(device, key, otherwise).c_str(), nullptr, 0);
}

unsigned devices() { return strtoul(setting("devices", "1").c_str(), nullptr, 10); }

bool listed(const std::string& list, const std::string& name, std::string* value) {
  std::istringstream entries(list);
  for (std::string entry; std::getline(entries, entry, ',');) {
    if (entry.substr(0, entry.find(':')) != name) continue;
    if (value != nullptr) *value = entry.substr(entry.find(':') + 1);
    return true;
  }
  return false;
}

// What any function does before it does its own: hangs or fails as configured.
Result enter(const char* function) {
  if (listed(setting("hang", ""), function, nullptr)) {
    const unsigned before = generation;
    while (generation == before) usleep(5000);
    return kUnknown;
  }
  std::string code;
  if (listed(setting("fail", ""), function, &code)) return atoi(code.c_str());
  return initialised > 0 || strcmp(function, "nvmlInit_v2") == 0 ? kSuccess : kUninitialized;
}

Result text(const std::string& value, char* out, unsigned size) {
  if (value.size() + 1 > size) return kInsufficientSize;
  memcpy(out, value.c_str(), value.size() + 1);
  return kSuccess;
}

struct Address {
  unsigned domain = 0, bus = 0, device = 0;
};

Address address(Device device) {
  Address at;
  const std::string own = setting(std::to_string(ordinal(device)) + ".pci", "");
  const std::string first = setting("pci", "0000:17:00.0");
  sscanf((own.empty() ? first : own).c_str(), "%x:%x:%x", &at.domain, &at.bus, &at.device);
  if (own.empty()) at.bus += ordinal(device);
  return at;
}

std::string uuid(Device device) {
  const std::string own = setting(std::to_string(ordinal(device)) + ".uuid", setting("uuid", ""));
  if (!own.empty()) return own;
  char made[64];
  snprintf(made, sizeof made, "GPU-00000000-0000-4000-8000-%012u", ordinal(device));
  return made;
}

struct PciInfo {
  char shortAddress[16];
  uint32_t domain, bus, device, deviceId, subsystemId;
  char address[32];
};

struct MemoryInfo {
  uint64_t total, free, used;
};

struct MemoryInfo2 {
  uint32_t version;
  uint64_t total, reserved, free, used;
};

struct ProcessInfo {
  uint32_t id;
  uint64_t memory;
  uint32_t gpuInstance, computeInstance;
};

[[maybe_unused]] Result processes(uint64_t there, unsigned* count, ProcessInfo* infos,
                                  uint64_t memoryOfEach) {
  const unsigned room = *count;
  *count = static_cast<unsigned>(there);
  if (there > room) return kInsufficientSize;
  for (unsigned i = 0; i < there; i++) infos[i] = {4242 + i, memoryOfEach, ~0u, ~0u};
  return kSuccess;
}

}  // namespace

#define ENTER                                                  \
  do {                                                         \
    const Result entered = enter(__func__);                    \
    if (entered != kSuccess) return entered;                   \
  } while (0)

// A function that writes one number: named by a key, with what it says unless told otherwise. An
// empty text stands for a device that does not support it.
#define NUMBER(FUNCTION, TYPE, KEY, OTHERWISE)                 \
  Result FUNCTION(Device device, TYPE* out) {                  \
    ENTER;                                                     \
    if (of(device, KEY, OTHERWISE).empty()) return kNotSupported; \
    *out = static_cast<TYPE>(number(device, KEY, OTHERWISE));  \
    return kSuccess;                                           \
  }

extern "C" {

void assay_nvml_configure(const char* text) {
  std::lock_guard<std::mutex> lock(guard);
  settings = parse(text);
  configured = true;
  generation++;
}

// How many initialisations have not been shut down.
int assay_nvml_open_scopes() { return initialised; }

Result nvmlInit_v2() {
  ENTER;
  initialised++;
  return kSuccess;
}

Result nvmlShutdown() {
  ENTER;
  initialised--;
  return kSuccess;
}

Result nvmlSystemGetDriverVersion(char* out, unsigned size) {
  ENTER;
  return text(setting("driver", "580.95.05"), out, size);
}

Result nvmlSystemGetNVMLVersion(char* out, unsigned size) {
  ENTER;
  return text(setting("nvml", "13.580.95.05"), out, size);
}

Result nvmlSystemGetCudaDriverVersion_v2(int* out) {
  ENTER;
  *out = atoi(setting("cuda", "13000").c_str());
  return kSuccess;
}

Result nvmlDeviceGetCount_v2(unsigned* out) {
  ENTER;
  *out = devices();
  return kSuccess;
}

Result nvmlDeviceGetHandleByIndex_v2(unsigned index, Device* out) {
  ENTER;
  if (index >= devices()) return kInvalidArgument;
  *out = reinterpret_cast<Device>(static_cast<uintptr_t>(index) + 1);
  return kSuccess;
}

Result nvmlDeviceGetName(Device device, char* out, unsigned size) {
  ENTER;
  return text(of(device, "name", "NVIDIA H100 80GB HBM3"), out, size);
}

Result nvmlDeviceGetUUID(Device device, char* out, unsigned size) {
  ENTER;
  return text(uuid(device), out, size);
}

Result nvmlDeviceGetPciInfo_v3(Device device, PciInfo* out) {
  ENTER;
  const Address at = address(device);
  memset(out, 0, sizeof *out);
  out->domain = at.domain;
  out->bus = at.bus;
  out->device = at.device;
  out->deviceId = strtoul(of(device, "device_id", "233010de").c_str(), nullptr, 16);
  out->subsystemId = strtoul(of(device, "subsystem_id", "16c110de").c_str(), nullptr, 16);
  snprintf(out->address, sizeof out->address, "%08X:%02X:%02X.0", at.domain, at.bus, at.device);
  return kSuccess;
}

Result nvmlDeviceGetCudaComputeCapability(Device device, int* major, int* minor) {
  ENTER;
  sscanf(of(device, "cc", "9.0").c_str(), "%d.%d", major, minor);
  return kSuccess;
}

Result nvmlDeviceGetMemoryInfo(Device device, MemoryInfo* out) {
  ENTER;
  const uint64_t total = bytes(of(device, "mem", "80G"));
  const uint64_t used = bytes(of(device, "used", "1G")) + bytes(of(device, "reserved", "512M"));
  *out = {total, total - used, used};
  return kSuccess;
}

Result nvmlDeviceGetClockInfo(Device device, int clock, unsigned* out) {
  ENTER;
  *out = number(device, clock == 1 ? "sm_clock" : "memory_clock", clock == 1 ? "345" : "2619");
  return kSuccess;
}

Result nvmlDeviceGetMaxClockInfo(Device device, int clock, unsigned* out) {
  ENTER;
  *out = number(device, clock == 1 ? "max_sm_clock" : "max_memory_clock",
                clock == 1 ? "1980" : "2619");
  return kSuccess;
}

Result nvmlDeviceGetPowerManagementLimitConstraints(Device device, unsigned* least,
                                                    unsigned* most) {
  ENTER;
  *least = number(device, "least_power_limit", "200000");
  *most = number(device, "most_power_limit", "700000");
  return kSuccess;
}

Result nvmlDeviceGetTemperature(Device device, int, unsigned* out) {
  ENTER;
  *out = number(device, "temperature", "34");
  return kSuccess;
}

Result nvmlDeviceGetTemperatureThreshold(Device device, int threshold, unsigned* out) {
  ENTER;
  *out = number(device, threshold == 0 ? "shutdown" : "slowdown", threshold == 0 ? "92" : "87");
  return kSuccess;
}

Result nvmlDeviceGetEccMode(Device device, int* now, int* later) {
  ENTER;
  if (of(device, "ecc", "1").empty()) return kNotSupported;
  *now = *later = static_cast<int>(number(device, "ecc", "1"));
  return kSuccess;
}

Result nvmlDeviceGetTotalEccErrors(Device device, int kind, int counter, uint64_t* out) {
  ENTER;
  const std::string key = std::string(kind == 0 ? "corrected" : "uncorrected") +
                          (counter == 0 ? "" : "_ever");
  *out = number(device, key, "0");
  return kSuccess;
}

Result nvmlDeviceGetRetiredPages(Device device, int cause, unsigned* count, uint64_t*) {
  ENTER;
  const unsigned there = number(device, cause == 0 ? "retired_single" : "retired_double", "0");
  const unsigned room = *count;
  *count = there;
  return there > room ? kInsufficientSize : kSuccess;
}

NUMBER(nvmlDeviceGetMemoryBusWidth, unsigned, "bus", "5120")
NUMBER(nvmlDeviceGetCurrentClocksThrottleReasons, uint64_t, "throttle", "1")
NUMBER(nvmlDeviceGetPowerUsage, unsigned, "power", "71000")
NUMBER(nvmlDeviceGetEnforcedPowerLimit, unsigned, "power_limit", "700000")
NUMBER(nvmlDeviceGetPowerManagementDefaultLimit, unsigned, "default_power_limit", "700000")
NUMBER(nvmlDeviceGetCurrPcieLinkGeneration, unsigned, "link_generation", "5")
NUMBER(nvmlDeviceGetCurrPcieLinkWidth, unsigned, "link_width", "16")
NUMBER(nvmlDeviceGetMaxPcieLinkGeneration, unsigned, "max_link_generation", "5")
NUMBER(nvmlDeviceGetMaxPcieLinkWidth, unsigned, "max_link_width", "16")
NUMBER(nvmlDeviceGetPersistenceMode, unsigned, "persistence", "1")
NUMBER(nvmlDeviceGetDisplayActive, unsigned, "display", "0")
NUMBER(nvmlDeviceGetComputeMode, unsigned, "compute_mode", "0")
NUMBER(nvmlDeviceGetVirtualizationMode, unsigned, "virtualization", "0")

#ifndef OLD_DRIVER

Result nvmlDeviceGetMemoryInfo_v2(Device device, MemoryInfo2* out) {
  ENTER;
  if (out->version != (sizeof *out | 2u << 24)) return 25;
  const uint64_t total = bytes(of(device, "mem", "80G"));
  const uint64_t used = bytes(of(device, "used", "1G"));
  const uint64_t reserved = bytes(of(device, "reserved", "512M"));
  *out = {out->version, total, reserved, total - used - reserved, used};
  return kSuccess;
}

Result nvmlDeviceGetMigMode(Device device, unsigned* now, unsigned* later) {
  ENTER;
  *now = *later = static_cast<unsigned>(number(device, "mig", "0"));
  return kSuccess;
}

Result nvmlDeviceGetRemappedRows(Device device, unsigned* correctable, unsigned* uncorrectable,
                                 unsigned* pending, unsigned* failed) {
  ENTER;
  *correctable = number(device, "remapped_correctable", "0");
  *uncorrectable = number(device, "remapped_uncorrectable", "0");
  *pending = number(device, "remap_pending", "0");
  *failed = number(device, "remap_failed", "0");
  return kSuccess;
}

Result nvmlDeviceGetComputeRunningProcesses_v3(Device device, unsigned* count,
                                               ProcessInfo* infos) {
  ENTER;
  const bool hidden = of(device, "process_mem", "256M") == "hidden";
  return processes(number(device, "processes", "2"), count, infos,
                   hidden ? ~0ull : bytes(of(device, "process_mem", "256M")));
}

Result nvmlDeviceGetGraphicsRunningProcesses_v3(Device device, unsigned* count,
                                                ProcessInfo* infos) {
  ENTER;
  return processes(number(device, "drawing", "0"), count, infos, 0);
}

#endif

}  // extern "C"
