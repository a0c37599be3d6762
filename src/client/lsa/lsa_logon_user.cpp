#include "client/c_edge.hpp"
#include "client/lsa/logon_request.hpp"
#include "client/lsa/lsa_handle.hpp"
#include "client/memory/client_window.hpp"

using namespace openlsa::client;
using openlsa::seam::AuthorityCalls;

namespace {

struct Outputs {
  PVOID* profile;
  PULONG profile_size_bytes;
  PLUID logon_id;
  PHANDLE token;
  PQUOTA_LIMITS quotas;
  PNTSTATUS sub_status;

  bool complete() const {
    return profile != nullptr && profile_size_bytes != nullptr && logon_id != nullptr && token != nullptr &&
           quotas != nullptr && sub_status != nullptr;
  }
};

void write_quotas(const std::array<std::uint64_t, 6>& values, QUOTA_LIMITS& quotas) {
  quotas.PagedPoolLimit = values[0];
  quotas.NonPagedPoolLimit = values[1];
  quotas.MinimumWorkingSetSize = values[2];
  quotas.MaximumWorkingSetSize = values[3];
  quotas.PagefileLimit = values[4];
  quotas.TimeLimit.QuadPart = static_cast<LONGLONG>(values[5]);
}

// Everything or nothing: a logon whose profile cannot be placed must not leave its token behind.
NTSTATUS deliver(ProcessClient& client, const openlsa::seam::LsaLogonUserReply& reply, ClientWindow& window,
                 const Outputs& out) {
  // Without a profile nobody could free a buffer: it goes with the window.
  const bool placed = reply.profile_address == 0 || window.apply(reply.writes, FreedBy::lsa_free_return_buffer);
  const bool profile_good = reply.profile_address == 0
                                ? reply.profile_size_bytes == 0
                                : window.is_block(reply.profile_address, reply.profile_size_bytes);
  if (!placed || !profile_good || reply.token == 0) {
    if (reply.token != 0) client.call(&AuthorityCalls::close_token, {reply.token}, authority_lost);
    if (placed) window.take_back();
    return STATUS_INTERNAL_ERROR;
  }
  *out.profile = reinterpret_cast<PVOID>(reply.profile_address);
  *out.profile_size_bytes = reply.profile_size_bytes;
  *out.logon_id = {reply.logon_id.low(), reply.logon_id.high()};
  *out.token = reinterpret_cast<HANDLE>(std::uintptr_t{reply.token});
  write_quotas(reply.quotas, *out.quotas);
  *out.sub_status = STATUS_SUCCESS;
  return reply.status;
}

}  // namespace

NTSTATUS LsaLogonUser(HANDLE LsaHandle, PLSA_STRING OriginName, SECURITY_LOGON_TYPE LogonType,
                      ULONG AuthenticationPackage, PVOID AuthenticationInformation,
                      ULONG AuthenticationInformationLength, PTOKEN_GROUPS LocalGroups, PTOKEN_SOURCE SourceContext,
                      PVOID* ProfileBuffer, PULONG ProfileBufferLength, PLUID LogonId, PHANDLE Token,
                      PQUOTA_LIMITS Quotas, PNTSTATUS SubStatus) {
  return at_edge([&]() -> NTSTATUS {
    const Outputs out{ProfileBuffer, ProfileBufferLength, LogonId, Token, Quotas, SubStatus};
    if (!out.complete()) return STATUS_INVALID_PARAMETER;
    if (OriginName == nullptr || (OriginName->Buffer == nullptr && OriginName->Length != 0) || SourceContext == nullptr)
      return STATUS_INVALID_PARAMETER;
    openlsa::seam::LsaLogonUserRequest request;
    if (const NTSTATUS status = copy_groups(LocalGroups, request.local_groups); status != STATUS_SUCCESS) return status;
    if (!copy_submit_buffer(AuthenticationInformation, AuthenticationInformationLength, request.submit_buffer))
      return STATUS_INVALID_PARAMETER;
    const auto handle = find_lsa_handle(LsaHandle);
    if (!handle.client) return STATUS_INVALID_HANDLE;
    ClientWindow window;
    if (!window.valid()) return STATUS_NO_MEMORY;

    request.frame = call_frame(window.view());
    request.lsa_handle = handle.value;
    if (OriginName->Length != 0) request.origin_name.assign(OriginName->Buffer, OriginName->Length);
    request.logon_type = static_cast<std::uint32_t>(LogonType);
    request.package = AuthenticationPackage;
    request.submit_address = reinterpret_cast<std::uintptr_t>(AuthenticationInformation);
    request.source = copy_source(*SourceContext);
    const auto reply = handle.call(&AuthorityCalls::lsa_logon_user, std::move(request));
    if (openlsa::nt::succeeded(reply.status)) return deliver(*handle.client, reply, window, out);
    // "SubStatus is set only when the account's information was valid and the logon was refused."
    *SubStatus = reply.sub_status;
    return reply.status;
  });
}
