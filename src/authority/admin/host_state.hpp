// What a host owns on this machine: a uid of [first, last] host_uids, and a private directory <state>/hosts/<name>/.
#pragma once

#include <string>

#include "authority/authority.hpp"
#include "base/result.hpp"

namespace openlsa::authority::admin {

// A uid that no other host, account or host directory has. A host directory that is still there keeps its uid, so that
// nobody inherits the state of a package that was removed, except the package of the same name.
base::OrFailure<std::uint32_t> choose_host_uid(Authority& authority, const std::string& name);

// Makes the directory, 0700 and owned by the host's uid (by our own, when we are not root).
base::OrFailure<> make_host_directory(const Configuration& configuration, const DropIn& drop_in);
std::string host_directory(const Configuration& configuration, const std::string& name);

// As whom the host of this file runs: those of an authority that is not root run as its own user.
std::uint32_t host_uid(const DropIn& drop_in);

}  // namespace openlsa::authority::admin
