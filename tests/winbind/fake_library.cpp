#include "fake_library.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <set>

#include "nt/sid.hpp"

namespace winbind::test {
namespace {

FakeLibrary* fake = nullptr;
std::set<void*> given;

void* keep(std::size_t size) {
  void* block = std::calloc(1, size);
  given.insert(block);
  return block;
}
char* keep_text(const char* text) {
  auto* copy = static_cast<char*>(keep(std::strlen(text) + 1));
  std::strcpy(copy, text);
  return copy;
}
void free_memory(void* block) {
  EXPECT_EQ(given.erase(block), 1u);
  std::free(block);
}

wbc::Error answer(wbc::AuthError** error) {
  if (fake->nt_status == 0) return fake->result;
  *error = static_cast<wbc::AuthError*>(keep(sizeof(wbc::AuthError)));
  (*error)->nt_status = fake->nt_status;
  return fake->result;
}

wbc::Error authenticate(wbc::Context*, const wbc::AuthParameters* parameters, wbc::AuthInfo** info,
                        wbc::AuthError** error) {
  FakeLibrary::Asked asked{parameters->account_name, parameters->domain_name, parameters->workstation_name};
  asked.parameter_control = parameters->parameter_control;
  asked.level = parameters->level;
  if (parameters->level == wbc::level_plain) {
    asked.password = parameters->password.plaintext;
  } else {
    const auto& response = parameters->password.response;
    asked.nt.assign(response.nt, response.nt + response.nt_size);
    asked.lm.assign(response.lm, response.lm + response.lm_size);
  }
  fake->asked.push_back(std::move(asked));
  if (fake->result != wbc::success) return answer(error);
  *info = static_cast<wbc::AuthInfo*>(keep(sizeof(wbc::AuthInfo)));
  **info = fake->info;
  (*info)->sid_count = static_cast<std::uint32_t>(fake->sids.size());
  (*info)->sids = fake->sids.data();
  return wbc::success;
}

wbc::Error details(wbc::Context*, wbc::InterfaceDetails** out) {
  if (fake->result == wbc::winbind_not_available) return fake->result;
  *out = static_cast<wbc::InterfaceDetails*>(keep(sizeof(wbc::InterfaceDetails)));
  (*out)->separator = '+';
  return wbc::success;
}

wbc::Error map_ids(wbc::Context*, const wbc::Sid* sids, std::uint32_t count, wbc::UnixId* ids) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto found = fake->ids.find(sids[i].sub_authorities[sids[i].count - 1]);
    ids[i] = found == fake->ids.end() ? wbc::UnixId{wbc::id_none, 0} : found->second;
  }
  return wbc::success;
}

wbc::Error look_up_name(wbc::Context*, const char* domain, const char* name, wbc::Sid* sid, wbc::SidType* type) {
  fake->asked.push_back({name, domain});
  *sid = account_sid(1103);
  *type = fake->type;
  return fake->result;
}
wbc::Error look_up_sid(wbc::Context*, const wbc::Sid*, char** domain, char** name, wbc::SidType* type) {
  if (fake->result != wbc::success) return fake->result;
  *domain = keep_text("EXAMPLE");
  *name = keep_text("alice");
  *type = fake->type;
  return wbc::success;
}
wbc::Error passwd_of(wbc::Context*, wbc::Sid*, passwd** entry) {
  *entry = static_cast<passwd*>(keep(sizeof(passwd)));
  static char gecos[] = "Alice Example";
  (*entry)->pw_gecos = gecos;
  (*entry)->pw_gid = 300513;
  return wbc::success;
}
wbc::Error gid_to_sid(wbc::Context*, gid_t, wbc::Sid* sid) {
  *sid = account_sid(513);
  return wbc::success;
}
wbc::Error user_sids(wbc::Context*, const wbc::Sid*, bool domain_groups, std::uint32_t* count, wbc::Sid** sids) {
  EXPECT_TRUE(domain_groups);  // the aliases of this machine are the authority's
  *count = 3;                  // winbindd lists the account and its primary group, too
  *sids = static_cast<wbc::Sid*>(keep(3 * sizeof(wbc::Sid)));
  (*sids)[0] = account_sid(1103);
  (*sids)[1] = account_sid(513);
  (*sids)[2] = account_sid(1109);
  return wbc::success;
}
wbc::Error domain_info(wbc::Context*, const char*, wbc::DomainInfo** info) {
  *info = static_cast<wbc::DomainInfo*>(keep(sizeof(wbc::DomainInfo)));
  static char dns[] = "example.test";
  (*info)->dns_name = dns;
  return wbc::success;
}
wbc::Error list_trusts(wbc::Context*, wbc::DomainInfo** domains, std::size_t* count) {
  if (fake->result != wbc::success) return fake->result;
  *count = fake->domains.size();
  *domains = static_cast<wbc::DomainInfo*>(keep((fake->domains.size() + 1) * sizeof(wbc::DomainInfo)));
  std::copy(fake->domains.begin(), fake->domains.end(), *domains);
  return wbc::success;
}
wbc::Error ping_controller(wbc::Context*, const char*, wbc::AuthError** error, char**) {
  if (fake->pings) return wbc::success;
  *error = static_cast<wbc::AuthError*>(keep(sizeof(wbc::AuthError)));
  (*error)->nt_status = 0xc0000233;  // STATUS_DOMAIN_CONTROLLER_NOT_FOUND
  return wbc::auth_error;
}
wbc::Error change(wbc::Context*, const wbc::ChangeParameters* parameters, wbc::AuthError** error, int*, void** policy) {
  fake->asked.push_back({parameters->account_name, parameters->domain_name, "", parameters->old_password.plaintext,
                         parameters->new_password.plaintext});
  *policy = keep(1);
  return answer(error);
}

wbc::Functions functions() {
  wbc::Functions table;
  table.wbcFreeMemory = free_memory;
  table.wbcCtxCreate = [] {
    ++fake->connections;
    return reinterpret_cast<wbc::Context*>(keep(1));
  };
  table.wbcCtxFree = [](wbc::Context* context) { free_memory(context); };
  table.wbcCtxPingDc2 = ping_controller;
  table.wbcCtxInterfaceDetails = details;
  table.wbcCtxLookupName = look_up_name;
  table.wbcCtxLookupSid = look_up_sid;
  table.wbcCtxLookupUserSids = user_sids;
  table.wbcCtxGetpwsid = passwd_of;
  table.wbcCtxGidToSid = gid_to_sid;
  table.wbcCtxSidsToUnixIds = map_ids;
  table.wbcCtxDomainInfo = domain_info;
  table.wbcCtxListTrusts = list_trusts;
  table.wbcCtxAuthenticateUserEx = authenticate;
  table.wbcCtxChangeUserPasswordEx = change;
  return table;
}

}  // namespace

wbc::Sid account_sid(std::uint32_t rid) {
  wbc::Sid sid = domain_sid;
  sid.sub_authorities[sid.count++] = rid;
  return sid;
}

// As Samba 4.17 answers for a user with a primary group and two others: the primary one comes twice.
FakeLibrary::FakeLibrary() {
  static char user[] = "alice", full_name[] = "Alice \xc3\x84", domain[] = "EXAMPLE", dns[] = "example.test",
              server[] = "DC1";
  info.account_name = user;
  info.full_name = full_name;
  info.domain_name = domain;
  info.dns_domain_name = dns;
  info.logon_server = server;
  info.logoff_time = info.kickoff_time = 910692730085;
  info.password_set_time = 1795892403;
  sids = {{account_sid(1103), 0},
          {account_sid(513), 0},
          {account_sid(513), 7},
          {account_sid(1109), 7},
          {account_sid(1110), 0x20000007}};
  ids = {{1103, {wbc::id_both, 301103}}, {513, {wbc::id_both, 300513}}, {1109, {wbc::id_gid, 301109}}};
  fake = this;
  use_library(functions());
}

FakeLibrary::~FakeLibrary() {
  EXPECT_TRUE(given.empty());
  fake = nullptr;
}

UNICODE_STRING counted(std::u16string_view text) {
  UNICODE_STRING string{};
  string.Buffer = reinterpret_cast<decltype(string.Buffer)>(const_cast<char16_t*>(text.data()));
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * 2);
  return string;
}

std::u16string_view text_of(const UNICODE_STRING& string) {
  return {reinterpret_cast<const char16_t*>(string.Buffer), string.Length / 2u};
}

std::string sid_text(PSID sid) {
  const auto* bytes = static_cast<const std::uint8_t*>(sid);
  const auto read = openlsa::nt::Sid::from_bytes({bytes, 8u + 4u * bytes[1]});
  return read ? read->to_string() : "(none)";
}

}  // namespace winbind::test
