// A kernel compiled for the host, as the emulator finds and calls it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace emulator {

struct Kernel {
  const char* name;
  int arch;  // of the PTX module that it stands for
  unsigned maxThreads;
  std::vector<unsigned> parameterSizes;
  void (*call)(void** parameters);
  const Kernel* next;

  Kernel(const char* name, int arch, unsigned maxThreads, std::vector<unsigned> parameterSizes,
         void (*call)(void**));

  // By the name of a PTX entry and the target of its module; null where there is none.
  static const Kernel* find(const char* name, int arch);
};

template <auto function>
struct Entry;

template <class... Parameters, void (*function)(Parameters...)>
struct Entry<function> {
  template <size_t... I>
  static void callWith(void** parameters, std::index_sequence<I...>) {
    function(*static_cast<Parameters*>(parameters[I])...);
  }
  static void call(void** parameters) {
    callWith(parameters, std::index_sequence_for<Parameters...>{});
  }
  static std::vector<unsigned> sizes() { return {(unsigned)sizeof(Parameters)...}; }
};

// A barrier or a wait in a kernel, which a mutant leaves out.
struct Site {
  const char* name;
  bool leftOut;
  Site* next;

  explicit Site(const char* name);
  static void leaveOut(const char* name);
};

}  // namespace emulator
