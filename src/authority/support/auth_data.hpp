// What GetAuthDataForUser and GetUserAuthData give out and ConvertAuthDataToToken takes back: sealed, so that a package
// can neither read nor make it, for one package, and for a short time.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <vector>

#include "authority/accounts/account.hpp"
#include "authority/credentials/secret_box.hpp"
#include "nt/sid.hpp"
#include "nt/status.hpp"
#include "seam/identity.hpp"

namespace openlsa::authority {

struct AuthData {
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::minutes lifetime{5};
  static constexpr std::size_t max_groups = 1024;

  seam::PackageId package = 0;
  Clock::time_point expires;
  nt::Sid user;
  std::vector<nt::Sid> groups;  // what ExpandAuthDataForDomain put in

  // STATUS_ACCOUNT_DISABLED
  static std::expected<AuthData, nt::Status> of(const Account& account, seam::PackageId package);

  base::Secret seal(const SecretBox& box) const;
  // Nothing when it is not one of this authority's, or its time is over.
  static std::optional<AuthData> open(const SecretBox& box, const base::Secret& sealed);
};

}  // namespace openlsa::authority
