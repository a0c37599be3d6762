// LsaLookupNames, LsaLookupNames2, LsaLookupSids, LsaLookupSids2.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include "support/authority_environment.hpp"
#include "support/policy_client.hpp"

namespace openlsa::test {
namespace {

struct Known {
  const char* name;
  const char* sid;
  const char* domain;
  SID_NAME_USE use;
};
constexpr Known well_known[] = {
    {"Everyone", "S-1-1-0", "", SidTypeWellKnownGroup},
    {"SYSTEM", "S-1-5-18", "NT AUTHORITY", SidTypeWellKnownGroup},
    {"ANONYMOUS LOGON", "S-1-5-7", "NT AUTHORITY", SidTypeWellKnownGroup},
    {"INTERACTIVE", "S-1-5-4", "NT AUTHORITY", SidTypeWellKnownGroup},
    {"Authenticated Users", "S-1-5-11", "NT AUTHORITY", SidTypeWellKnownGroup},
    {"Administrators", "S-1-5-32-544", "BUILTIN", SidTypeAlias},
    {"Users", "S-1-5-32-545", "BUILTIN", SidTypeAlias},
    {"ALL SERVICES", "S-1-5-80-0", "NT SERVICE", SidTypeWellKnownGroup},
    {"Medium Mandatory Level", "S-1-16-8192", "Mandatory Label", SidTypeLabel},
};

std::string domain_sid() { return alice().sid.substr(0, alice().sid.rfind('-')); }

TEST(Lookup, WellKnownNamesAndSidsFindEachOther) {
  const Policy policy;
  for (const Known& known : well_known) {
    for (const std::string& name : {std::string(known.name), std::string(*known.domain == 0 ? "" : known.domain) +
                                                                 (*known.domain == 0 ? "" : "\\") + known.name}) {
      const Lookup names = policy.names({name});
      ASSERT_STATUS(STATUS_SUCCESS, names.status) << name;
      EXPECT_EQ(names.found[0].sid, known.sid) << name;
      EXPECT_EQ(names.found[0].use, static_cast<unsigned>(known.use)) << name;
      EXPECT_EQ(names.found[0].domain, known.domain) << name;
    }
    const Lookup sids = policy.sids({known.sid});
    ASSERT_STATUS(STATUS_SUCCESS, sids.status) << known.sid;
    EXPECT_EQ(sids.found[0].name, known.name);
    EXPECT_EQ(sids.found[0].use, static_cast<unsigned>(known.use));
    EXPECT_EQ(sids.found[0].domain, known.domain);
  }
}

TEST(Lookup, AccountsAreFoundByEachOfTheirNames) {
  const Policy policy;
  for (const char* name : {"alice", "ALICE", "TESTBOX\\alice", "testbox\\Alice", ".\\alice", "alice@TESTBOX"}) {
    const Lookup found = policy.names({name});
    ASSERT_STATUS(STATUS_SUCCESS, found.status) << name;
    EXPECT_EQ(found.found[0].sid, alice().sid) << name;
    EXPECT_EQ(found.found[0].use, static_cast<unsigned>(SidTypeUser)) << name;
    EXPECT_EQ(found.domains, std::vector<std::string>{"TESTBOX=" + domain_sid()}) << name;
  }
  for (const char* name : {"alic", "alice2", "OTHER\\alice", "TESTBOX\\TESTBOX\\alice", "alice@OTHER", "@TESTBOX", "",
                           "\\", "BUILTIN\\alice", "NT AUTHORITY\\Administrators", "alice@", "S-1-5-18"}) {
    const Lookup none = policy.names({name});
    EXPECT_STATUS(STATUS_NONE_MAPPED, none.status) << name;
    ASSERT_TRUE(none.lists_written) << name;
    EXPECT_EQ(none.found[0].use, static_cast<unsigned>(SidTypeUnknown)) << name;
    EXPECT_EQ(none.found[0].sid, "none") << name;
    EXPECT_EQ(none.found[0].domain, "none") << name;
    EXPECT_TRUE(none.domains.empty()) << name;
  }
}

TEST(Lookup, RootAndSystemAreOneAccount) {
  const Lookup root = Policy().names({"root"});
  ASSERT_STATUS(STATUS_SUCCESS, root.status);
  EXPECT_EQ(root.found[0].sid, "S-1-5-18");
}

TEST(Lookup, DomainsAreNamesToo) {
  const Policy policy;
  const Lookup names = policy.names({"TESTBOX", "BUILTIN", "NT AUTHORITY"});
  ASSERT_STATUS(STATUS_SUCCESS, names.status);
  EXPECT_EQ(names.found[0].sid, domain_sid());
  EXPECT_EQ(names.found[1].sid, "S-1-5-32");
  EXPECT_EQ(names.found[2].sid, "S-1-5");
  for (const Looked& one : names.found) EXPECT_EQ(one.use, static_cast<unsigned>(SidTypeDomain));
  const Lookup sids = policy.sids({domain_sid(), "S-1-5-32"});
  ASSERT_STATUS(STATUS_SUCCESS, sids.status);
  EXPECT_EQ(sids.found[0].domain, "TESTBOX");
  EXPECT_EQ(sids.found[1].domain, "BUILTIN");
}

TEST(Lookup, UsersAndGroupsWithoutAnAccountHaveTheirNumbers) {
  const Policy policy;
  const Lookup sids = policy.sids({"S-1-22-1-4321", "S-1-22-2-4321"});
  ASSERT_STATUS(STATUS_SUCCESS, sids.status);
  EXPECT_EQ(sids.found[0].domain + "\\" + sids.found[0].name, "Unix User\\4321");
  EXPECT_EQ(sids.found[1].domain + "\\" + sids.found[1].name, "Unix Group\\4321");
  const Lookup names = policy.names({"Unix User\\4321", "Unix Group\\4321"});
  ASSERT_STATUS(STATUS_SUCCESS, names.status);
  EXPECT_EQ(names.found[0].sid, "S-1-22-1-4321");
  EXPECT_EQ(names.found[1].sid, "S-1-22-2-4321");
  // A uid with an account, and root, have their own SIDs.
  EXPECT_STATUS(STATUS_NONE_MAPPED, policy.sids({"S-1-22-1-" + std::to_string(alice().uid), "S-1-22-1-0"}).status);
  EXPECT_STATUS(STATUS_NONE_MAPPED,
                policy.names({"Unix User\\" + std::to_string(alice().uid), "Unix User\\0", "Unix User\\04321"}).status);
}

TEST(Lookup, WhatIsNotMappedKeepsItsPlace) {
  const Policy policy;
  const Lookup names = policy.names({"nobody-there", "alice", "Everyone", "bob"});
  EXPECT_STATUS(STATUS_SOME_NOT_MAPPED, names.status);
  ASSERT_EQ(names.found.size(), 4u);
  EXPECT_EQ(names.found[0].use, static_cast<unsigned>(SidTypeUnknown));
  EXPECT_EQ(names.found[1].sid, alice().sid);
  EXPECT_EQ(names.found[2].sid, "S-1-1-0");
  EXPECT_EQ(names.found[3].sid, bob().sid);
  EXPECT_EQ(names.domains, (std::vector<std::string>{"TESTBOX=" + domain_sid(), "=S-1-1"})) << "each domain once";
  const std::string gone = domain_sid() + "-999999";
  const Lookup sids = policy.sids({gone, alice().sid, "S-1-5-21-1-2-3-1000"});
  EXPECT_STATUS(STATUS_SOME_NOT_MAPPED, sids.status);
  EXPECT_EQ(sids.found[0].name, gone) << "in character form";
  EXPECT_EQ(sids.found[0].use, static_cast<unsigned>(SidTypeUnknown));
  EXPECT_EQ(sids.found[0].domain, "none");
  EXPECT_EQ(sids.found[1].name, "alice");
  EXPECT_STATUS(STATUS_NONE_MAPPED, policy.sids({gone}).status);
}

TEST(Lookup, TheOlderFunctionDividesTheSid) {
  const Policy policy;
  WideText name("alice"), domain("TESTBOX"), none("nobody-there");
  LSA_UNICODE_STRING names[] = {*name.get(), *domain.get(), *none.get()};
  PLSA_REFERENCED_DOMAIN_LIST domains = nullptr;
  PLSA_TRANSLATED_SID sids = nullptr;
  ASSERT_STATUS(STATUS_SOME_NOT_MAPPED, LsaLookupNames(policy.get(), 3, names, &domains, &sids));
  EXPECT_EQ(sids[0].Use, SidTypeUser);
  EXPECT_EQ(sids[0].RelativeId, std::stoul(alice().sid.substr(alice().sid.rfind('-') + 1)));
  EXPECT_EQ(sid_text(domains->Domains[sids[0].DomainIndex].Sid), domain_sid());
  EXPECT_EQ(sids[1].Use, SidTypeDomain);
  EXPECT_EQ(sids[1].DomainIndex, sids[0].DomainIndex);
  EXPECT_EQ(sids[2].Use, SidTypeUnknown);
  EXPECT_EQ(sids[2].DomainIndex, -1);
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(domains));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(sids));
}

TEST(Lookup, OptionsThatAreNoneAreRefused) {
  const Policy policy;
  WideText name("alice");
  std::vector<UCHAR> sid = parse_sid(alice().sid);
  PSID pointer = sid.data();
  PLSA_REFERENCED_DOMAIN_LIST domains = nullptr;
  PLSA_TRANSLATED_SID2 sids = nullptr;
  PLSA_TRANSLATED_NAME names = nullptr;
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaLookupNames2(policy.get(), 1, 1, name.get(), &domains, &sids));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaLookupSids2(policy.get(), 1, 1, &pointer, &domains, &names));
  ASSERT_STATUS(STATUS_SUCCESS,
                LsaLookupNames2(policy.get(), LSA_LOOKUP_ISOLATED_AS_LOCAL, 1, name.get(), &domains, &sids));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(domains));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(sids));
  ASSERT_STATUS(STATUS_SUCCESS,
                LsaLookupSids2(policy.get(), LSA_LOOKUP_PREFER_INTERNET_NAMES, 1, &pointer, &domains, &names));
  EXPECT_EQ(narrow(names[0].Name), "alice");
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(domains));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(names));
}

TEST(Lookup, BadArgumentsWriteNothing) {
  const Policy policy;
  WideText name("alice");
  PLSA_REFERENCED_DOMAIN_LIST domains = nullptr;
  PLSA_TRANSLATED_SID2 sids = nullptr;
  PLSA_TRANSLATED_NAME names = nullptr;
  const auto by_name = [&](PLSA_UNICODE_STRING strings, ULONG count) {
    return LsaLookupNames2(policy.get(), 0, count, strings, &domains, &sids);
  };
  LSA_UNICODE_STRING odd{5, 10, name.get()->Buffer}, beyond{10, 8, name.get()->Buffer}, null{10, 10, nullptr};
  for (PLSA_UNICODE_STRING bad : {&odd, &beyond, &null}) EXPECT_STATUS(STATUS_INVALID_PARAMETER, by_name(bad, 1));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, by_name(nullptr, 1));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, by_name(name.get(), 0));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, by_name(name.get(), 1001));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, by_name(name.get(), 0xffffffff));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaLookupNames2(policy.get(), 0, 1, name.get(), nullptr, &sids));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaLookupNames2(policy.get(), 0, 1, name.get(), &domains, nullptr));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaLookupNames2(nullptr, 0, 1, name.get(), &domains, &sids));
  std::vector<UCHAR> sid = parse_sid(alice().sid), revision = sid, count = sid;
  revision[0] = 2;
  count[1] = 16;
  for (PSID bad : {static_cast<PSID>(revision.data()), static_cast<PSID>(count.data())})
    EXPECT_STATUS(STATUS_INVALID_SID, LsaLookupSids(policy.get(), 1, &bad, &domains, &names));
  PSID none = nullptr, good = sid.data();
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaLookupSids(policy.get(), 1, &none, &domains, &names));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaLookupSids(policy.get(), 0, &good, &domains, &names));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaLookupSids(policy.get(), 20481, &good, &domains, &names));
  EXPECT_EQ(domains, nullptr);
  EXPECT_EQ(sids, nullptr);
  EXPECT_EQ(names, nullptr);
}

TEST(Lookup, ManyAtATime) {
  const Policy policy;
  std::vector<UCHAR> sid = parse_sid(alice().sid);
  std::vector<PSID> sids(20480, sid.data());
  PLSA_REFERENCED_DOMAIN_LIST domains = nullptr;
  PLSA_TRANSLATED_NAME names = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, LsaLookupSids(policy.get(), 20480, sids.data(), &domains, &names));
  EXPECT_EQ(domains->Entries, 1u);
  EXPECT_EQ(narrow(names[20479].Name), "alice");
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(domains));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(names));
  EXPECT_STATUS(STATUS_SUCCESS, policy.names(std::vector<std::string>(1000, "alice")).status);
  // More text than one message carries.
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, policy.names(std::vector<std::string>(100, std::string(30000, 'x'))).status);
}

}  // namespace
}  // namespace openlsa::test
