#include "host/domain_door.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace openlsa::host::test {

void DomainDoorTest::SetUp() {
  std::string pattern = (std::filesystem::temp_directory_path() / "openlsa-domain-door-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  state_ = pattern;
  const auto reply = load_door(TEST_DOMAIN_DOOR, seam::Door::domain, state_);
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
  EXPECT_TRUE(reply.packages.empty());
  EXPECT_EQ(reply.entry_points, std::vector<std::string>{"OpenlsaDomainInitialize"});
}

// Whatever a test did, nothing that the door gave is left.
void DomainDoorTest::TearDown() {
  if (runtime != nullptr && exported("test_domain_observed") != nullptr) {
    EXPECT_EQ(door().live_accounts, 0u);
    EXPECT_EQ(door().live_domains, 0u);
  }
  HostTest::TearDown();
  std::filesystem::remove_all(state_);
}

void DomainDoorTest::place(const std::string& file) { std::ofstream(state_ + "/" + file) << "x"; }

std::string DomainDoorTest::log() const {
  std::ostringstream text;
  text << std::ifstream(state_ + "/log").rdbuf();
  return text.str();
}

seam::LogOnDomainAccountReply DomainDoorTest::log_on(seam::Text user, std::u16string_view password) {
  seam::LogOnDomainAccountRequest request;
  request.logon_type = Interactive;
  request.user_name = std::move(user);
  request.domain_name = u"CORP";
  request.workstation = u"WS";
  request.password = utf16(password);
  return runtime->log_on_domain_account(std::move(request));
}

seam::LookUpDomainAccountReply DomainDoorTest::look_up(seam::Text user, seam::Text domain) {
  seam::LookUpDomainAccountRequest request;
  request.user_name = std::move(user);
  request.domain_name = std::move(domain);
  return runtime->look_up_domain_account(std::move(request));
}

base::Secret utf16(std::u16string_view text) { return base::Secret(base::as_bytes(text.data(), text.size() * 2)); }

nt::Sid sid(std::string_view text) {
  const auto parsed = nt::Sid::parse(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(nt::Sid());
}

}  // namespace openlsa::host::test
