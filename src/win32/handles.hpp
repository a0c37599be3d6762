// HANDLE values: pseudo-handles as documented, token handles and local handles in 31 positive bits (local_object.hpp).
#pragma once

#include <openlsa/windows.h>

#include <cstdint>
#include <optional>

#include "nt/status.hpp"
#include "win32/local_object.hpp"

namespace openlsa::win32 {

constexpr std::intptr_t pseudo_process = -1;                 // GetCurrentProcess
constexpr std::intptr_t pseudo_thread = -2;                  // GetCurrentThread
constexpr std::intptr_t pseudo_process_token = -4;           // GetCurrentProcessToken
constexpr std::intptr_t pseudo_thread_token = -5;            // GetCurrentThreadToken
constexpr std::intptr_t pseudo_thread_effective_token = -6;  // GetCurrentThreadEffectiveToken

inline std::intptr_t number_of(HANDLE handle) { return reinterpret_cast<std::intptr_t>(handle); }
inline HANDLE to_handle(std::uint32_t value) { return reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(value)); }
inline HANDLE to_pseudo_handle(std::intptr_t number) { return reinterpret_cast<HANDLE>(number); }

inline bool is_current_process(HANDLE handle) { return number_of(handle) == pseudo_process; }
inline bool is_current_thread(HANDLE handle) { return number_of(handle) == pseudo_thread; }

// The 32-bit value of a handle that is not a pseudo-handle; 0 for everything that no table can hold.
inline std::uint32_t value_of(HANDLE handle) {
  const std::intptr_t number = number_of(handle);
  return number > 0 && number < 0x80000000 ? static_cast<std::uint32_t>(number) : 0;
}

// A token that the caller names: by handle or pseudo-handle. `token` 0 is the caller's own (token_backend.hpp).
struct NamedToken {
  nt::Status status = STATUS_SUCCESS;
  std::uint32_t token = 0;
};
NamedToken named_token(HANDLE handle);

}  // namespace openlsa::win32
