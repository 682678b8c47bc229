#include "modules.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <regex>

#include "device.h"

namespace emulator {
namespace {

// The driver (in cuDriverGetVersion's terms) that first took a PTX version: PTX ISA manual, release
// notes.
int driverOf(int major, int minor) {
  switch (major) {
    case 6:
      return minor < 3 ? 9000 : 10000 + (minor - 3) * 10;
    case 7:
      return 11000 + minor * 10;
    case 8:
      return minor <= 5 ? 12000 + minor * 10 : 12000 + (minor + 1) * 10;
    case 9:
      return 13000 + minor * 10;
    default:
      return major < 6 ? 9000 : 99999;
  }
}

unsigned sizeOf(const std::string& type) { return (unsigned)atoi(type.c_str() + 1) / 8; }

// Sizes of an entry's parameters: .param [.align N] .TYPE NAME[COUNT].
std::vector<unsigned> parameterSizes(const std::string& list) {
  static const std::regex parameter(
      R"(\.param\s+(?:\.align\s+\d+\s+)?\.([a-z]\d+)\s+[^\s,\[]+(?:\[(\d+)\])?)");
  std::vector<unsigned> sizes;
  for (std::sregex_iterator i(list.begin(), list.end(), parameter), end; i != end; ++i) {
    sizes.push_back(sizeOf((*i)[1]) * ((*i)[2].matched ? (unsigned)stoul((*i)[2]) : 1));
  }
  return sizes;
}

int complain(const std::string& what) {
  fprintf(stderr, "emulated libcuda.so.1: %s\n", what.c_str());
  return INVALID_PTX;
}

}  // namespace

int read(const std::string& ptx, int major, int minor, int driver, Module* module) {
  std::smatch found;
  static const std::regex version(R"(\.version\s+(\d+)\.(\d+))"),
      target(R"(\.target\s+sm_(\d+)(a?))");
  if (!std::regex_search(ptx, found, version)) return INVALID_IMAGE;
  if (driverOf(stoi(found[1]), stoi(found[2])) > driver) return UNSUPPORTED_PTX_VERSION;
  if (!std::regex_search(ptx, found, target)) return INVALID_PTX;
  int arch = stoi(found[1]), capability = major * 10 + minor;
  if (arch > capability || (found[2].length() && arch != capability)) return NO_BINARY_FOR_GPU;

  for (size_t at = ptx.find(".entry"); at != std::string::npos; at = ptx.find(".entry", at + 1)) {
    size_t open = ptx.find('(', at), close = ptx.find(')', open),
           name = ptx.find_first_not_of(" \t", at + 6);
    std::string entry = ptx.substr(name, open - name);
    const Kernel* kernel = Kernel::find(entry.c_str(), arch);
    if (!kernel) return complain("entry " + entry + " is not among the kernels it was built from");
    if (parameterSizes(ptx.substr(open, close - open)) != kernel->parameterSizes) {
      return complain("the parameters of entry " + entry + " are not those of its source");
    }
    module->functions[entry] = Function{kernel};
  }
  return SUCCESS;
}

}  // namespace emulator
