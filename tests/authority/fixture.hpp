// An authority with the packages of the test, and clients of it.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "authority/authority.hpp"
#include "authority/connection/connection.hpp"
#include "authority/fake_host.hpp"
#include "authority_policy/temporary_directory.hpp"

namespace openlsa::authority {

inline constexpr std::uint32_t service_uid = 0;
inline constexpr std::uint32_t user_uid = 1234;
inline constexpr std::uint64_t window_base = 0x10000;

struct TestClient {
  std::unique_ptr<Connection> connection;
  std::uint32_t lsa = 0;  // LSA handle
};

class AuthorityTest : public testing::Test {
 protected:
  AuthorityTest();
  ~AuthorityTest() override;

  // Before start(): a package file with one package.
  FakePackage& add_package(const std::string& name, const std::u16string& package, Rights rights = everyone());
  FakePackage& add_door(const std::string& name, seam::Door door);  // a file without packages
  void start();
  static Rights everyone();
  // After it: the file of an add_package() that came later is loaded live.
  base::OrFailure<std::vector<seam::PackageInfo>> load(const std::string& name);

 private:
  FakePackage& add_file(const std::string& name, Rights rights, seam::Door door);

 protected:
  TestClient client(std::uint32_t uid = service_uid, bool logon_process = true);
  seam::LsaLogonUserRequest logon_request(const TestClient& client, const std::string& package,
                                          std::uint32_t logon_type = 2);
  seam::PackageId id_of(const std::string& name) { return authority_->registry().find(*nt_name(name))->info.id; }
  std::optional<std::u16string> nt_name(const std::string& name) const;
  // What a package does on success: makes a session and says whose it is.
  seam::LogonUserReply accept(const seam::LogonUserRequest& request, const nt::Sid& user);
  // Lets the packages hear everything that is queued, and the sessions go.
  void settle();
  std::string audit_lines() const;

  TemporaryDirectory state_;
  Configuration configuration_;
  std::map<std::string, FakePackage> packages_;
  FakeStarter starter_;
  std::unique_ptr<Authority> authority_;
  Account user_;  // an ordinary account
};

}  // namespace openlsa::authority
