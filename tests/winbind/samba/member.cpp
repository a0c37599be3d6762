#include "member.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "crypto/ntlm_response.hpp"

namespace winbind::test {
namespace {

// No call comes: a door asks the authority nothing.
class NoSupport final : public seam::SupportCalls {
#define OPENLSA_NONE(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request) override {    \
    seam::Message##Reply reply{};                                     \
    reply.status = STATUS_NOT_IMPLEMENTED;                            \
    return reply;                                                     \
  }
  OPENLSA_SUPPORT_CALLS(OPENLSA_NONE)
#undef OPENLSA_NONE
};

base::Secret utf16(const std::string& text) {
  const std::u16string units = wide(text);
  return base::Secret(base::as_bytes(units.data(), units.size() * sizeof(char16_t)));
}

}  // namespace

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string password_of(const std::string& account) {
  std::ifstream file(environment("OPENLSA_TEST_DOMAIN_DIRECTORY") + "/passwords/" + account);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> wbinfo(const std::string& arguments) {
  std::string text;
  FILE* const pipe = ::popen(("wbinfo " + arguments).c_str(), "r");
  if (pipe == nullptr) return {};
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) != 0;) text.append(buffer, got);
  ::pclose(pipe);
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

std::string sid_of(const std::string& account) {
  const auto words = wbinfo("-n '" + environment("OPENLSA_TEST_DOMAIN") + "\\" + account + "'");
  return words.empty() ? "" : words[0];
}

void run(const std::string& command) { ASSERT_EQ(std::system(command.c_str()), 0) << command; }

std::u16string wide(const std::string& text) { return {text.begin(), text.end()}; }

void Member::SetUp() {
  runtime_ = std::make_shared<host::Runtime>(std::make_shared<NoSupport>());
  seam::LoadRequest request;
  request.path = TEST_WINBIND;
  request.door = seam::Door::domain;
  const auto reply = runtime_->load(std::move(request));
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
}

seam::LogOnDomainAccountReply Member::log_on(const std::string& account, const std::string& password,
                                             const std::string& domain) {
  seam::LogOnDomainAccountRequest request;
  request.user_name = wide(account);
  request.domain_name = wide(domain);
  request.workstation = wide(environment("OPENLSA_TEST_DOMAIN_MEMBER"));
  request.password = utf16(password);
  return runtime_->log_on_domain_account(std::move(request));
}

seam::LogOnDomainAccountReply Member::respond(const std::string& account, const std::string& password,
                                              base::Bytes& key) {
  seam::LogOnDomainAccountRequest request;
  request.user_name = wide(account);
  request.domain_name = wide(environment("OPENLSA_TEST_DOMAIN"));
  request.workstation = wide(environment("OPENLSA_TEST_DOMAIN_MEMBER"));
  request.challenge = {1, 2, 3, 4, 5, 6, 7, 8};
  base::Bytes blob(32);  // NTLMv2_CLIENT_CHALLENGE: versions, a time, the client's challenge, the end of the pairs
  blob[0] = blob[1] = 1;
  for (std::size_t i = 16; i < 24; ++i) blob[i] = 0xaa;
  const auto owf = crypto::nt_owf_v2(crypto::nt_owf(wide(password)), request.user_name, request.domain_name);
  const auto proof = crypto::ntlmv2_proof(owf, request.challenge, blob);
  request.nt_response.assign(proof.proof.begin(), proof.proof.end());
  request.nt_response.insert(request.nt_response.end(), blob.begin(), blob.end());
  key.assign(proof.session_base_key.reveal().begin(), proof.session_base_key.reveal().end());
  return runtime_->log_on_domain_account(std::move(request));
}

seam::LookUpDomainAccountReply Member::look_up(const std::string& account) {
  seam::LookUpDomainAccountRequest request;
  request.user_name = wide(account);
  request.domain_name = wide(environment("OPENLSA_TEST_DOMAIN"));
  return runtime_->look_up_domain_account(std::move(request));
}

nt::Status Member::change(const std::string& account, const std::string& before, const std::string& after) {
  seam::ChangeDomainPasswordRequest request;
  request.user_name = wide(account);
  request.domain_name = wide(environment("OPENLSA_TEST_DOMAIN"));
  request.old_password = utf16(before);
  request.new_password = utf16(after);
  return runtime_->change_domain_password(std::move(request)).status;
}

void expect_as_wbinfo_says(const seam::DomainAccount& given, const std::string& account) {
  const std::string sid = sid_of(account);
  ASSERT_FALSE(sid.empty());
  EXPECT_EQ(given.user.to_string(), sid);
  std::set<std::string> expected, groups{given.primary_group.to_string()};
  for (const std::string& group : wbinfo("--user-domgroups=" + sid))
    if (group != sid) expected.insert(group);
  for (const auto& group : given.groups) groups.insert(group.sid.to_string());
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(groups, expected);
  ASSERT_TRUE(given.posix.has_value());
  EXPECT_EQ(wbinfo("-S " + sid), std::vector<std::string>{std::to_string(given.posix->uid)});
  EXPECT_EQ(wbinfo("-Y " + given.primary_group.to_string()),
            std::vector<std::string>{std::to_string(given.posix->gid)});
}

}  // namespace winbind::test
