#include "host/sspi/meta_data.hpp"

#include "host/refusal.hpp"
#include "host/sspi/handle_call.hpp"

namespace openlsa::host {
namespace {

constexpr seam::SecHandleValue none{};

}  // namespace

nt::Status meta_data_call(ChannelState& channel, const MetaDataCall& what, bool offered,
                          const std::function<nt::Status(CurrentCall&, LSA_SEC_HANDLE, LSA_SEC_HANDLE*)>& entry,
                          seam::SecHandleValue& named) {
  const auto credential = channel.use(HandleKind::credential, what.credential);
  const auto context = channel.use(HandleKind::context, what.context);
  // The credential must not be NULL when the call makes the context (SpQueryMetaData, CredentialHandle).
  if ((what.credential != none && !credential) || (what.context != none && !context) || (!credential && !context))
    return SEC_E_INVALID_HANDLE;
  const LSA_SEC_HANDLE old = context.package_handle();
  LSA_SEC_HANDLE handle = old;
  const nt::Status status = client_call(channel, what.frame, offered ? &entry : nullptr, [&](CurrentCall& call) {
    const nt::Status done = entry(call, credential.package_handle(), &handle);
    if (!nt::succeeded(done) || handle != 0) return done;
    log_refusal(channel.package(), what.entry_name, "success without a context handle");
    return nt::Status{SEC_E_INTERNAL_ERROR};
  });
  const bool made = handle != 0 && handle != old;
  if (!nt::succeeded(status)) {
    if (made) channel.discard(HandleKind::context, handle);
    return status;
  }
  named = what.context;
  if (!made) return status;
  const nt::Status inserted = channel.insert(HandleKind::context, handle, named);
  return inserted == SEC_E_OK ? status : inserted;
}

}  // namespace openlsa::host
