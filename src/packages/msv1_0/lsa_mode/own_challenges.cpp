#include "lsa_mode/own_challenges.hpp"

#include <set>

#include "lsa_mode/restrictions.hpp"
#include "ntlm/text.hpp"

namespace msv1_0 {
namespace {

struct Open {
  std::mutex mutex;
  std::multiset<crypto::Challenge> challenges;
};
// Never destroyed: a context may still go while the process exits.
Open& open_challenges() {
  static Open& instance = *new Open;
  return instance;
}

}  // namespace

OwnChallenge::OwnChallenge(const crypto::Challenge& challenge) : challenge_(challenge) {
  Open& open = open_challenges();
  const std::lock_guard lock(open.mutex);
  open.challenges.insert(challenge);
}

OwnChallenge::~OwnChallenge() {
  Open& open = open_challenges();
  const std::lock_guard lock(open.mutex);
  if (const auto found = open.challenges.find(challenge_); found != open.challenges.end()) open.challenges.erase(found);
}

bool is_own_challenge(const crypto::Challenge& challenge) {
  Open& open = open_challenges();
  const std::lock_guard lock(open.mutex);
  return open.challenges.contains(challenge);
}

bool is_own_target(const Package::Setting& setting, std::u16string_view target_name) {
  if (target_name.empty()) return true;
  const std::u16string_view host = host_of(target_name);
  for (const std::u16string_view own :
       {std::u16string_view(setting.computer_name), std::u16string_view(setting.dns_name),
        std::u16string_view(u"localhost"), std::u16string_view(u"127.0.0.1"), std::u16string_view(u"::1")})
    if (same_name(host, own)) return true;
  return false;
}

}  // namespace msv1_0
