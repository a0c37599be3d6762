#include "statuses.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdio>

namespace winbind {
namespace {

std::atomic<bool> silent{false};

bool is_unreachable(NTSTATUS status) {
  switch (status) {
    case STATUS_NO_LOGON_SERVERS:
    case STATUS_DOMAIN_CONTROLLER_NOT_FOUND:
    case STATUS_HOST_UNREACHABLE:
    case STATUS_NETWORK_UNREACHABLE:
    case STATUS_IO_TIMEOUT:
    case STATUS_CONNECTION_REFUSED:
    case STATUS_CONNECTION_DISCONNECTED:
    case STATUS_CONNECTION_RESET:
    case STATUS_CONNECTION_INVALID:
    case STATUS_CONNECTION_ABORTED:
    case STATUS_PIPE_NOT_AVAILABLE:
    case STATUS_PIPE_DISCONNECTED:
    case STATUS_PIPE_BROKEN:
    case STATUS_BAD_NETWORK_NAME:
    case STATUS_BAD_NETWORK_PATH:
    case STATUS_UNEXPECTED_NETWORK_ERROR:
    case STATUS_NETLOGON_NOT_STARTED:
    case RPC_NT_SERVER_UNAVAILABLE:
      return true;
    default:
      return false;
  }
}

}  // namespace

NTSTATUS status_of_domain(std::uint32_t nt_status) {
  const auto status = static_cast<NTSTATUS>(nt_status);
  constexpr std::uint32_t error_severity = 3;  // [MS-ERREF] 2.3
  if (nt_status >> 30 != error_severity) return STATUS_UNSUCCESSFUL;
  if (is_unreachable(status)) return STATUS_NO_LOGON_SERVERS;
  // Of winbindd itself: this machine has no account in a domain, or the domain does not know it any more.
  if (status == STATUS_CANT_ACCESS_DOMAIN_INFO) return STATUS_NO_TRUST_LSA_SECRET;
  if (status == STATUS_ACCESS_DENIED) return STATUS_TRUSTED_RELATIONSHIP_FAILURE;
  return status;
}

NTSTATUS status_of(wbc::Error result, const wbc::AuthError* error) {
  if (result == wbc::winbind_not_available) {
    note_winbind_is_silent();
    return STATUS_NO_LOGON_SERVERS;
  }
  note_winbind_answers();
  if (error != nullptr && error->nt_status != 0) return status_of_domain(error->nt_status);
  switch (result) {
    case wbc::no_memory:
      return STATUS_NO_MEMORY;
    case wbc::invalid_param:
      return STATUS_INVALID_PARAMETER;
    case wbc::unknown_user:
    case wbc::domain_not_found:
      return STATUS_NO_SUCH_USER;
    case wbc::auth_error:
      return STATUS_LOGON_FAILURE;
    default:
      return STATUS_UNSUCCESSFUL;
  }
}

void note_winbind_is_silent() {
  if (silent.exchange(true)) return;
  std::fprintf(stderr,
               "winbind: winbindd does not answer at /run/samba/winbindd, or does not let gid %u use its privileged "
               "pipe (/var/lib/samba/winbindd_privileged). Is it running? `wbinfo -t` says more.\n",
               static_cast<unsigned>(::getegid()));
}

void note_winbind_answers() { silent.store(false); }

}  // namespace winbind
