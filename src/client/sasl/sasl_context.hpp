// A context in the list of SASL contexts.
#pragma once

#include <memory>

#include "client/sasl/sasl_state.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

// The state keeps its context alive. Without a state: no context of this process.
struct SaslContext {
  std::shared_ptr<SaslState> state;
  const seam::PackageInfo* package = nullptr;
};
SaslContext find_sasl_context(const SecHandle* handle);

}  // namespace openlsa::client
