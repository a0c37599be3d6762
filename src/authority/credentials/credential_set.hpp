// The credential set of one logon session, as the credential manager has it: by target name and type. It lives as long
// as the session (CRED_PERSIST_SESSION); secrets in it are sealed. The store locks (credential_store.hpp).
#pragma once

#include <functional>
#include <vector>

#include "authority/credentials/secret_box.hpp"
#include "nt/status.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::authority {

class CredentialSet {
 public:
  static constexpr std::size_t max_credentials = 256;
  static constexpr std::size_t max_bytes = 1u << 20;  // of all that packages wrote

  // Whether the blob that this package wrote is for the reader.
  using MayRead = std::function<bool(seam::PackageId writer)>;

  // Replaces the one of the same target name and type. STATUS_QUOTA_EXCEEDED.
  nt::Status write(seam::PackageId writer, seam::Credential credential, const SecretBox& box);
  // STATUS_NOT_FOUND
  seam::ReadCredentialReply read(std::u16string_view target_name, std::uint32_t type, const SecretBox& box,
                                 const MayRead& may_read) const;
  // The most specific one of each type that is wanted, in the order of the types. STATUS_NOT_FOUND,
  // STATUS_INVALID_PARAMETER.
  seam::ReadDomainCredentialsReply read_domain(const seam::CredentialTarget& target, const SecretBox& box,
                                               const MayRead& may_read) const;

 private:
  struct Entry {
    seam::PackageId writer = 0;
    seam::Credential credential;  // without its blob
    Sealed blob;                  // empty: there is none
    std::size_t size_bytes = 0;
  };
  const Entry* find(std::u16string_view target_name, std::uint32_t type) const;
  static bool give(const Entry& entry, const SecretBox& box, const MayRead& may_read, seam::Credential& out);

  std::vector<Entry> entries_;
  std::size_t size_bytes_ = 0;
};

}  // namespace openlsa::authority
