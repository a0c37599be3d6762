// For whom the calling thread works: its current call, or its package alone (a thread of the package's own).
#pragma once

#include "host/runtime.hpp"

namespace openlsa::host::support {

// Null when the thread is in no call and the process has several runtimes: nobody can tell whose thread it is. Held
// while it is used: a package's own thread goes on when its file is removed.
std::shared_ptr<Runtime> calling_runtime();
seam::SupportCaller calling_package(const Runtime& runtime);

inline nt::Luid to_value(const LUID& luid) { return nt::Luid::from_parts(luid.LowPart, luid.HighPart); }
inline LUID from_value(nt::Luid luid) { return {.LowPart = luid.low(), .HighPart = luid.high()}; }
nt::TokenSource to_value(const TOKEN_SOURCE* source);
inline HANDLE to_handle(std::uint32_t token) { return reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(token)); }
// 0 for what is no handle of 31 bits.
inline std::uint32_t from_handle(HANDLE handle) {
  const auto value = reinterpret_cast<std::uintptr_t>(handle);
  return value < 0x80000000u ? static_cast<std::uint32_t>(value) : 0;
}

}  // namespace openlsa::host::support
