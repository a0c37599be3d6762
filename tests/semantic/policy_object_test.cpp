// LsaOpenPolicy and what it opens: who gets which access, which handle is which, what the policy says of the machine.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/ownership.hpp"
#include "support/policy_client.hpp"

namespace openlsa::test {
namespace {

NTSTATUS open(ACCESS_MASK access) { return Policy(access).status(); }

NTSTATUS open_on(PLSA_UNICODE_STRING system) {
  LSA_OBJECT_ATTRIBUTES attributes{};
  LSA_HANDLE handle = nullptr;
  const NTSTATUS status = LsaOpenPolicy(system, &attributes, POLICY_LOOKUP_NAMES, &handle);
  if (NT_SUCCESS(status)) {
    EXPECT_STATUS(STATUS_SUCCESS, LsaClose(handle));
  }
  return status;
}

template <class T>
NTSTATUS query(const Policy& policy, POLICY_INFORMATION_CLASS information_class, T** information) {
  PVOID buffer = nullptr;
  const NTSTATUS status = LsaQueryInformationPolicy(policy.get(), information_class, &buffer);
  *information = static_cast<T*>(buffer);
  return status;
}

constexpr ACCESS_MASK administrators_only[] = {POLICY_VIEW_AUDIT_INFORMATION,
                                               POLICY_GET_PRIVATE_INFORMATION,
                                               POLICY_TRUST_ADMIN,
                                               POLICY_CREATE_ACCOUNT,
                                               POLICY_CREATE_SECRET,
                                               POLICY_CREATE_PRIVILEGE,
                                               POLICY_SET_DEFAULT_QUOTA_LIMITS,
                                               POLICY_SET_AUDIT_REQUIREMENTS,
                                               POLICY_AUDIT_LOG_ADMIN,
                                               POLICY_SERVER_ADMIN,
                                               POLICY_NOTIFICATION,
                                               POLICY_ALL_ACCESS,
                                               GENERIC_READ,
                                               GENERIC_WRITE,
                                               GENERIC_ALL};

TEST(PolicyObject, AnAdministratorGetsEveryAccess) {
  for (const ACCESS_MASK access : administrators_only) EXPECT_STATUS(STATUS_SUCCESS, open(access)) << access;
  EXPECT_STATUS(STATUS_SUCCESS, open(MAXIMUM_ALLOWED));
  EXPECT_STATUS(STATUS_SUCCESS, open(0));
  for (const ACCESS_MASK access : {ACCESS_MASK{0x2000}, ACCESS_MASK{SYNCHRONIZE}, ACCESS_MASK{0x01000000}})
    EXPECT_STATUS(STATUS_ACCESS_DENIED, open(access)) << "there is no such access to a policy: " << access;
}

TEST(PolicyObject, AnybodyElseMayLookUpAndView) {
  const LogonResult logon = Connection::trusted().logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  const ActingAs alice(logon.token);
  EXPECT_STATUS(STATUS_SUCCESS, open(POLICY_LOOKUP_NAMES | POLICY_VIEW_LOCAL_INFORMATION));
  EXPECT_STATUS(STATUS_SUCCESS, open(GENERIC_EXECUTE));
  EXPECT_STATUS(STATUS_SUCCESS, open(MAXIMUM_ALLOWED));
  for (const ACCESS_MASK access : administrators_only) EXPECT_STATUS(STATUS_ACCESS_DENIED, open(access)) << access;
}

TEST(PolicyObject, AHandleGivesWhatWasGranted) {
  Policy policy(POLICY_LOOKUP_NAMES);
  POLICY_ACCOUNT_DOMAIN_INFO* domain = nullptr;
  EXPECT_STATUS(STATUS_ACCESS_DENIED, query(policy, PolicyAccountDomainInformation, &domain));
  EXPECT_EQ(domain, nullptr);
  EXPECT_STATUS(STATUS_SUCCESS, policy.names({"Everyone"}).status);
  const Policy viewing(POLICY_VIEW_LOCAL_INFORMATION);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, viewing.names({"Everyone"}).status);
  EXPECT_STATUS(STATUS_SUCCESS, query(viewing, PolicyAccountDomainInformation, &domain));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(domain));
}

TEST(PolicyObject, AHandleIsNothingOnceClosedAndNothingElseIsOne) {
  Policy policy;
  const LSA_HANDLE handle = policy.get();
  PVOID buffer = nullptr;
  EXPECT_STATUS(STATUS_SUCCESS, policy.close());
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaClose(handle));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaQueryInformationPolicy(handle, PolicyModificationInformation, &buffer));
  for (const std::uintptr_t value :
       {std::uintptr_t{0}, std::uintptr_t{1}, std::uintptr_t{0x40000001}, ~std::uintptr_t{0}})
    EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaClose(reinterpret_cast<LSA_HANDLE>(value))) << value;
  // A connection of the logon functions is no policy, and a policy no connection.
  const Connection connection = Connection::untrusted();
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaClose(connection.handle()));
  const Policy open;
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaDeregisterLogonProcess(open.get()));
  ULONG package = 0;
  AnsiText name("Probe");
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaLookupAuthenticationPackage(open.get(), name.get(), &package));
  EXPECT_STATUS(STATUS_SUCCESS, LsaLookupAuthenticationPackage(connection.handle(), name.get(), &package));
}

TEST(PolicyObject, AHandleIsNothingInAnotherProcess) {
  OPENLSA_NEEDS_DAEMON();
  const Policy policy;
  const LSA_HANDLE handle = policy.get();
  EXPECT_EQ(in_child([handle] { return status_text(LsaClose(handle)); }), status_text(STATUS_INVALID_HANDLE));
  EXPECT_STATUS(STATUS_SUCCESS, policy.names({"Everyone"}).status);
}

TEST(PolicyObject, IsOpenedOnThisMachineOnly) {
  char host[256] = {};
  ASSERT_EQ(::gethostname(host, sizeof host - 1), 0);
  for (const std::string& name :
       {std::string(host), "\\\\" + std::string(host), std::string("localhost"), std::string()})
    EXPECT_STATUS(STATUS_SUCCESS, open_on(WideText(name).get())) << name;
  for (const char* name : {"another-machine", "\\\\another-machine", "\\\\\\another"})
    EXPECT_STATUS(RPC_NT_SERVER_UNAVAILABLE, open_on(WideText(name).get())) << name;
  EXPECT_EQ(LsaNtStatusToWinError(RPC_NT_SERVER_UNAVAILABLE), static_cast<ULONG>(RPC_S_SERVER_UNAVAILABLE));
}

TEST(PolicyObject, SaysWhatItKnowsOfTheMachine) {
  const Policy policy(POLICY_VIEW_LOCAL_INFORMATION | POLICY_VIEW_AUDIT_INFORMATION);
  POLICY_ACCOUNT_DOMAIN_INFO* account = nullptr;
  for (const auto information_class : {PolicyAccountDomainInformation, PolicyLocalAccountDomainInformation}) {
    ASSERT_STATUS(STATUS_SUCCESS, query(policy, information_class, &account));
    EXPECT_EQ(narrow(account->DomainName), "TESTBOX");
    EXPECT_EQ(sid_text(account->DomainSid) + "-", alice().sid.substr(0, alice().sid.rfind('-') + 1));
    EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(account));
    expect_wrong_frees("libsecur32 refused_frees");
    EXPECT_STATUS(STATUS_UNSUCCESSFUL, LsaFreeMemory(account)) << "freed once already";
  }
  POLICY_DNS_DOMAIN_INFO* dns = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, query(policy, PolicyDnsDomainInformation, &dns));
  EXPECT_EQ(dns->Sid, nullptr) << "a member of no domain";
  EXPECT_EQ(dns->Name.Length + dns->DnsDomainName.Length + dns->DnsForestName.Length, 0);
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(dns));
  POLICY_PRIMARY_DOMAIN_INFO* primary = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, query(policy, PolicyPrimaryDomainInformation, &primary));
  EXPECT_EQ(primary->Sid, nullptr);
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(primary));
  POLICY_LSA_SERVER_ROLE_INFO* role = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, query(policy, PolicyLsaServerRoleInformation, &role));
  EXPECT_EQ(role->LsaServerRole, PolicyServerRolePrimary);
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(role));
  POLICY_AUDIT_EVENTS_INFO* audit = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, query(policy, PolicyAuditEventsInformation, &audit));
  EXPECT_TRUE(audit->AuditingMode);
  ASSERT_EQ(audit->MaximumAuditEventCount, 9u);
  EXPECT_EQ(audit->EventAuditingOptions[AuditCategoryLogon],
            static_cast<ULONG>(POLICY_AUDIT_EVENT_SUCCESS | POLICY_AUDIT_EVENT_FAILURE));
  EXPECT_EQ(audit->EventAuditingOptions[AuditCategoryObjectAccess], static_cast<ULONG>(POLICY_AUDIT_EVENT_NONE));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(audit));
}

TEST(PolicyObject, CountsItsModifications) {
  const Policy policy(rights_access);
  const auto modified = [&] {
    POLICY_MODIFICATION_INFO* information = nullptr;
    EXPECT_STATUS(STATUS_SUCCESS, query(policy, PolicyModificationInformation, &information));
    const long long id = information->ModifiedId.QuadPart;
    EXPECT_GT(information->DatabaseCreationTime.QuadPart, 0);
    EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(information));
    return id;
  };
  const long long before = modified();
  EXPECT_EQ(modified(), before);
  const GivenRights given(bob().sid, {"SeShutdownPrivilege"});
  EXPECT_GT(modified(), before);
}

TEST(PolicyObject, AnswersNoClassThatItHasNoTruthFor) {
  const Policy policy(MAXIMUM_ALLOWED);
  PVOID buffer = &buffer;
  for (const auto obsolete : {PolicyAuditLogInformation, PolicyPdAccountInformation, PolicyReplicaSourceInformation,
                              PolicyDefaultQuotaInformation, PolicyAuditFullSetInformation})
    EXPECT_STATUS(STATUS_NOT_SUPPORTED, LsaQueryInformationPolicy(policy.get(), obsolete, &buffer)) << obsolete;
  for (const int none : {0, 16, 99, -1})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER,
                  LsaQueryInformationPolicy(policy.get(), static_cast<POLICY_INFORMATION_CLASS>(none), &buffer))
        << none;
  EXPECT_STATUS(STATUS_INVALID_PARAMETER,
                LsaQueryInformationPolicy(policy.get(), PolicyAccountDomainInformation, nullptr));
  EXPECT_EQ(buffer, &buffer) << "written by a call that failed";
}

TEST(PolicyObject, IsNotSetByAnybody) {
  const Policy policy(MAXIMUM_ALLOWED), viewing;
  POLICY_LSA_SERVER_ROLE_INFO role{PolicyServerRoleBackup};
  EXPECT_STATUS(STATUS_NOT_SUPPORTED, LsaSetInformationPolicy(policy.get(), PolicyLsaServerRoleInformation, &role));
  EXPECT_STATUS(STATUS_ACCESS_DENIED, LsaSetInformationPolicy(viewing.get(), PolicyLsaServerRoleInformation, &role));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaSetInformationPolicy(policy.get(), PolicyModificationInformation, &role));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER,
                LsaSetInformationPolicy(policy.get(), PolicyLsaServerRoleInformation, nullptr));
  PVOID buffer = nullptr;
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND,
                LsaQueryDomainInformationPolicy(policy.get(), PolicyDomainKerberosTicketInformation, &buffer));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaQueryDomainInformationPolicy(
                                              policy.get(), static_cast<POLICY_DOMAIN_INFORMATION_CLASS>(1), &buffer));
  EXPECT_STATUS(STATUS_NOT_SUPPORTED, LsaSetDomainInformationPolicy(policy.get(), PolicyDomainEfsInformation, nullptr));
  EXPECT_STATUS(STATUS_ACCESS_DENIED,
                LsaSetDomainInformationPolicy(viewing.get(), PolicyDomainEfsInformation, nullptr));
}

TEST(PolicyObject, ChecksItsArguments) {
  LSA_OBJECT_ATTRIBUTES attributes{};
  LSA_HANDLE handle = &attributes;
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaOpenPolicy(nullptr, nullptr, 0, &handle));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaOpenPolicy(nullptr, &attributes, 0, nullptr));
  attributes.RootDirectory = &attributes;
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaOpenPolicy(nullptr, &attributes, 0, &handle));
  attributes.RootDirectory = nullptr;
  WideText name("localhost");
  for (const LSA_UNICODE_STRING bad :
       {LSA_UNICODE_STRING{3, 8, name.get()->Buffer}, {8, 4, name.get()->Buffer}, {8, 8, nullptr}})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, open_on(const_cast<PLSA_UNICODE_STRING>(&bad)));
  EXPECT_EQ(handle, &attributes) << "written by a call that failed";
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(nullptr));
  expect_wrong_frees("libsecur32 refused_frees");
  EXPECT_STATUS(STATUS_UNSUCCESSFUL, LsaFreeMemory(&attributes));
}

TEST(PolicyObject, GivesAtMost256HandlesToAProcess) {
  std::vector<LSA_HANDLE> open;
  LSA_OBJECT_ATTRIBUTES attributes{};
  NTSTATUS status = STATUS_SUCCESS;
  while (status == STATUS_SUCCESS && open.size() < 1000) {
    LSA_HANDLE handle = nullptr;
    status = LsaOpenPolicy(nullptr, &attributes, 0, &handle);
    if (NT_SUCCESS(status)) open.push_back(handle);
  }
  EXPECT_STATUS(STATUS_QUOTA_EXCEEDED, status);
  EXPECT_EQ(open.size(), 256u);
  for (const LSA_HANDLE handle : open) EXPECT_STATUS(STATUS_SUCCESS, LsaClose(handle));
  EXPECT_STATUS(STATUS_SUCCESS, Policy().status());
}

}  // namespace
}  // namespace openlsa::test
