// Entry points: the driver, its devices and their contexts.
#include <cstdio>
#include <cstring>

#include "driver.h"

using namespace emulator;

namespace {

void identifier(const DeviceSettings& s, int ordinal, unsigned char* bytes) {
  for (int i = 0; i < 16; i++) {
    unsigned value = 0x5A;
    if (s.uuid.size() == 32) sscanf(s.uuid.c_str() + 2 * i, "%2x", &value);
    bytes[i] = (unsigned char)value;
  }
  if (s.uuid.empty()) bytes[15] = (unsigned char)ordinal;
}

struct PciAddress {
  unsigned domain, bus, device, function;
};

PciAddress pciAddress(const Device& d) {
  PciAddress at = {0, (unsigned)d.ordinal + 1, 0, 0};
  if (!d.settings.pci.empty()) {
    sscanf(d.settings.pci.c_str(), "%x:%x:%x.%x", &at.domain, &at.bus, &at.device, &at.function);
    at.bus += d.ordinal;
  }
  return at;
}

}  // namespace

int emulator::attribute(const Device& d, int attribute) {
  const DeviceSettings& s = d.settings;
  auto told = s.attributes.find(attribute);
  if (told != s.attributes.end()) return told->second;
  PciAddress pci = pciAddress(d);
  const int sharedOptIn = s.major >= 9   ? 232448
                          : s.major == 7 ? 65536
                          : s.minor == 0 ? 166912
                                         : 101376;
  switch (attribute) {
    case 1:  // threads of a block, and in x, y, z
    case 2:
    case 3:
      return 1024;
    case 4:
      return 64;
    case 5:  // blocks of a grid in x, y, z
      return 2147483647;
    case 6:
    case 7:
      return 65535;
    case 8:  // shared memory of a block
      return 48 << 10;
    case 9:   // constant memory
    case 12:  // registers of a block
    case 82:  // registers of a multiprocessor
      return 65536;
    case 10:  // warp
      return 32;
    case 11:  // pitch
      return 2147483647;
    case 13:  // clock, kHz
      return 1410000;
    case 16:
      return s.sms;
    case 31:  // concurrent kernels
    case 41:  // unified addressing
      return 1;
    case 33:
      return (int)pci.bus;
    case 34:
      return (int)pci.device;
    case 50:
      return (int)pci.domain;
    case 36:  // memory clock, kHz
      return 1215000;
    case 37:  // memory bus, bits
      return 5120;
    case 38:  // L2, bytes
      return 4 << 20;
    case 39:  // threads of a multiprocessor
      return 2048;
    case 40:  // copy engines
      return 2;
    case 75:
      return s.major;
    case 76:
      return s.minor;
    case 81:  // shared memory of a multiprocessor
      return sharedOptIn + 1024;
    case 97:  // shared memory that a block may ask for
      return sharedOptIn;
    default:
      return 0;
  }
}

// ---- the driver and its devices

API cuInit(unsigned) {
  int code = 0;
  if (fate("cuInit", &code) != Fate::RUNS) return code;
  if (driver().devices.empty()) return NO_DEVICE;
  driver().initialized = true;
  return SUCCESS;
}

API cuDriverGetVersion(int* version) {
  *version = driver().settings.driver;
  return SUCCESS;
}

API cuDeviceGetCount(int* count) {
  CALL();
  *count = (int)driver().devices.size();
  return SUCCESS;
}

API cuDeviceGet(int* device, int i) {
  CALL();
  Device* found;
  *device = i;
  return ordinal(i, &found);
}

API cuDeviceGetName(char* name, int size, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  snprintf(name, size, "%s", d->settings.name.c_str());
  return SUCCESS;
}

API cuDeviceGetUuid(unsigned char* uuid, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  identifier(d->settings, i, uuid);
  return SUCCESS;
}

API cuDeviceGetUuid_v2(unsigned char* uuid, int i) { return cuDeviceGetUuid(uuid, i); }

API cuDeviceTotalMem_v2(size_t* bytes, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  *bytes = d->settings.memory;
  return SUCCESS;
}

API cuDeviceComputeCapability(int* major, int* minor, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  *major = d->settings.major;
  *minor = d->settings.minor;
  return SUCCESS;
}

API cuDeviceGetPCIBusId(char* text, int size, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  PciAddress at = pciAddress(*d);
  snprintf(text, size, "%04X:%02X:%02X.%X", at.domain, at.bus, at.device, at.function);
  return SUCCESS;
}

API cuDeviceGetAttribute(int* value, int what, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  *value = attribute(*d, what);
  return SUCCESS;
}

// ---- contexts

API cuDevicePrimaryCtxRetain(Context** context, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  std::lock_guard<std::recursive_mutex> guard(d->lock);
  *context = driver().primary[i];
  (*context)->uses++;
  return SUCCESS;
}

API cuDevicePrimaryCtxReset_v2(int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  std::lock_guard<std::recursive_mutex> guard(d->lock);
  d->reset();
  return SUCCESS;
}

API cuDevicePrimaryCtxRelease_v2(int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  std::lock_guard<std::recursive_mutex> guard(d->lock);
  if (driver().primary[i]->uses == 0) return INVALID_CONTEXT;
  if (--driver().primary[i]->uses == 0) d->reset();
  return SUCCESS;
}

API cuDevicePrimaryCtxSetFlags_v2(int, unsigned) {
  CALL();
  return SUCCESS;
}

API cuDevicePrimaryCtxGetState(int, unsigned* flags, int* active) {
  CALL();
  *flags = 0;
  *active = 1;
  return SUCCESS;
}

API cuCtxCreate_v2(Context** context, unsigned, int i) {
  CALL();
  Device* d;
  if (int r = ordinal(i, &d)) return r;
  *context = new Context{d, 1};
  contexts.push_back(*context);
  return SUCCESS;
}

API cuCtxDestroy_v2(Context* context) {
  CALL();
  if (!context) return INVALID_CONTEXT;
  std::lock_guard<std::recursive_mutex> guard(context->device->lock);
  context->device->reset();
  if (!contexts.empty() && contexts.back() == context) contexts.pop_back();
  return SUCCESS;
}

API cuCtxSetCurrent(Context* context) {
  CALL();
  if (!contexts.empty()) contexts.pop_back();
  if (context) contexts.push_back(context);
  return SUCCESS;
}

API cuCtxGetCurrent(Context** context) {
  CALL();
  *context = contexts.empty() ? nullptr : contexts.back();
  return SUCCESS;
}

API cuCtxPushCurrent_v2(Context* context) {
  CALL();
  contexts.push_back(context);
  return SUCCESS;
}

API cuCtxPopCurrent_v2(Context** context) {
  CALL();
  if (contexts.empty()) return INVALID_CONTEXT;
  *context = contexts.back();
  contexts.pop_back();
  return SUCCESS;
}

API cuCtxGetDevice(int* i) {
  CALL_ON_DEVICE();
  *i = device->ordinal;
  return SUCCESS;
}

API cuCtxSynchronize() {
  CALL_ON_DEVICE();
  return waiting(device, [&] { return device->finishAll(); });
}

API cuCtxSetLimit(int, size_t) {
  CALL();
  return SUCCESS;
}

API cuCtxGetLimit(size_t* value, int) {
  CALL();
  *value = 0;
  return SUCCESS;
}

// ---- errors

API cuGetErrorName(int code, const char** name) {
  static const std::map<int, const char*> names = {
      {0, "CUDA_SUCCESS"},
      {1, "CUDA_ERROR_INVALID_VALUE"},
      {2, "CUDA_ERROR_OUT_OF_MEMORY"},
      {3, "CUDA_ERROR_NOT_INITIALIZED"},
      {100, "CUDA_ERROR_NO_DEVICE"},
      {214, "CUDA_ERROR_ECC_UNCORRECTABLE"},
      {222, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"},
      {700, "CUDA_ERROR_ILLEGAL_ADDRESS"},
      {719, "CUDA_ERROR_LAUNCH_FAILED"},
      {999, "CUDA_ERROR_UNKNOWN"},
  };
  auto found = names.find(code);
  *name = found == names.end() ? "CUDA_ERROR" : found->second;
  return SUCCESS;
}

API cuGetErrorString(int code, const char** text) { return cuGetErrorName(code, text); }
