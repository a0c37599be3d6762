#include "client/sasl/sasl_context.hpp"

#include "client/bare/bare_handles.hpp"
#include "client/handles/context.hpp"

namespace openlsa::client {

SaslContext find_sasl_context(const SecHandle* handle) {
  if (const auto context = ContextTable::of_process().find(handle))
    return {std::shared_ptr<SaslState>(context, &context->sasl), &context->channel().package()};
  if (const auto context = BareContextTable::of_process().find(handle))
    return {std::shared_ptr<SaslState>(context, &context->sasl), &context->package().info};
  return {};
}

}  // namespace openlsa::client
