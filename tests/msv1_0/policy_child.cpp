#include "msv1_0/policy_child.hpp"

#include <cstdlib>

#include "msv1_0/ntlm_authority.hpp"
#include "support/child.hpp"

namespace openlsa::test {

std::string without_accounts(const std::string& keys, const std::function<std::string()>& body) {
  const Installation place("[ntlm]\n" + keys);
  const Daemon daemon(place.directory());
  return in_child([&] {
    ::setenv("OPENLSA_AUTHORITY", place.socket().c_str(), 1);
    return body();
  });
}

std::string under_policy(const std::string& keys, const std::function<std::string()>& body) {
  return without_accounts(keys, [&] {
    make_user("alice", alice_password, 70001);
    return body();
  });
}

}  // namespace openlsa::test
