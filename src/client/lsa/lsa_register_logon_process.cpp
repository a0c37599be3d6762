#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"

using namespace openlsa::client;

// The name goes to the audit log; STATUS_PORT_CONNECTION_REFUSED without SeTcbPrivilege.
NTSTATUS LsaRegisterLogonProcess(PLSA_STRING LogonProcessName, PHANDLE LsaHandle, PLSA_OPERATIONAL_MODE SecurityMode) {
  return at_edge([&]() -> NTSTATUS {
    if (LsaHandle == nullptr) return STATUS_INVALID_PARAMETER;
    std::string name;
    if (const NTSTATUS status = copy_lsa_name(LogonProcessName, name); status != STATUS_SUCCESS) return status;
    const NTSTATUS status = connect_to_lsa(true, name, LsaHandle);
    // "The value returned is meaningless and should be ignored."
    if (status == STATUS_SUCCESS && SecurityMode != nullptr) *SecurityMode = 0;
    return status;
  });
}
