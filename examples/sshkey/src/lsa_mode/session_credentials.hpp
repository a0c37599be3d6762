// The session keys. The LSA keeps each as a credential of its logon session (AddCredential), where it survives this
// process; a copy of those in use is in memory here. A key goes when its session terminates, or when its statement no
// longer holds.
#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

// For a session that this package has just made.
NTSTATUS keep_credential(Package& package, const LUID& logon_id, std::shared_ptr<const Credential> credential);

// The session's key, while it holds; null otherwise.
std::shared_ptr<const Credential> find_credential(Package& package, std::uint64_t logon_id);

// Forgets and wipes the session's key, here and in the LSA, and ends handshakes that use it.
void drop_credential(Package& package, std::uint64_t logon_id);

// Forgets the keys that no longer hold. Called at the start of calls that are rare enough; SpAcquireCredentialsHandle
// and each leg look at the time themselves.
void drop_expired_credentials(Package& package);

}  // namespace sshkey
