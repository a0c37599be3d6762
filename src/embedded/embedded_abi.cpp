// The C edge of liblsa-embedded.so.
#include "wire/embedded_abi.h"

#include <cstdio>
#include <cstdlib>

#include "embedded/assembly.hpp"

namespace {

using openlsa::embedded::Assembly;

struct Started {
  openlsa::base::Mutex mutex;
  bool tried OPENLSA_GUARDED_BY(mutex) = false;
  std::unique_ptr<Assembly> assembly;
};
// Never destroyed: threads of the program may call until the process ends.
Started& started() {
  static Started& state = *new Started;
  return state;
}

void stop_at_exit() {
  if (Assembly* assembly = started().assembly.get(); assembly != nullptr && assembly->in_its_process())
    assembly->stop();
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int openlsa_embedded_start(const char* configuration_directory,
                                                                             openlsa_embedded_upcall upcall) {
  Started& state = started();
  const openlsa::base::MutexLock lock(state.mutex);
  if (!state.tried) {
    state.tried = true;
    auto assembly = Assembly::start(configuration_directory, upcall);
    if (assembly) {
      state.assembly = std::move(*assembly);
      // Before the destructors of the packages' objects, which were registered earlier: no thread is in a package then.
      std::atexit(stop_at_exit);
    } else {
      std::fprintf(stderr, "openlsa (embedded): %s\n", assembly.error().message.c_str());
    }
  }
  return state.assembly ? 0 : -1;
}

extern "C" __attribute__((visibility("default"))) int openlsa_embedded_call(uint64_t endpoint, uint16_t method,
                                                                            const uint8_t* request, size_t size_bytes,
                                                                            const int* descriptors, size_t count,
                                                                            openlsa_embedded_reply reply,
                                                                            void* context) {
  auto message = openlsa::embedded::take(request, size_bytes, descriptors, count);
  Assembly* assembly = started().assembly.get();
  openlsa::wire::Message answer;
  if (assembly == nullptr || !assembly->in_its_process() || !assembly->call(endpoint, method, message, answer))
    return -1;
  openlsa::embedded::give(answer, reply, context);
  return 0;
}

extern "C" __attribute__((visibility("default"))) void openlsa_embedded_close_channel(uint64_t endpoint) {
  if (Assembly* assembly = started().assembly.get(); assembly != nullptr && assembly->in_its_process())
    assembly->close_channel(endpoint);
}

extern "C" __attribute__((visibility("default"))) int openlsa_embedded_has_channel(uint64_t endpoint) {
  Assembly* assembly = started().assembly.get();
  return assembly != nullptr && assembly->in_its_process() && assembly->has_channel(endpoint) ? 1 : 0;
}
