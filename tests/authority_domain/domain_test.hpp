// An authority with a door behind which the domains CORP and TRUST are, and MSV1_0's place taken by a package that may
// use keys and speak for every account, as the built-in one may.
#pragma once

#include <openlsa/openlsa.h>

#include <atomic>
#include <map>

#include "authority/domain/domains.hpp"
#include "authority_support/support_test.hpp"

namespace openlsa::authority {

inline const nt::Sid corp{5, {21, 1111, 2222, 3333}};
inline const nt::Sid trust{5, {21, 4444, 5555, 6666}};
inline constexpr std::u16string_view right_password = u"Winter 2024!";

base::Secret secret(std::u16string_view text);

class DomainTest : public SupportTest {
 protected:
  void SetUp() override;
  // Once more, with what is on the disk.
  void restart();

  // alice of CORP, as the door says by default.
  static seam::DomainAccount alice();
  seam::LogOnAccountRequest attempt(std::u16string_view user, std::u16string_view domain = u"CORP",
                                    std::u16string_view password = right_password, std::uint32_t logon_type = 2);
  // As the host does: on the worker only when it is told to.
  seam::LogOnAccountReply log_on(seam::LogOnAccountRequest request);
  seam::LogOnAccountReply log_on(std::u16string_view user, std::u16string_view domain = u"CORP",
                                 std::u16string_view password = right_password, std::uint32_t logon_type = 2) {
    return log_on(attempt(user, domain, password, logon_type));
  }
  bool is_elsewhere(std::u16string_view user, std::u16string_view domain);
  // LsaLogonUser with a package that has the account judged, and then says what `says` makes of it.
  seam::LsaLogonUserReply log_on_user(std::u16string_view user, std::uint32_t logon_type = 2,
                                      std::function<void(seam::LogonUserReply&)> says = {});

  // What the door does.
  bool reachable_ = true;   // false: STATUS_NO_LOGON_SERVERS to everything
  bool enumerates_ = true;  // false: to the list alone
  std::map<std::u16string, seam::DomainAccount> accounts_;
  nt::Status status_ = STATUS_SUCCESS;  // of a logon with the right password
  std::vector<seam::DomainName> domains_;
  seam::LogOnDomainAccountReply extra_;  // keys, flags, server of a logon
  int enumerated_ = 0, logons_ = 0, look_ups_ = 0, changes_ = 0;
  std::optional<seam::LogOnDomainAccountRequest> asked_;  // the last

  std::unique_ptr<HostSupport> keeper_;
  TestClient trusted_;

 private:
  void open_door(FakePackage& door);
};

}  // namespace openlsa::authority
