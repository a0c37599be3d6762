// Whose keys a caller may change: its own; with SeTcbPrivilege anybody's (SshKeyEnrol).
#pragma once

#include "lsa_mode/accounts.hpp"
#include "lsa_mode/caller.hpp"

namespace sshkey {

// `name` is what the caller wrote; empty means itself. The status when it may not, or when there is no such account.
std::expected<LocalAccount, NTSTATUS> account_to_manage(const Package& package, const Caller& caller,
                                                        std::string_view name);

}  // namespace sshkey
