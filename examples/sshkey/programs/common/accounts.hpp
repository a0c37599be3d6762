// Names of accounts as a person types them, and the keys that are enrolled for them.
#pragma once

#include "common/lsa_connection.hpp"

namespace sshkey::programs {

// The account in UTF-16; an account name of the API is at most 256 characters.
OrFailure<std::u16string> account_name(const std::string& text);
// The name of the user that this process runs as, for programs that are not told an account.
OrFailure<std::string> own_account();

struct RefusedKeyLine {
  std::uint32_t number = 0;
  std::string reason;
};
struct Enrolment {
  std::uint32_t keys = 0;
  std::vector<RefusedKeyLine> refused;
};
// SshKeyEnrol: `lines` of an authorized_keys file; an empty account means the caller's own.
OrFailure<Enrolment> enrol(const LsaConnection& lsa, const std::string& account, std::string_view lines);

// SshKeyListKeys: fingerprints. Nothing when the caller may not ask, as for another person's account.
std::optional<std::vector<std::string>> enrolled_fingerprints(const LsaConnection& lsa, const std::u16string& account);

}  // namespace sshkey::programs
