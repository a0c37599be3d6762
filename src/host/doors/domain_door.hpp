// The domain door (openlsa_domain.h): asks a directory about accounts that are not this machine's. Values come in, the
// documented structures go to the file, deep copies of what it returns go back, checked completely.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "base/module.hpp"
#include "host/package/loaded_package.hpp"
#include "seam/door_calls.hpp"

#include <openlsa/openlsa_domain.h>

namespace openlsa::host {

class Runtime;

class DomainDoor {
 public:
  // The entry points that the file exports, or why it cannot be used (a predicate, for "FILE ..."). `initialize`: it is
  // to be used, and `door` is made; otherwise the file is only looked at.
  static std::expected<std::vector<std::string>, std::string> open(Runtime& runtime, const base::Module& module,
                                                                   bool initialize, std::unique_ptr<DomainDoor>& door);

  seam::LogOnDomainAccountReply log_on_domain_account(seam::LogOnDomainAccountRequest request);
  seam::LookUpDomainAccountReply look_up_domain_account(seam::LookUpDomainAccountRequest request);
  seam::EnumerateDomainsReply enumerate_domains(seam::EnumerateDomainsRequest request);
  seam::ChangeDomainPasswordReply change_domain_password(seam::ChangeDomainPasswordRequest request);

 private:
  DomainDoor(Runtime& runtime, const base::Module& module);
  std::expected<void, std::string> initialize(const base::Module& module);
  // A line in the log, and the status that the call then fails with.
  nt::Status refuse(const char* entry_name, const char* what) const;

  Runtime& runtime_;
  // No package, but calls are made in the name of one: its name is the file's.
  LoadedPackage file_;
  OPENLSA_DOMAIN_INTERFACE table_{};  // a copy
};

}  // namespace openlsa::host
