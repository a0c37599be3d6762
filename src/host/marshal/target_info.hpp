// SECPKG_TARGETINFO as a value, and back.
#pragma once

#include "host/marshal/strings.hpp"
#include "seam/package_calls.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host::marshal {

// NULL: nothing is said.
Copied<seam::TargetInfo> copy_target_info(const SECPKG_TARGETINFO* info, Reach reach);
// What a package returned, with its members, where they are blocks of their own.
void free_target_info(SECPKG_TARGETINFO* info);
// A new block of the LSA heap with the structure and all that it points to; nullptr when there is no memory.
SECPKG_TARGETINFO* give_target_info(const seam::TargetInfo& value);

// Points into the value, valid while both live.
class TargetInfoView {
 public:
  explicit TargetInfoView(const seam::TargetInfo& value);
  TargetInfoView(const TargetInfoView&) = delete;
  TargetInfoView& operator=(const TargetInfoView&) = delete;
  SECPKG_TARGETINFO* get() { return &structure_; }

 private:
  base::Bytes sid_;
  SECPKG_TARGETINFO structure_{};
};

}  // namespace openlsa::host::marshal
