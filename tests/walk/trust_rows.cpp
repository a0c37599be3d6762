// Trusted domains, of which this machine has none, and central access policies.
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

constexpr const char* domain_sid = "S-1-5-21-1-2-3";

const std::initializer_list<std::int32_t> of_trusts = {STATUS_INVALID_HANDLE, STATUS_INVALID_PARAMETER,
                                                       STATUS_INVALID_SID, STATUS_NO_SUCH_DOMAIN,
                                                       STATUS_OBJECT_NAME_NOT_FOUND};

Parameter policy() { return handle(Kind::policy); }
Parameter name() { return counted_w("DOMAIN"); }
Parameter result(const char* what) { return out<void*>(what, freed_by(LsaFreeMemory)); }
Parameter information_class() { return choice(TrustedDomainNameInformation, {0, 99}); }
Parameter information() { return input_of(TRUSTED_DOMAIN_INFORMATION_EX{}); }

void add_enumeration() {
  for (const auto function : {&LsaEnumerateTrustedDomains, &LsaEnumerateTrustedDomainsEx}) {
    const bool extended = function != &LsaEnumerateTrustedDomains;
    add_row(extended ? "LsaEnumerateTrustedDomainsEx" : "LsaEnumerateTrustedDomains", function,
            {{policy(), in_out(0, "the context"), result("the domains"), value(1000), out<ULONG>("the count")}})
        .always_fails(STATUS_NO_MORE_ENTRIES)
        .fails(of_trusts);
  }
}

}  // namespace

void add_trust_rows() {
  add_enumeration();
  ROW(LsaOpenTrustedDomainByName, policy(), name(), value(0), result("the domain"))
      .always_fails(STATUS_OBJECT_NAME_NOT_FOUND)
      .fails(of_trusts);
  ROW(LsaQueryTrustedDomainInfo, policy(), sid(domain_sid), information_class(), result("the information"))
      .always_fails(STATUS_NO_SUCH_DOMAIN)
      .fails(of_trusts);
  ROW(LsaSetTrustedDomainInformation, policy(), sid(domain_sid), information_class(), information())
      .always_fails(STATUS_NO_SUCH_DOMAIN)
      .fails(of_trusts);
  ROW(LsaDeleteTrustedDomain, policy(), sid(domain_sid)).always_fails(STATUS_NO_SUCH_DOMAIN).fails(of_trusts);
  ROW(LsaQueryTrustedDomainInfoByName, policy(), name(), information_class(), result("the information"))
      .always_fails(STATUS_OBJECT_NAME_NOT_FOUND)
      .fails(of_trusts);
  ROW(LsaSetTrustedDomainInfoByName, policy(), name(), information_class(), information())
      .always_fails(STATUS_OBJECT_NAME_NOT_FOUND)
      .fails(of_trusts);
  ROW(LsaCreateTrustedDomainEx, policy(), information(), input_of(TRUSTED_DOMAIN_AUTH_INFORMATION{}), value(0),
      result("the domain"))
      .always_fails(STATUS_DIRECTORY_SERVICE_REQUIRED)
      .fails(of_trusts);
  ROW(LsaQueryForestTrustInformation, policy(), name(), result("the information"))
      .always_fails(STATUS_NO_SUCH_DOMAIN)
      .fails(of_trusts);
  ROW(LsaSetForestTrustInformation, policy(), name(), input_of(LSA_FOREST_TRUST_INFORMATION{}), value(FALSE),
      result("the collisions"))
      .always_fails(STATUS_INVALID_DOMAIN_STATE)
      .fails(of_trusts);
  ROW(LsaSetCAPs, counted_w_array("DN").optional().lenient(), value(1), value(0)).always_fails(STATUS_NOT_SUPPORTED);
  ROW(LsaGetAppliedCAPIDs, counted_w("localhost").optional(), result("the ids"), out<ULONG>("the count"))
      .fails({STATUS_INVALID_PARAMETER, RPC_NT_SERVER_UNAVAILABLE});
  ROW(LsaQueryCAPs, sid_array(domain_sid).lenient(), value(1), result("the policies"), out<ULONG>("the count"))
      .fails({STATUS_INVALID_PARAMETER, STATUS_INVALID_SID});
}

}  // namespace openlsa::walk
