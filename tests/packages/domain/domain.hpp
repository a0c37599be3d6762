// A domain door for tests: see README.md. Built on the public headers, as a third party's is.
#pragma once

#include <openlsa/openlsa_domain.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <openlsa/ntstatus.h>

namespace domain_door {

inline constexpr char16_t corp_netbios[] = u"CORP", corp_dns[] = u"corp.example.test";
inline constexpr char16_t trust_netbios[] = u"TRUST", trust_dns[] = u"trust.example.test";

// A SID in its binary form.
using SidBytes = std::vector<std::uint8_t>;
SidBytes sid_of(std::uint8_t authority, std::initializer_list<std::uint32_t> sub_authorities);
SidBytes corp_sid();
SidBytes trust_sid();
SidBytes with_rid(SidBytes domain, std::uint32_t rid);

struct Account {
  std::u16string name;
  std::uint32_t rid;
  NTSTATUS status = STATUS_SUCCESS;  // of a logon with the right password
  bool status_first = false;         // whatever the password is
  bool posix = true;
};
// Null when there is none.
const Account* find_account(std::u16string_view name, std::u16string_view domain);
const Account* find_account(const void* sid);

std::u16string_view text_of(PCUNICODE_STRING string);
bool same_name(std::u16string_view a, std::u16string_view b);

// STATUS_SUCCESS or STATUS_WRONG_PASSWORD; the session key of a response.
NTSTATUS judge(const Account& account, const OPENLSA_DOMAIN_ATTEMPT& attempt, OPENLSA_DOMAIN_ACCOUNT& out);
NTSTATUS change_password(const Account& account, std::u16string_view old_password, std::u16string_view new_password);

// Fills `out` and everything that it points to; then lies about it, when the name says so.
void fill(const Account& account, OPENLSA_DOMAIN_ACCOUNT& out);
void fill_logon(OPENLSA_DOMAIN_ACCOUNT& out);
void lie(const Account& account, OPENLSA_DOMAIN_ACCOUNT& out);

// The state directory of the host, as openlsa.h tells it.
bool state_has(const char* name);
void log_call(const char* call, std::u16string_view user, std::u16string_view domain);

}  // namespace domain_door

extern "C" {
// What a test reads from the loaded file.
struct DOMAIN_OBSERVED {
  std::uint32_t live_accounts;  // given and not freed
  std::uint32_t live_domains;
  std::uint32_t logons;
  std::uint32_t look_ups;
};
extern __attribute__((visibility("default"))) DOMAIN_OBSERVED test_domain_observed;
}
