#include "samba/domain.hpp"

#include <cstdlib>

#include "msv1_0/handshake.hpp"
#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) give_up(std::string(name) + " is not set; start this program by tests/samba/with_domain");
  return value;
}

std::u16string wide_ascii(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

bool domain_is_here() { return std::getenv("OPENLSA_TEST_DOMAIN_DIRECTORY") != nullptr; }
std::string domain_name() { return variable("OPENLSA_TEST_DOMAIN"); }
std::string domain_controller() { return variable("OPENLSA_TEST_DOMAIN_DC"); }
std::string domain_address() { return variable("OPENLSA_TEST_DOMAIN_ADDRESS"); }
std::string domain_directory() { return variable("OPENLSA_TEST_DOMAIN_DIRECTORY"); }

std::string domain_password(const std::string& account) {
  std::string password = read_file(domain_directory() + "/passwords/" + account);
  if (password.empty()) give_up("there is no password of " + account);
  return password;
}

Credential domain_client(const std::string& account, const char* package) {
  return domain_client(account, package, domain_password(account));
}

Credential domain_client(const std::string& account, const char* package, const std::string& password) {
  return ntlm_client({wide_ascii(account), wide_ascii(domain_name()), wide_ascii(password)}, package);
}

}  // namespace openlsa::test
