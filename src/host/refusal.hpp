// A package returned something that the documentation does not allow: the call fails, and the log says why.
#pragma once

#include "host/marshal/strings.hpp"
#include "host/package/loaded_package.hpp"

namespace openlsa::host {

void log_refusal(const LoadedPackage& package, const char* entry_name, const char* what);

// The copied value; or nothing, and a line in the log.
template <class T>
std::optional<T> accept(marshal::Copied<T> copied, const LoadedPackage& package, const char* entry_name) {
  if (copied) return std::move(*copied);
  log_refusal(package, entry_name, copied.error().what);
  return std::nullopt;
}

}  // namespace openlsa::host
