// What the LogonUser functions give back, in the documented structures. The LSA frees all of it but the profile buffer
// (LsaApLogonUserEx2). After a failure only the names are ours: a package may have freed the rest on its way out and
// left the pointers behind, and such an address may be somebody else's block by now.
#pragma once

#include "host/current_call.hpp"
#include "host/package/loaded_package.hpp"
#include "seam/package_calls.hpp"

namespace openlsa::host {

class LogonResults {
 public:
  LogonResults() = default;
  LogonResults(const LogonResults&) = delete;
  LogonResults& operator=(const LogonResults&) = delete;
  ~LogonResults();

  // What the slot is called with.
  struct Input {
    std::uint32_t logon_type = 0;
    base::MutableByteView submit;
    std::uint64_t address = 0;
    SECPKG_SURROGATE_LOGON* surrogate = nullptr;  // LogonUserEx3
  };
  // The newest slot that the package fills, with these results as its out-parameters.
  nt::Status run(CurrentCall& call, const Input& input);
  // Copies everything into the reply; why not, when something of it cannot be used.
  const char* copy_success(CurrentCall& call, seam::LogonUserReply& reply) const;
  // The name for the audit record, and nothing else.
  void copy_failure(const LoadedPackage& package, seam::LogonUserReply& reply) const;

 private:
  nt::Status enter_slot(CurrentCall& call, const Input& input);

  bool succeeded_ = false;
  PVOID profile_ = nullptr;
  ULONG profile_size_ = 0;
  LUID logon_id_{};
  NTSTATUS sub_status_ = STATUS_SUCCESS;
  LSA_TOKEN_INFORMATION_TYPE token_type_ = LsaTokenInformationNull;
  PVOID token_information_ = nullptr;
  PUNICODE_STRING account_ = nullptr;
  PUNICODE_STRING authority_ = nullptr;
  PUNICODE_STRING machine_ = nullptr;
  // The larger structure, for packages that set PRIMARY_CRED_EX.
  SECPKG_PRIMARY_CRED_EX primary_{};
  PSECPKG_SUPPLEMENTAL_CRED_ARRAY supplemental_ = nullptr;
};

// The slot that LogonResults::run uses exists.
bool offers_logon(const LoadedPackage& package);

}  // namespace openlsa::host
