// AddSecurityPackage and DeleteSecurityPackage: what both know of the name, and their calls to the authority.
//
// The name is a file's, absolute or in the providers' directory, in one of the two syntaxes of the registry: with its
// ending it is a bare SSP (SecurityProviders), without it a package of the authority (Security Packages).
#pragma once

#include <openlsa/sspi.h>

#include <optional>
#include <string>

#include "nt/status.hpp"

namespace openlsa::client {

struct PackageName {
  std::u16string text;
  std::string path;  // of the file, without the ending when the name has none
  bool has_ending = false;
  std::string file() const { return has_ending ? path : path + ".so"; }
  // As the authority lists the file; nothing when it lists none so: "slow.1" is not the package "slow".
  std::optional<std::string> drop_in() const;
};
// SEC_E_INVALID_PARAMETER for a name that is none.
nt::Status read_package_name(const SEC_CHAR* given, PackageName& name);
nt::Status read_package_name(const SEC_WCHAR* given, PackageName& name);

// What lsactl package add and package remove do, with no rights given. STATUS_PRIVILEGE_NOT_HELD without
// SeTcbPrivilege: the authority is asked first, since it ends the connection of who administers it without. Adding
// while another change of packages is under way is SEC_E_CANNOT_INSTALL, as any refusal; removing waits for it a
// little, then it is SEC_E_INTERNAL_ERROR.
nt::Status add_to_authority(const PackageName& name);
nt::Status remove_from_authority(const PackageName& name);

}  // namespace openlsa::client
