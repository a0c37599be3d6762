// CallSubAuthentication of openlsa_accounts.h: MsV1_0SubAuth, a message for Msv1_0SubAuthenticationRoutineGeneric.
#include "authority/authority.hpp"
#include "authority/side_doors/sub_authentication.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_submit_bytes = 1u << 20;
constexpr std::size_t max_returned_bytes = 64 * 1024;

seam::CallSubAuthenticationReply failed(nt::Status status) {
  seam::CallSubAuthenticationReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

seam::CallSubAuthenticationReply HostSupport::call_sub_authentication(seam::CallSubAuthenticationRequest request) {
  const auto caller = check(request.caller, "CallSubAuthentication");
  if (!caller) return failed(caller.error());
  if (const nt::Status may = may_use_keys(*caller, "CallSubAuthentication"); may != STATUS_SUCCESS) return failed(may);
  if (!caller->view.has_tcb)
    return failed(refuse(caller->client.get(), "CallSubAuthentication", "sends a message for a client without TCB"));
  if (request.package_id == 0 || request.package_id > max_sub_authentication_number ||
      request.submit_buffer.size() > max_submit_bytes)
    return failed(STATUS_INVALID_PARAMETER);
  Registry& registry = authority_.registry();
  const std::shared_ptr<PackageFile> file = sub_authentication_file(registry, request.package_id);
  if (file == nullptr) return failed(STATUS_DLL_NOT_FOUND);
  const std::optional<RunningHost> host = file->running(registry.patience());
  if (!host) return failed(STATUS_INTERNAL_ERROR);
  const auto until = Registry::deadline_within(caller->chain ? caller->until : registry.deadline(CallKind::package));
  auto reply = registry.call_until(*host, until, "a sub-authentication message", [&](seam::PackageHost& target) {
    return target.sub_authenticate_generic({std::move(request.submit_buffer)});
  });
  if (reply.status == SEC_E_INTERNAL_ERROR || reply.returned.size() > max_returned_bytes)
    return failed(STATUS_INTERNAL_ERROR);
  return reply;
}

}  // namespace openlsa::authority
