// SECPKG_SURROGATE_LOGON as a value, and back. What the documentation leaves open is decided here:
// - The entries that PreLogonUserSurrogate adds, and their Data, are blocks of the LSA heap (or the private heap), and
//   the LSA's from a successful return on: it copies, wipes and frees them. After a failure they stay the package's.
// - Data has no size in the structure. It ends with the block that it lies in.
// - What LogonUserEx3 and PostLogonUserSurrogate get is the LSA's, and valid during the call.
#pragma once

#include "host/marshal/strings.hpp"
#include "seam/package_calls.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host::marshal {

Copied<std::vector<seam::SurrogateEntry>> copy_surrogate_entries(const SECPKG_SURROGATE_LOGON& logon);
void free_surrogate_entries(SECPKG_SURROGATE_LOGON& logon);

// Points into the value, valid while both live.
class SurrogateView {
 public:
  explicit SurrogateView(const seam::SurrogateLogon& value);
  SurrogateView(const SurrogateView&) = delete;
  SurrogateView& operator=(const SurrogateView&) = delete;
  SECPKG_SURROGATE_LOGON* get() { return &structure_; }

 private:
  std::vector<SECPKG_SURROGATE_LOGON_ENTRY> entries_;
  SECPKG_SURROGATE_LOGON structure_{};
};

}  // namespace openlsa::host::marshal
