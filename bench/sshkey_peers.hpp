// Two logged-on parties of the sshkey package in this process, and handshakes between them: public functions only.
#pragma once

#include <openlsa/sspi.h>
#include <openlsa/windows.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "private_authority.hpp"

namespace openlsa::bench {

// Two accounts and the package, with an authority of that composition. This process becomes its client.
class SshkeyAuthority {
 public:
  explicit SshkeyAuthority(const std::string& composition);
  const PrivateAuthority& authority() const { return authority_; }

 private:
  PrivateAuthority authority_;
};

// One session: enrolled, logged on, credentials acquired.
class SshkeyParty {
 public:
  SshkeyParty(const std::string& account, ULONG credential_use);
  ~SshkeyParty();
  SshkeyParty(const SshkeyParty&) = delete;
  SshkeyParty& operator=(const SshkeyParty&) = delete;
  CredHandle* credentials() { return &credentials_; }

 private:
  void enrol_and_log_on(const std::string& account);
  HANDLE token_ = nullptr;
  LUID logon_id_{};
  CredHandle credentials_{};
};

// A finished context on each side.
class Conversation {
 public:
  Conversation(SshkeyParty& client, SshkeyParty& server, std::vector<SEC_WCHAR>& target);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  CtxtHandle* client() { return &client_; }
  CtxtHandle* server() { return &server_; }

 private:
  CtxtHandle client_{};
  CtxtHandle server_{};
};

// account@authority-id of the authority that this process is connected to.
std::vector<SEC_WCHAR> target_of(const std::string& account);

}  // namespace openlsa::bench
