// Which packages an identity allows (SEC_WINNT_AUTH_IDENTITY_EX and _EX2, PackageList): names with commas between them,
// or, after "!", names that are not to be used.
#pragma once

#include <string_view>

#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client::negotiate {

class PackageList {
 public:
  PackageList() = default;
  explicit PackageList(std::u16string_view text);

  // Without any name that is allowed every other one is.
  bool allows(std::u16string_view package) const;

 private:
  std::vector<std::u16string> allowed_, excluded_;
};

// Of what an application supplied; NULL and the plain form have none. SEC_E_UNKNOWN_CREDENTIALS.
nt::Status read_package_list(const void* identity, PackageList& list);

}  // namespace openlsa::client::negotiate
