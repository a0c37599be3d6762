// examples/http_negotiate's server, and requests to a port of 127.0.0.1 as they stand.
#pragma once

#include <memory>
#include <string>

#include "http/programs.hpp"
#include "msv1_0/ntlm_authority.hpp"

namespace openlsa::test {

class HttpServer {
 public:
  explicit HttpServer(const Words& options = {});
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
  unsigned port() const { return port_; }
  std::string said() const { return server_->said(); }

 private:
  static unsigned port_of(const std::string& said);
  TemporaryDirectory directory_;
  std::unique_ptr<Server> server_;
  unsigned port_ = 0;
};

// Sends the bytes, and nothing after them; what comes back until the server ends the connection.
std::string send_bytes(unsigned port, const std::string& bytes);
// Whether something listens there.
bool answers(unsigned port);

// A file for NTLM_USER_FILE: alice with this password.
std::string gss_users(const std::string& directory, const std::string& password);

}  // namespace openlsa::test
