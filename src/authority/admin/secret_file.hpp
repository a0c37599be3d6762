// A secret that came with a call, in a file of its own: it is never part of the message, whose text nobody wipes.
#pragma once

#include "authority/admin/verbs.hpp"
#include "base/secret.hpp"

namespace openlsa::authority::admin {

// The whole of the only file of the call, at most `limit` bytes.
base::OrFailure<base::Secret> secret_file(const Call& call, std::size_t limit);
// A password in UTF-8, without the end of its line; as UTF-16LE.
base::OrFailure<base::Secret> password_file(const Call& call);

}  // namespace openlsa::authority::admin
