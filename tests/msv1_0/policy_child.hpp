// An authority with a policy of its own for NTLM, and a process that knows no other.
#pragma once

#include <functional>
#include <string>

namespace openlsa::test {

// `keys`: lines of [ntlm] in lsa.toml. `body` runs in a child, with the account alice there; its text is the result.
std::string under_policy(const std::string& keys, const std::function<std::string()>& body);
std::string without_accounts(const std::string& keys, const std::function<std::string()>& body);

}  // namespace openlsa::test
