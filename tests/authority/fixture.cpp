#include "authority/fixture.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "authority/packages/package_files.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

AuthorityTest::AuthorityTest()
    : starter_([this](const std::string& name) -> FakePackage& { return packages_.at(name); }) {
  configuration_.state_directory = state_.path();
  configuration_.packages_directory = state_ / "packages.d";
  configuration_.audit_log = state_ / "audit.jsonl";
  configuration_.domain = "BOX";
  configuration_.authority_uid = 4711;
  std::filesystem::create_directory(configuration_.packages_directory);
}

AuthorityTest::~AuthorityTest() {
  if (authority_ != nullptr) authority_->shut_down();
}

Rights AuthorityTest::everyone() {
  Rights rights;
  rights.vouch_for = {"*"};
  return rights;
}

FakePackage& AuthorityTest::add_package(const std::string& name, const std::u16string& package, Rights rights) {
  FakePackage& fake = add_file(name, std::move(rights), seam::Door::security_packages);
  fake.name = package;
  return fake;
}

FakePackage& AuthorityTest::add_door(const std::string& name, seam::Door door) { return add_file(name, {}, door); }

FakePackage& AuthorityTest::add_file(const std::string& name, Rights rights, seam::Door door) {
  const std::string path = state_.write(name + ".so", "the file of " + name);
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const auto stored = store_package(state_.path(), {name + ".so", file.get()}, {});
  EXPECT_TRUE(stored) << stored.error().message;
  DropIn drop_in{name, stored->path, stored->sha256, configuration_.host_uids.first, std::move(rights)};
  drop_in.door = door;
  const auto written = write_drop_in(configuration_.packages_directory, drop_in);
  EXPECT_TRUE(written) << written.error().message;
  return packages_[name];
}

void AuthorityTest::start() {
  auto created = Authority::create(configuration_, starter_);
  ASSERT_TRUE(created) << created.error().message;
  authority_ = std::move(*created);
  NewAccount account;
  account.name = "alice";
  account.groups = {2001};
  const auto added = authority_->accounts().add(account);
  ASSERT_TRUE(added) << added.error().message;
  user_ = *added;
  const auto started = authority_->start_packages();
  ASSERT_TRUE(started) << started.error().message;
  for (const FileStatus& status : authority_->registry().status())
    EXPECT_EQ(status.state, FileState::running) << status.reason;
}

base::OrFailure<std::vector<seam::PackageInfo>> AuthorityTest::load(const std::string& name) {
  const auto drop_in = read_drop_in(configuration_.packages_directory, name, configuration_.state_directory);
  if (!drop_in) return std::unexpected(drop_in.error());
  return authority_->registry().add(*drop_in);
}

TestClient AuthorityTest::client(std::uint32_t uid, bool logon_process) {
  static std::uint32_t next_process = 100;
  TestClient client;
  client.connection = authority_->connect({next_process++, uid, uid, 1}, nullptr);
  EXPECT_EQ(client.connection->hello({}).status, STATUS_SUCCESS);
  const seam::ConnectReply connected = client.connection->connect({logon_process, "tests"});
  EXPECT_EQ(connected.status, STATUS_SUCCESS);
  client.lsa = connected.lsa_handle;
  return client;
}

std::optional<std::u16string> AuthorityTest::nt_name(const std::string& name) const { return packages_.at(name).name; }

seam::LsaLogonUserRequest AuthorityTest::logon_request(const TestClient& client, const std::string& package,
                                                       std::uint32_t logon_type) {
  seam::LsaLogonUserRequest request;
  request.frame.window = {window_base, 0x1000};
  request.lsa_handle = client.lsa;
  request.origin_name = "tests";
  request.logon_type = logon_type;
  request.package = id_of(package);
  request.submit_buffer = base::Secret(base::as_bytes("name and password"));
  request.submit_address = 0x500;
  request.source = {"Tests", {}};
  return request;
}

seam::LogonUserReply AuthorityTest::accept(const seam::LogonUserRequest& request, const nt::Sid& user) {
  seam::LogonUserReply reply;
  reply.logon_id = authority_->sessions().allocate();
  EXPECT_EQ(authority_->sessions().create(reply.logon_id, request.package, request.origin.chain), STATUS_SUCCESS);
  reply.token_information.type = 1;
  reply.token_information.user.sid = user;
  reply.token_information.primary_group = nt::well_known::users;
  reply.account_name = u"alice";
  reply.authenticating_authority = u"BOX";
  return reply;
}

void AuthorityTest::settle() {
  // Only what still terminates is in the table and not in the list.
  while (authority_->sessions().size() != authority_->sessions().list().size()) ::usleep(1000);
}

std::string AuthorityTest::audit_lines() const { return TemporaryDirectory::read(configuration_.audit_log); }

}  // namespace openlsa::authority
