#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"

using namespace openlsa::client;

// The name goes to the audit log; STATUS_PORT_CONNECTION_REFUSED without SeTcbPrivilege.
NTSTATUS LsaRegisterLogonProcess(PLSA_STRING LogonProcessName, PHANDLE LsaHandle, PLSA_OPERATIONAL_MODE SecurityMode) {
  return at_edge([&]() -> NTSTATUS {
    if (LsaHandle == nullptr) return STATUS_INVALID_PARAMETER;
    *LsaHandle = nullptr;
    std::string name;
    if (const NTSTATUS status = copy_lsa_name(LogonProcessName, name); status != STATUS_SUCCESS) return status;
    if (SecurityMode != nullptr) *SecurityMode = 0;  // "The value returned is meaningless and should be ignored."
    return connect_to_lsa(true, name, LsaHandle);
  });
}
