// What GetAuthDataForUser gives out and ConvertAuthDataToToken takes back: sealed, so that a package can neither read
// nor make it, for one package, and for a short time.
#pragma once

#include <chrono>
#include <optional>

#include "authority/credentials/secret_box.hpp"
#include "nt/sid.hpp"
#include "seam/identity.hpp"

namespace openlsa::authority {

struct AuthData {
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::minutes lifetime{5};

  seam::PackageId package = 0;
  Clock::time_point expires;
  nt::Sid user;

  base::Secret seal(const SecretBox& box) const;
  // Nothing when it is not one of this authority's.
  static std::optional<AuthData> open(const SecretBox& box, const base::Secret& sealed);
};

}  // namespace openlsa::authority
