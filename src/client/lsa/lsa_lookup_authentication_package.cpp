#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"

using namespace openlsa::client;

NTSTATUS LsaLookupAuthenticationPackage(HANDLE LsaHandle, PLSA_STRING PackageName, PULONG AuthenticationPackage) {
  return at_edge([&]() -> NTSTATUS {
    if (AuthenticationPackage == nullptr) return STATUS_INVALID_PARAMETER;
    std::string name;
    if (const NTSTATUS status = copy_lsa_name(PackageName, name); status != STATUS_SUCCESS) return status;
    const auto handle = find_lsa_handle(LsaHandle);
    if (!handle.client) return STATUS_INVALID_HANDLE;
    const auto reply = handle.call(&openlsa::seam::AuthorityCalls::lookup_package, {handle.value, name});
    if (reply.status == STATUS_SUCCESS) *AuthenticationPackage = reply.package;
    return reply.status;
  });
}
