// A bare SSP: a shared object that exports InitSecurityInterface, loaded into the application ("Creating Custom
// Security Packages", Security Support Provider DLLs). It has no half in the authority.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/module.hpp"
#include "client/bare/bare_tables.hpp"
#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

// A slot of a provider's table; SEC_E_UNSUPPORTED_FUNCTION for one that it leaves empty.
template <class Function, class... Arguments>
nt::Status bare_call(Function* slot, Arguments... arguments) {
  return slot == nullptr ? nt::Status{SEC_E_UNSUPPORTED_FUNCTION} : slot(arguments...);
}

class BareProvider {
 public:
  // The file must be trusted as a user-mode half is (verified_file.hpp). A failure says why it is not used.
  static base::OrFailure<std::shared_ptr<const BareProvider>> load(const std::string& path, uid_t owner);

  // A part of this library that is called as a bare SSP is; the blocks that it returns are the library's own.
  static std::shared_ptr<const BareProvider> built_in(const BareTables& tables);

  const std::string& path() const { return path_; }  // as it was asked for
  const std::vector<seam::PackageInfo>& packages() const { return packages_; }
  const SecurityFunctionTableW& wide() const { return tables_.wide; }
  const SecurityFunctionTableA& ansi() const { return tables_.ansi; }
  // Which form a call is made in: the caller's own, where the provider has it. True: the A form.
  bool form(bool ansi) const { return ansi ? tables_.has_ansi : !tables_.has_wide; }

  // Leaves a block of the provider's to FreeContextBuffer, which gives it back to the provider.
  void adopt(void* block) const;
  void free(void* block) const;

 private:
  base::OrFailure<> list_packages();
  template <class Info>
  base::OrFailure<> copy_packages(SECURITY_STATUS (*enumerate)(ULONG*, Info**));

  bool built_in_ = false;
  std::string path_;
  base::Module module_;
  BareTables tables_;
  std::vector<seam::PackageInfo> packages_;
};

// One package of a provider.
struct BarePackage {
  std::shared_ptr<const BareProvider> provider;
  seam::PackageInfo info;
};

}  // namespace openlsa::client
