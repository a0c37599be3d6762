#include "host/marshal/primary_credentials.hpp"
#include "host/marshal/supplemental.hpp"
#include "host/marshal/surrogate.hpp"
#include "host/marshal/token_view.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

// The results of the logon in the documented structures; they point into the request.
struct Results {
  explicit Results(const seam::PostLogonSurrogateRequest& request)
      : account(marshal::view_of(request.account_name)),
        authority(marshal::view_of(request.authenticating_authority)),
        machine(marshal::view_of(request.machine_name)),
        surrogate(request.surrogate) {
    if (request.token_information) information.emplace(*request.token_information);
    if (request.primary) primary.emplace(*request.primary);
    if (request.supplemental.empty()) return;
    supplemental.CredentialCount = 1;
    supplemental.Credentials[0] = marshal::view_of(request.supplemental.front());
  }
  UNICODE_STRING account, authority, machine;
  marshal::SurrogateView surrogate;
  std::optional<marshal::TokenInformationView> information;
  std::optional<marshal::PrimaryView> primary;
  SECPKG_SUPPLEMENTAL_CRED_ARRAY supplemental{};
};

UNICODE_STRING* pointer_to(UNICODE_STRING& string, const seam::OptionalText& text) { return text ? &string : nullptr; }

}  // namespace

seam::PostLogonSurrogateReply Runtime::post_logon_surrogate(seam::PostLogonSurrogateRequest request) {
  const LoadedPackage* package = find(request.package);
  auto* entry = package == nullptr ? nullptr : package->table.PostLogonUserSurrogate;
  if (entry == nullptr) return {package == nullptr ? STATUS_NO_SUCH_PACKAGE : STATUS_NOT_SUPPORTED};
  CurrentCall call(*this, *package, &request.origin);
  base::Secret submitted;
  if (request.submit_buffer) {
    submitted = request.submit_buffer->duplicate();
    call.memory().submit(request.submit_address, request.submit_buffer->reveal());
  }
  for (const seam::ClientMemory& piece : request.profile) call.memory().submit(piece.address, piece.bytes);
  Results results(request);
  LUID logon_id{request.logon_id.low(), request.logon_id.high()};
  return {call.enter("PostLogonUserSurrogate", STATUS_UNHANDLED_EXCEPTION, [&] {
    return entry(
        call.client_request(), static_cast<SECURITY_LOGON_TYPE>(request.logon_type),
        submitted.empty() ? nullptr : submitted.reveal_mutable().data(),
        request.submit_buffer ? reinterpret_cast<void*>(request.submit_address) : nullptr,
        static_cast<ULONG>(submitted.size()), results.surrogate.get(), reinterpret_cast<void*>(request.profile_address),
        request.profile_size_bytes, &logon_id, request.logon_status, request.logon_sub_status,
        results.information ? results.information->type() : LsaTokenInformationNull,
        results.information ? results.information->get() : nullptr, pointer_to(results.account, request.account_name),
        pointer_to(results.authority, request.authenticating_authority),
        pointer_to(results.machine, request.machine_name), results.primary ? results.primary->get() : nullptr,
        request.supplemental.empty() ? nullptr : &results.supplemental);
  })};
}

}  // namespace openlsa::host
