// Support functions that need no authority, called as a package calls them.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "host/lsa_heap.hpp"
#include "host/marshal/managed_credential.hpp"
#include "host/support.hpp"
#include "host/support/shared_memory.hpp"
#include "host/support/support_table.hpp"

namespace openlsa::host::test {
namespace {

const LSA_SECPKG_FUNCTION_TABLE& lsa() { return support_table(); }

TEST(SharedMemory, BlocksAreOfTheSectionZeroedAndApart) {
  PVOID section = lsa().CreateSharedMemory(4096, 0);
  ASSERT_NE(section, nullptr);
  auto* first = static_cast<UCHAR*>(lsa().AllocateSharedMemory(section, 100));
  auto* second = static_cast<UCHAR*>(lsa().AllocateSharedMemory(section, 100));
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_GE(first, static_cast<UCHAR*>(section));
  EXPECT_GE(second, first + 100);
  EXPECT_LE(second + 100, static_cast<UCHAR*>(section) + 4096);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(second) % alignof(std::max_align_t), 0u);
  std::memset(first, 0xff, 100);
  std::memset(second, 0x11, 100);
  lsa().FreeSharedMemory(section, first);
  auto* third = static_cast<UCHAR*>(lsa().AllocateSharedMemory(section, 50));
  EXPECT_EQ(third, first) << "the gap is used again";
  EXPECT_EQ(std::count(third, third + 50, 0), 50) << "and says nothing of what was there";
  EXPECT_EQ(second[99], 0x11);
  EXPECT_TRUE(lsa().DeleteSharedMemory(section));
}

TEST(SharedMemory, IsFullWhenItIsFull) {
  PVOID section = lsa().CreateSharedMemory(4096, 4096);
  std::vector<PVOID> blocks;
  while (PVOID block = lsa().AllocateSharedMemory(section, 256)) blocks.push_back(block);
  EXPECT_EQ(blocks.size(), 16u);
  EXPECT_EQ(lsa().AllocateSharedMemory(section, 1), nullptr);
  lsa().FreeSharedMemory(section, blocks[7]);
  EXPECT_EQ(lsa().AllocateSharedMemory(section, 512), nullptr) << "the gap is too small";
  EXPECT_EQ(lsa().AllocateSharedMemory(section, 256), blocks[7]);
  EXPECT_TRUE(lsa().DeleteSharedMemory(section));
  section = lsa().CreateSharedMemory(4096, 0);
  EXPECT_NE(lsa().AllocateSharedMemory(section, 4096), nullptr);
  EXPECT_TRUE(lsa().DeleteSharedMemory(section));
}

TEST(SharedMemory, WrongArgumentsFindNothing) {
  EXPECT_EQ(lsa().CreateSharedMemory(0, 0), nullptr);
  EXPECT_EQ(lsa().CreateSharedMemory(4096, 4097), nullptr) << "more at first than at most";
  EXPECT_EQ(lsa().CreateSharedMemory(0xffffffff, 0), nullptr);
  EXPECT_EQ(lsa().AllocateSharedMemory(nullptr, 16), nullptr);
  EXPECT_FALSE(lsa().DeleteSharedMemory(nullptr));
  int local = 0;
  EXPECT_FALSE(lsa().DeleteSharedMemory(&local));
  PVOID section = lsa().CreateSharedMemory(4096, 0);
  EXPECT_EQ(lsa().AllocateSharedMemory(section, 0), nullptr);
  EXPECT_EQ(lsa().AllocateSharedMemory(section, 0xffffffff), nullptr);
  auto* block = static_cast<UCHAR*>(lsa().AllocateSharedMemory(section, 64));
  block[0] = 1;
  lsa().FreeSharedMemory(section, nullptr);
  lsa().FreeSharedMemory(section, block + 16);  // within a block, but none
  lsa().FreeSharedMemory(&local, block);
  EXPECT_EQ(block[0], 1);
  EXPECT_TRUE(lsa().DeleteSharedMemory(section));
  EXPECT_FALSE(lsa().DeleteSharedMemory(section)) << "once";
  EXPECT_EQ(lsa().AllocateSharedMemory(section, 16), nullptr);
}

TEST(SharedMemory, IsBounded) {
  std::vector<PVOID> sections;
  while (PVOID section = lsa().CreateSharedMemory(4096, 0)) sections.push_back(section);
  EXPECT_EQ(sections.size(), shared_memory::max_sections);
  for (PVOID section : sections) EXPECT_TRUE(lsa().DeleteSharedMemory(section));
  sections.clear();
  while (PVOID section = lsa().CreateSharedMemory(shared_memory::max_section_bytes, 0)) sections.push_back(section);
  EXPECT_EQ(sections.size(), shared_memory::max_total_bytes / shared_memory::max_section_bytes);
  for (PVOID section : sections) EXPECT_TRUE(lsa().DeleteSharedMemory(section));
}

TEST(SharedMemory, ASharerSeesItAndCannotTakeItAway) {
  PVOID section = lsa().CreateSharedMemory(4096, 0);
  auto* block = static_cast<char*>(lsa().AllocateSharedMemory(section, 16));
  std::strcpy(block, "shared");
  const auto share = shared_memory::share(section);
  ASSERT_TRUE(share);
  auto* mapped = static_cast<char*>(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, share->memory.get(), 0));
  ASSERT_NE(mapped, MAP_FAILED);
  EXPECT_STREQ(mapped + (block - static_cast<char*>(section)), "shared");
  EXPECT_NE(::ftruncate(share->memory.get(), 0), 0) << "memory that is mapped elsewhere must not go";
  EXPECT_NE(::ftruncate(share->memory.get(), 1 << 20), 0);
  ::munmap(mapped, 4096);
  EXPECT_TRUE(lsa().DeleteSharedMemory(section));
  EXPECT_FALSE(shared_memory::share(section));
}

seam::Credential credential() {
  seam::Credential value;
  value.type = CRED_TYPE_DOMAIN_PASSWORD;
  value.target_name = u"server";
  value.comment = u"";
  value.last_written = {0x1234567890abcdef};
  value.blob = secret("a password");
  value.persist = CRED_PERSIST_SESSION;
  value.attributes = {{u"Acme_Key", 0, base::to_bytes(base::as_bytes("value"))}, {u"Acme_Empty", 0, {}}};
  value.user_name = u"BOX\\alice";
  return value;
}

TEST(ManagedCredentials, AreOneBlockAndComeBackTheSame) {
  using marshal::BlobForm;
  for (const BlobForm form : {BlobForm::clear, BlobForm::protected_memory}) {
    const std::size_t blocks = lsa_heap::live_blocks();
    ENCRYPTED_CREDENTIALW* given = marshal::give_credential(credential(), form);
    ASSERT_NE(given, nullptr);
    EXPECT_EQ(lsa_heap::live_blocks(), blocks + 1);
    EXPECT_EQ(given->ClearCredentialBlobSize, 10u);
    EXPECT_EQ(std::memcmp(given->Cred.CredentialBlob, "a password", 10) == 0, form == BlobForm::clear);
    EXPECT_EQ(given->Cred.LastWritten.dwHighDateTime, 0x12345678u);
    EXPECT_EQ(given->Cred.TargetAlias, nullptr);
    ASSERT_NE(given->Cred.Comment, nullptr) << "an empty string is not NULL";
    EXPECT_EQ(given->Cred.Comment[0], 0);
    EXPECT_EQ(given->Cred.Attributes[1].Value, nullptr);
    const auto copied = marshal::copy_credential(*given, form);
    ASSERT_TRUE(copied);
    EXPECT_TRUE(base::equal(copied->blob.reveal(), base::as_bytes("a password")));
    EXPECT_EQ(copied->target_name, u"server");
    EXPECT_EQ(copied->user_name, u"BOX\\alice");
    EXPECT_EQ(copied->comment, u"");
    EXPECT_FALSE(copied->target_alias);
    ASSERT_EQ(copied->attributes.size(), 2u);
    EXPECT_EQ(copied->attributes[0].keyword, u"Acme_Key");
    EXPECT_EQ(copied->attributes[0].value.size(), 5u);
    lsa().CrediFreeCredentials(1, &given);  // the array is on the stack
    EXPECT_EQ(lsa_heap::live_blocks(), blocks);
  }
}

TEST(ManagedCredentials, ThatLieAreRefused) {
  const auto refused = [](auto change) {
    ENCRYPTED_CREDENTIALW* given = marshal::give_credential(credential(), marshal::BlobForm::protected_memory);
    ENCRYPTED_CREDENTIALW copy = *given;
    change(copy);
    const bool result = !marshal::copy_credential(copy, marshal::BlobForm::protected_memory);
    lsa().CrediFreeCredentials(1, &given);
    return result;
  };
  using C = ENCRYPTED_CREDENTIALW&;
  EXPECT_FALSE(refused([](C) {}));
  EXPECT_TRUE(refused([](C c) { c.Cred.TargetName = nullptr; }));
  EXPECT_TRUE(refused([](C c) { c.Cred.CredentialBlob = nullptr; }));
  EXPECT_TRUE(refused([](C c) { c.Cred.CredentialBlobSize = CRED_MAX_CREDENTIAL_BLOB_SIZE + 1; }));
  EXPECT_TRUE(refused([](C c) { c.ClearCredentialBlobSize = c.Cred.CredentialBlobSize + 1; }));
  EXPECT_TRUE(refused([](C c) { c.Cred.Attributes = nullptr; }));
  EXPECT_TRUE(refused([](C c) { c.Cred.AttributeCount = CRED_MAX_ATTRIBUTES + 1; }));
  EXPECT_TRUE(refused([](C c) { c.Cred.Attributes[0].ValueSize = CRED_MAX_VALUE_SIZE + 1; }));
  const std::u16string endless(CRED_MAX_STRING_LENGTH, u'x');
  EXPECT_TRUE(refused([&](C c) { c.Cred.Comment = reinterpret_cast<LPWSTR>(const_cast<char16_t*>(endless.data())); }));
}

TEST(ManagedCredentials, FreeingNothingDoesNothing) {
  lsa().CrediFreeCredentials(0, nullptr);
  lsa().CrediFreeCredentials(3, nullptr);
  ENCRYPTED_CREDENTIALW* none[2] = {nullptr, nullptr};
  lsa().CrediFreeCredentials(2, none);
}

// The client of a call, who takes notes.
struct NotingClient final : seam::ClientCalls {
  seam::ClientCallbackReply client_callback(seam::ClientCallbackRequest request) override {
    requests.push_back(std::move(request));
    return {};
  }
  std::vector<seam::ClientCallbackRequest> requests;
};

class InACall : public HostTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(load("test_echo").status, STATUS_SUCCESS);
    origin.view.client = {1};
    origin.view.channel = {2};
  }
  template <class Entry>
  nt::Status enter(Entry&& entry) {
    CurrentCall call(*runtime, *runtime->find(first_id), &origin, &client);
    return call.enter("the test", STATUS_UNSUCCESSFUL, std::forward<Entry>(entry));
  }
  seam::CallOrigin origin;
  NotingClient client;
};

NTSTATUS get_app_mode(ULONG& function, ULONG_PTR& first, SecBuffer& data) {
  ULONG_PTR second = 0;
  BOOLEAN returns = TRUE;
  return lsa().GetAppModeInfo(&function, &first, &second, &data, &returns);
}

TEST_F(InACall, AppModeGoesOnInTheClientAfterSuccess) {
  char bytes[] = "data";
  SecBuffer data{4, SECBUFFER_DATA, bytes}, read{};
  ULONG function = 0;
  ULONG_PTR first = 0;
  EXPECT_EQ(enter([&] {
              EXPECT_EQ(get_app_mode(function, first, read), STATUS_NOT_FOUND);
              EXPECT_EQ(lsa().SetAppModeInfo(7, 11, 12, &data, FALSE), STATUS_SUCCESS);
              EXPECT_EQ(get_app_mode(function, first, read), STATUS_SUCCESS);
              EXPECT_TRUE(client.requests.empty()) << "not before the entry point is done";
              return STATUS_SUCCESS;
            }),
            STATUS_SUCCESS);
  EXPECT_EQ(function, 7u);
  EXPECT_EQ(first, 11u);
  ASSERT_EQ(read.cbBuffer, 4u);
  EXPECT_EQ(std::memcmp(read.pvBuffer, "data", 4), 0);
  lsa().FreeLsaHeap(read.pvBuffer);
  ASSERT_EQ(client.requests.size(), 1u);
  EXPECT_EQ(client.requests[0].callback, 7u);
  EXPECT_EQ(client.requests[0].argument2, 12u);
  EXPECT_EQ(client.requests[0].package, first_id);
  EXPECT_EQ(text_of(client.requests[0].input.data), "data");
}

TEST_F(InACall, AppModeOfAFailedCallIsForgotten) {
  EXPECT_EQ(enter([] {
              EXPECT_EQ(lsa().SetAppModeInfo(7, 0, 0, nullptr, FALSE), STATUS_SUCCESS);
              return STATUS_ACCESS_DENIED;
            }),
            STATUS_ACCESS_DENIED);
  EXPECT_TRUE(client.requests.empty());
}

TEST_F(InACall, AppModeThatReturnsIsNotOffered) {
  SecBuffer lie{4, SECBUFFER_DATA, nullptr};
  EXPECT_EQ(enter([&] {
              EXPECT_EQ(lsa().SetAppModeInfo(7, 0, 0, nullptr, TRUE), STATUS_NOT_SUPPORTED);
              EXPECT_EQ(lsa().SetAppModeInfo(7, 0, 0, &lie, FALSE), STATUS_INVALID_PARAMETER);
              EXPECT_EQ(lsa().GetAppModeInfo(nullptr, nullptr, nullptr, nullptr, nullptr), STATUS_INVALID_PARAMETER);
              return STATUS_SUCCESS;
            }),
            STATUS_SUCCESS);
  EXPECT_TRUE(client.requests.empty());
  EXPECT_EQ(lsa().SetAppModeInfo(7, 0, 0, nullptr, FALSE), STATUS_INVALID_PARAMETER) << "no current call";
}

TEST_F(InACall, ExtendedFlagsAndTheClientRequest) {
  ULONG flags = 99;
  PVOID answer = nullptr;
  CurrentCall call(*runtime, *runtime->find(first_id), &origin, &client);
  EXPECT_EQ(call.enter(
                "the test", STATUS_UNSUCCESSFUL,
                [&] {
                  EXPECT_EQ(lsa().GetExtendedCallFlags(&flags), STATUS_SUCCESS);
                  EXPECT_EQ(lsa().GetExtendedCallFlags(nullptr), STATUS_INVALID_PARAMETER);
                  EXPECT_EQ(lsa().QueryClientRequest(call.client_request(), 2, &answer), STATUS_INVALID_PARAMETER);
                  EXPECT_EQ(lsa().QueryClientRequest(nullptr, LSA_QUERY_CLIENT_PRELOGON_SESSION_ID, &answer),
                            STATUS_INVALID_PARAMETER);
                  EXPECT_EQ(answer, nullptr);
                  return lsa().QueryClientRequest(call.client_request(), LSA_QUERY_CLIENT_PRELOGON_SESSION_ID, &answer);
                }),
            STATUS_SUCCESS);
  EXPECT_EQ(flags, 0u) << "no client runs in an app container";
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(*static_cast<ULONG*>(answer), 0u) << "the machine's own session";
  lsa().FreeLsaHeap(answer);
}

TEST_F(InACall, OutsideOfOneThereIsNothingToAsk) {
  ULONG flags = 99;
  PVOID answer = nullptr;
  EXPECT_EQ(lsa().GetExtendedCallFlags(&flags), STATUS_UNSUCCESSFUL);
  EXPECT_EQ(flags, 99u);
  EXPECT_EQ(lsa().QueryClientRequest(nullptr, LSA_QUERY_CLIENT_PRELOGON_SESSION_ID, &answer), STATUS_INVALID_PARAMETER);
}

TEST_F(InACall, ProtectedUsersAreMembersOfRid525OfADomain) {
  const nt::Sid domain(5, {21, 1, 2, 3});
  const auto is_protected = [&](const nt::Sid& group, std::uint32_t attributes) {
    support->token.information.groups = {{nt::well_known::users, 7}, {group, attributes}};
    BOOLEAN answer = 2;
    EXPECT_EQ(lsa().CheckProtectedUserByToken(reinterpret_cast<HANDLE>(8), &answer), STATUS_SUCCESS);
    return answer;
  };
  EXPECT_EQ(is_protected(domain.with_rid(525), 7), TRUE);
  EXPECT_EQ(is_protected(domain.with_rid(525), 0), FALSE) << "a group that is not enabled";
  EXPECT_EQ(is_protected(domain.with_rid(513), 7), FALSE);
  EXPECT_EQ(is_protected(nt::Sid(5, {32, 525}), 7), FALSE) << "no domain";
  BOOLEAN answer = 2;
  EXPECT_EQ(lsa().CheckProtectedUserByToken(nullptr, &answer), STATUS_INVALID_HANDLE);
  EXPECT_EQ(lsa().CheckProtectedUserByToken(reinterpret_cast<HANDLE>(12), &answer), STATUS_INVALID_HANDLE)
      << "an event is no token";
  EXPECT_EQ(lsa().CheckProtectedUserByToken(reinterpret_cast<HANDLE>(8), nullptr), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(answer, 2);
}

TEST_F(InACall, OutputsOfAFailureAreLeftAlone) {
  // The authority of this test supports none of these.
  char16_t text[] = u"name";
  UNICODE_STRING name{8, 8, reinterpret_cast<PWSTR>(text)};
  UNICODE_STRING odd{3, 8, reinterpret_cast<PWSTR>(text)};
  PVOID user = nullptr;
  PUCHAR data = nullptr;
  ULONG size = 7, sub_status = 7, count = 7;
  UNICODE_STRING out{}, domain{};
  UCHAR blob[8] = {};
  LUID luid{};
  ENCRYPTED_CREDENTIALW *credential = nullptr, **credentials = nullptr;
  CREDENTIAL_TARGET_INFORMATIONW target{};
  target.DnsServerName = reinterpret_cast<LPWSTR>(text);
  EXPECT_EQ(lsa().OpenSamUser(&name, SecNameFlat, nullptr, FALSE, 0, &user), STATUS_NOT_SUPPORTED);
  EXPECT_EQ(lsa().OpenSamUser(&name, SecNameFlat, nullptr, FALSE, 1, &user), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().OpenSamUser(&odd, SecNameFlat, nullptr, FALSE, 0, &user), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().OpenSamUser(nullptr, SecNameFlat, nullptr, FALSE, 0, &user), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().OpenSamUser(&name, SecNameFlat, nullptr, FALSE, 0, nullptr), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().GetUserAuthData(reinterpret_cast<PVOID>(8), &data, &size), STATUS_NOT_SUPPORTED);
  EXPECT_EQ(lsa().GetUserAuthData(reinterpret_cast<PVOID>(8), nullptr, &size), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().GetUserCredentials(reinterpret_cast<PVOID>(8), &user, &size, &user, &size), STATUS_NOT_IMPLEMENTED);
  EXPECT_EQ(lsa().ExpandAuthDataForDomain(blob, sizeof blob, nullptr, &data, &size), STATUS_NOT_SUPPORTED);
  EXPECT_EQ(lsa().ExpandAuthDataForDomain(blob, sizeof blob, blob, &data, &size), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().ExpandAuthDataForDomain(nullptr, 8, nullptr, &data, &size), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().CrackSingleName(2, FALSE, &name, nullptr, 8, &out, &domain, nullptr), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().CrackSingleName(2, FALSE, nullptr, nullptr, 8, &out, &domain, &sub_status), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().CrediRead(&luid, 0, reinterpret_cast<LPWSTR>(text), 1, 0, &credential), STATUS_NOT_SUPPORTED);
  EXPECT_EQ(lsa().CrediRead(&luid, 0, nullptr, 1, 0, &credential), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().CrediRead(&luid, 0, reinterpret_cast<LPWSTR>(text), 1, 1, &credential), STATUS_INVALID_PARAMETER)
      << "flags are reserved";
  EXPECT_EQ(lsa().CrediRead(&luid, 0x8000, reinterpret_cast<LPWSTR>(text), 1, 0, &credential),
            STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().CrediReadDomainCredentials(&luid, 0, &target, 0, &count, &credentials), STATUS_NOT_SUPPORTED);
  EXPECT_EQ(lsa().CrediReadDomainCredentials(&luid, 0, nullptr, 0, &count, &credentials), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(lsa().CrediWrite(&luid, 0, nullptr, 0), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(user, nullptr);
  EXPECT_EQ(data, nullptr);
  EXPECT_EQ(credential, nullptr);
  EXPECT_EQ(credentials, nullptr);
  EXPECT_EQ(out.Buffer, nullptr);
  EXPECT_EQ(size, 7u);
  EXPECT_EQ(sub_status, 7u);
  EXPECT_EQ(count, 7u);
}

TEST(ServiceAccounts, NoneIsManaged) {
  char16_t text[] = u"svc$";
  UNICODE_STRING name{8, 8, reinterpret_cast<PWSTR>(text)}, empty{}, current{}, previous{};
  const auto ask = [&](PUNICODE_STRING account, PUNICODE_STRING password, int fetch) {
    return lsa().GetServiceAccountPassword(account, nullptr, static_cast<CRED_FETCH>(fetch), nullptr, password,
                                           &previous, nullptr);
  };
  EXPECT_EQ(ask(&name, &current, CredFetchDefault), STATUS_OBJECT_NAME_NOT_FOUND);
  EXPECT_EQ(ask(&empty, &current, CredFetchDefault), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(ask(nullptr, &current, CredFetchDefault), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(ask(&name, nullptr, CredFetchDefault), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(ask(&name, &current, 3), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(current.Buffer, nullptr);
}

}  // namespace
}  // namespace openlsa::host::test
