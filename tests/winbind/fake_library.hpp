// In the place of libwbclient: answers as it does for a domain EXAMPLE with alice, and keeps count of what it gave.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "functions.hpp"
#include "library.hpp"

namespace winbind::test {

inline constexpr wbc::Sid domain_sid{1, 4, {0, 0, 0, 0, 0, 5}, {21, 1, 2, 3}};
wbc::Sid account_sid(std::uint32_t rid);

struct FakeLibrary {
  FakeLibrary();   // in the place of the library from here on
  ~FakeLibrary();  // nothing of what it gave is left

  wbc::Error result = wbc::success;  // of what asks a domain
  std::uint32_t nt_status = 0;
  bool pings = true;
  std::map<std::uint32_t, wbc::UnixId> ids;  // by RID
  std::vector<wbc::SidWithAttributes> sids;  // of a logon
  std::vector<wbc::DomainInfo> domains;
  wbc::AuthInfo info{};
  wbc::SidType type = wbc::sid_user;

  // What it was asked.
  struct Asked {
    std::string user, domain, workstation, password, new_password;
    std::uint32_t parameter_control = 0;
    int level = 0;
    std::vector<std::uint8_t> nt, lm;
  };
  std::vector<Asked> asked;
  std::size_t connections = 0;
};

// Counted strings over literals.
UNICODE_STRING counted(std::u16string_view text);
std::u16string_view text_of(const UNICODE_STRING& string);
std::string sid_text(PSID sid);

}  // namespace winbind::test
