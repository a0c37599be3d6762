// As much of SMB 2.1 ([MS-SMB2]) as a session and a share take: NEGOTIATE, SESSION_SETUP with the tokens of our SSPI,
// TREE_CONNECT, signed with the session's key.
#pragma once

#include <cstdint>
#include <string>

#include "support/sspi_client.hpp"

namespace openlsa::test {

class Smb2Connection {
 public:
  explicit Smb2Connection(const std::string& address);
  ~Smb2Connection();
  Smb2Connection(const Smb2Connection&) = delete;
  Smb2Connection& operator=(const Smb2Connection&) = delete;

  struct Response {
    std::uint32_t status = 0xffffffff;  // when the connection has ended
    std::string bytes;                  // from the header on
  };

  // What the server sends first for the client's SPNEGO (NegTokenInit2).
  std::string negotiate();
  Response session_setup(const std::string& token);
  static std::string token_of(const Response& session_setup);
  // From now on requests are signed, and responses are expected to be.
  void sign_with(const std::string& session_key) { key_ = session_key; }
  Response tree_connect(const std::string& share);
  // Whether this response carries the signature that the key gives ([MS-SMB2] 3.1.5.1).
  bool is_signed(const Response& response) const;

 private:
  Response exchange(std::uint16_t command, const std::string& body);
  std::string signature_of(std::string message) const;

  int socket_ = -1;
  std::uint64_t message_ = 0;
  std::uint64_t session_ = 0;
  std::string key_;
};

}  // namespace openlsa::test
