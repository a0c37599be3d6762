// A host with the domain door of tests/packages/domain.
#pragma once

#include "host/support.hpp"

namespace openlsa::host::test {

class DomainDoorTest : public HostTest {
 protected:
  struct Observed {  // DOMAIN_OBSERVED
    std::uint32_t live_accounts, live_domains, logons, look_ups;
  };
  void SetUp() override;
  void TearDown() override;

  const Observed& door() { return *static_cast<const Observed*>(exported("test_domain_observed")); }
  void place(const std::string& file);  // in the host's state directory
  std::string log() const;              // what the door wrote

  seam::LogOnDomainAccountReply log_on(seam::Text user, std::u16string_view password = u"Pa55w0rd!");
  seam::LookUpDomainAccountReply look_up(seam::Text user, seam::Text domain = u"CORP");

 private:
  std::string state_;
};

base::Secret utf16(std::u16string_view text);
nt::Sid sid(std::string_view text);

}  // namespace openlsa::host::test
