#include "user_mode/runtime.hpp"

#include <dlfcn.h>

#include <atomic>

#include "common/text.hpp"

namespace msv1_0 {
namespace {

constinit std::atomic<const SECPKG_DLL_FUNCTIONS*> runtime{nullptr};

using FreeFunction = SECURITY_STATUS (*)(void*);

// From the libsecur32 that runs in this process; none is loaded for it.
FreeFunction find_free_context_buffer() {
  void* library = ::dlopen("libsecur32.so.1", RTLD_LAZY | RTLD_NOLOAD);
  if (library == nullptr) return nullptr;
  const auto function = reinterpret_cast<FreeFunction>(::dlsym(library, "FreeContextBuffer"));
  ::dlclose(library);  // it called us, so it stays
  return function;
}

}  // namespace

void set_runtime(const SECPKG_DLL_FUNCTIONS* functions) { runtime.store(functions); }

void* allocate_heap(std::size_t size) {
  const auto* functions = runtime.load();
  return functions == nullptr ? nullptr : functions->AllocateHeap(static_cast<ULONG>(size));
}

void release_heap(void* memory) {
  if (memory != nullptr) runtime.load()->FreeHeap(memory);
}

SEC_WCHAR* allocate_text(std::u16string_view text) {
  auto* copy = static_cast<SEC_WCHAR*>(allocate_heap((text.size() + 1) * sizeof(SEC_WCHAR)));
  if (copy == nullptr) return nullptr;
  std::memcpy(copy, text.data(), text.size() * sizeof(SEC_WCHAR));
  copy[text.size()] = 0;
  return copy;
}

void free_packed_context(SecBuffer& packed) {
  static const FreeFunction free_context_buffer = find_free_context_buffer();
  if (packed.pvBuffer == nullptr) return;
  wipe({static_cast<std::uint8_t*>(packed.pvBuffer), packed.cbBuffer});
  if (free_context_buffer != nullptr)
    free_context_buffer(packed.pvBuffer);
  else
    release_heap(packed.pvBuffer);
  packed = {};
}

}  // namespace msv1_0
