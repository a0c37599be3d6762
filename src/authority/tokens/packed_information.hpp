// Token information in one small block. SIDs are kept in their binary form: a session with its token has to stay
// near one kilobyte, and a parsed SID has room for fifteen sub-authorities.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "nt/token_data.hpp"

namespace openlsa::authority {

class PackedInformation {
 public:
  PackedInformation(const nt::TokenInformation& information, const std::optional<nt::PosixIdentity>& posix);

  nt::TokenInformation information() const;
  std::optional<nt::PosixIdentity> posix() const;
  nt::Sid user() const;
  bool has_group(const nt::Sid& sid) const;
  // ... and the group is enabled: a group "for deny only" gives nothing.
  bool has_enabled_group(const nt::Sid& sid) const;
  bool has_privilege(nt::Luid privilege) const;
  std::size_t size_bytes() const { return size_; }

 private:
  base::ByteView bytes() const { return {block_.get(), size_}; }
  std::unique_ptr<std::uint8_t[]> block_;
  std::uint32_t size_ = 0;
  std::uint32_t posix_offset_ = 0;
};

}  // namespace openlsa::authority
