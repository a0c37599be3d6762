// The challenges that this machine's acceptors have open. One that comes to an initiator of this machine from another
// than this machine is our own, sent back (reflection, CVE-2008-4037 and CVE-2025-33073).
#pragma once

#include "crypto/ntlm_response.hpp"
#include "lsa_mode/package.hpp"

namespace msv1_0 {

// Open as long as it lives.
class OwnChallenge {
 public:
  explicit OwnChallenge(const crypto::Challenge& challenge);
  OwnChallenge(const OwnChallenge&) = delete;
  OwnChallenge& operator=(const OwnChallenge&) = delete;
  ~OwnChallenge();

 private:
  const crypto::Challenge challenge_;
};

bool is_own_challenge(const crypto::Challenge& challenge);
// Whether the application named this machine: its names, or a loopback address, in an SPN or alone. No name at all
// says nothing, and is taken for this machine.
bool is_own_target(const Package::Setting& setting, std::u16string_view target_name);

}  // namespace msv1_0
