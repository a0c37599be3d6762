// A failure as the programs report it: one sentence of what happened and where, and one of what to do next.
#pragma once

#include <openlsa/windows.h>

#include <expected>
#include <string>

namespace sshkey::programs {

struct Failure {
  std::string message;
  NTSTATUS status = 0;  // 0: no function of the LSA was involved
};
template <class T>
using OrFailure = std::expected<T, Failure>;

inline std::unexpected<Failure> fail(std::string message, NTSTATUS status = 0) {
  return std::unexpected(Failure{std::move(message), status});
}

// "LsaLogonUser for account alice: STATUS_LOGON_FAILURE (0xC000006D). <what to do next>"
std::unexpected<Failure> fail_with_status(const std::string& where, NTSTATUS status);
// The name in ntstatus.h or winerror.h, and the number; only the number for one that these programs do not expect.
std::string status_text(NTSTATUS status);

}  // namespace sshkey::programs
