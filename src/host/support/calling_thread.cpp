#include "host/support/calling_thread.hpp"

#include <cstring>

namespace openlsa::host::support {

std::shared_ptr<Runtime> calling_runtime() {
  const CurrentCall* call = CurrentCall::current();
  return call != nullptr ? call->runtime().weak_from_this().lock() : Runtime::only();
}

seam::SupportCaller calling_package(const Runtime& runtime) {
  if (const CurrentCall* call = CurrentCall::current()) return call->caller();
  seam::SupportCaller caller;
  if (const LoadedPackage* package = runtime.first_package()) caller.package = package->id;
  return caller;
}

nt::TokenSource to_value(const TOKEN_SOURCE* source) {
  nt::TokenSource value;
  if (source == nullptr) return value;
  value.name.assign(source->SourceName, ::strnlen(source->SourceName, TOKEN_SOURCE_LENGTH));
  value.identifier = to_value(source->SourceIdentifier);
  return value;
}

}  // namespace openlsa::host::support
