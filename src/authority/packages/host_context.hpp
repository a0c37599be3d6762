// What a running host is to the authority: the object behind the support functions knows its host by this.
#pragma once

#include <atomic>
#include <memory>

#include "authority/packages/announced_sessions.hpp"
#include "authority/packages/drop_in.hpp"
#include "authority/tokens/token_table.hpp"
#include "seam/identity.hpp"

namespace openlsa::authority {

// A package file has a block of ids; package n of its table has first + n. The block never changes hands.
inline constexpr seam::PackageId ids_per_file = 64;
struct PackageIds {
  seam::PackageId first = 0;
  bool contains(seam::PackageId id) const { return id >= first && id - first < ids_per_file; }
};

struct HostContext {
  seam::HostId id;
  std::shared_ptr<const DropIn> drop_in;
  PackageIds packages;                   // a host speaks for these only
  std::shared_ptr<HandleTable> handles;  // the tokens that its packages hold
  bool check_only = false;               // a throw-away host (`package check`): it may ask for nothing
  AnnouncedSessions announced;
  std::atomic<bool> ends{false};  // it is being shut down
  const Rights& rights() const { return drop_in->rights; }
};

}  // namespace openlsa::authority
