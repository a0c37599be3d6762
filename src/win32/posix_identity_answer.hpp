// nt::PosixIdentity as OPENLSA_POSIX_IDENTITY (openlsa.h). The package interface of the hosts answers with it too.
#pragma once

#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>

#include <algorithm>
#include <optional>

#include "nt/token_data.hpp"

namespace openlsa::win32 {

// STATUS_BUFFER_OVERFLOW, with the answer filled in, when there are more groups than it holds.
inline NTSTATUS answer_posix_identity(const std::optional<nt::PosixIdentity>& identity,
                                      OPENLSA_POSIX_IDENTITY& answer) {
  answer = {};
  if (!identity) return STATUS_SUCCESS;
  answer.Uid = identity->uid;
  answer.Gid = identity->gid;
  answer.GroupCount = static_cast<std::uint32_t>(identity->groups.size());
  std::copy_n(identity->groups.begin(), std::min<std::size_t>(identity->groups.size(), OPENLSA_MAX_GROUPS),
              answer.Groups);
  answer.HasIdentity = 1;
  return identity->groups.size() > OPENLSA_MAX_GROUPS ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

}  // namespace openlsa::win32
