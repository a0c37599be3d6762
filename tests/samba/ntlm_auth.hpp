// Samba's ntlm_auth as the other side of a handshake: one process, one line for each request and answer
// (ntlm_auth(1), "--helper-protocol"), tokens in base64.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <vector>

namespace openlsa::test {

class NtlmAuth {
 public:
  struct Answer {
    std::string code;   // "TT", "AF", ...
    std::string token;  // decoded; empty for "*" and for none
    std::string rest;   // the words behind the code as they came
  };

  // The member's smb.conf, named expressly, as programs do that keep one of their own.
  NtlmAuth(const char* protocol, const std::vector<std::string>& arguments = {});
  ~NtlmAuth();
  NtlmAuth(const NtlmAuth&) = delete;
  NtlmAuth& operator=(const NtlmAuth&) = delete;

  Answer ask(const std::string& code);
  Answer ask(const std::string& code, const std::string& token);
  std::string session_key() { return ask("GK").token; }

 private:
  Answer ask_line(const std::string& line);
  pid_t process_ = -1;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
};

// Signing, sealing and the session key are wanted: before the first token.
void want_protection(NtlmAuth& peer);

}  // namespace openlsa::test
