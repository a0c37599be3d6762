// examples/http_negotiate's client against Apache with mod_auth_gssapi, whose acceptor is gss-ntlmssp: as NTLM, and in
// MIT's SPNEGO as Negotiate.
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/http_client.hpp"
#include "http/http_server.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"

namespace openlsa::test {
namespace {

const std::string modules = "/usr/lib/apache2/modules/";

// Free a moment ago, and not given again soon.
unsigned free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  socklen_t size = sizeof address;
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    give_up("cannot find a free port");
  ::close(socket);
  return ntohs(address.sin_port);
}

class ApacheServer {
 public:
  ApacheServer() {
    make_directory(place() + "/pages", 0755);
    write_file(place() + "/pages/index.html", "welcome\n", 0644);
    const Environment users{{"NTLM_USER_FILE", gss_users(place(), alice_password)}};
    for (int tries = 0; tries < 5; ++tries) {
      port_ = free_port();
      write_file(place() + "/httpd.conf", configuration(), 0644);
      server_ = std::make_unique<Server>(
          Words{find_program("apache2"), "-d", place(), "-f", place() + "/httpd.conf", "-DFOREGROUND"},
          place() + "/output", users);
      if (eventually([&] { return answers(port_) || !server_->runs(); }) && server_->runs()) return;
    }
    give_up("Apache does not start; it says:\n" + said());
  }
  unsigned port() const { return port_; }
  std::string said() const { return server_->said() + read_file(place() + "/error"); }
  std::string log() const { return read_file(place() + "/access"); }

 private:
  const std::string& place() const { return directory_.path(); }
  std::string configuration() const {
    std::string text = "ServerName localhost\nListen 127.0.0.1:" + std::to_string(port_) + "\nDefaultRuntimeDir " +
                       place() + "\nPidFile " + place() + "/pid\nErrorLog " + place() +
                       "/error\nLogLevel auth_gssapi:info\n";
    for (const char* name : {"mpm_event", "authn_core", "authz_core", "authz_user", "auth_gssapi", "dir"})
      text += "LoadModule " + std::string(name) + "_module " + modules + "mod_" + name + ".so\n";
    if (is_root()) text += "User www-data\nGroup www-data\n";
    return text + "StartServers 1\nLogFormat \"%u %>s\" short\nCustomLog " + place() + "/access short\nDocumentRoot " +
           place() +
           "/pages\nDirectoryIndex index.html\n<Location \"/\">\nAuthType GSSAPI\nAuthName test\nGssapiConnectionBound "
           "On\n"
           "GssapiAllowedMech ntlmssp\nRequire valid-user\n</Location>\n";
  }
  TemporaryDirectory directory_;
  std::unique_ptr<Server> server_;
  unsigned port_ = 0;
};

class Apache : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (find_program("apache2").empty() || ::access((modules + "mod_auth_gssapi.so").c_str(), R_OK) != 0)
      GTEST_SKIP() << "not run: apache2-bin and libapache2-mod-auth-gssapi are not installed";
    if (::access("/etc/gss/mech.d/mech.ntlmssp.conf", R_OK) != 0)
      GTEST_SKIP() << "not run: gss-ntlmssp is not installed";
  }
};

TEST_P(Apache, LetsOurClientIn) {
  ApacheServer apache;
  const Finished got = http_client(apache.port(), GetParam(), alice_password, {"--requests", "2"});
  EXPECT_EQ("Status: 200\nwelcome\nStatus: 200\nwelcome\n", got.output) << apache.said();
  EXPECT_EQ(0, got.code);
  EXPECT_TRUE(eventually([&] { return apache.log().find("alice 200\n") != std::string::npos; })) << apache.log();
}

TEST_P(Apache, RefusesAWrongPassword) {
  ApacheServer apache;
  const Finished got = http_client(apache.port(), GetParam(), "another");
  EXPECT_NE(std::string::npos, got.output.find("Status: 401\n")) << got.output << apache.said();
  EXPECT_EQ(1, got.code);
}

INSTANTIATE_TEST_SUITE_P(Schemes, Apache, ::testing::Values("Negotiate", "NTLM"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace openlsa::test
