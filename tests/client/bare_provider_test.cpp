// Bare SSPs: loading, both forms, handles of ours around theirs, whose memory is whose, and those that cannot be used.
#include <chrono>
#include <cstring>
#include <fstream>
#include <future>

#include "client/bare/bare_providers.hpp"
#include "client/bare_fixture.hpp"
#include "support/ownership.hpp"

namespace openlsa::client {
namespace {

char* name(const char* text) { return const_cast<char*>(text); }

struct Message {
  explicit Message(const char* text) { std::strcpy(data, text); }
  char data[16] = {};
  char token[8] = {};
  SecBuffer buffers[2] = {{sizeof data, SECBUFFER_DATA, data}, {sizeof token, SECBUFFER_TOKEN, token}};
  SecBufferDesc descriptor{SECBUFFER_VERSION, 2, buffers};
};

TEST_F(Bare, PackagesStandBehindThoseOfTheAuthority) {
  authority_.packages = {host_.package};
  ULONG count = 0;
  PSecPkgInfoW list = nullptr;
  ASSERT_EQ(EnumerateSecurityPackagesW(&count, &list), SEC_E_OK);
  ASSERT_EQ(count, 3u);
  EXPECT_EQ(std::u16string(reinterpret_cast<char16_t*>(list[0].Name)), u"half");
  EXPECT_EQ(std::u16string(reinterpret_cast<char16_t*>(list[1].Name)), u"Bare");
  EXPECT_EQ(std::u16string(reinterpret_cast<char16_t*>(list[2].Name)), u"BareGss");
  EXPECT_EQ(FreeContextBuffer(list), SEC_E_OK);
  PSecPkgInfoA info = nullptr;
  ASSERT_EQ(QuerySecurityPackageInfoA(name("bare"), &info), SEC_E_OK);
  EXPECT_STREQ(info->Name, "Bare");
  EXPECT_EQ(info->cbMaxToken, 512u);
  EXPECT_EQ(FreeContextBuffer(info), SEC_E_OK);
  EXPECT_EQ(of_provider<int>("bare_blocks"), 0) << "the provider's list went back to it";
}

TEST_F(Bare, HostedPackagesCannotBeReplaced) {
  seam::PackageInfo same;
  same.name = u"BARE";
  same.supports_sspi = true;
  authority_.packages = {same};
  CredHandle credential{};
  EXPECT_EQ(acquire_bare(credential), SEC_E_SECPKG_NOT_FOUND) << "the authority was asked";
  authority_.packages.clear();
  ASSERT_EQ(acquire_bare(credential), SEC_E_OK);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
}

seam::PackageInfo hosted(const char16_t* package) {
  seam::PackageInfo info;
  info.name = package;
  info.supports_sspi = true;
  return info;
}

TEST_F(Bare, OneThatCouldNeverBeFoundIsNotAdded) {
  remove_provider(installed_file("bare_provider"));
  authority_.packages = {hosted(u"Bare"), hosted(u"BAREGSS")};
  EXPECT_EQ(add_provider(installed_file("bare_provider")), SEC_E_CANNOT_INSTALL);
  EXPECT_EQ(remove_provider(installed_file("bare_provider")), SEC_E_SECPKG_NOT_FOUND);
  authority_.packages.pop_back();
  EXPECT_EQ(add_provider(installed_file("bare_provider")), SEC_E_OK) << "one of its packages can be found";
}

// OPENLSA_AUTHORITY names another address as long as this lives.
struct AtAddress {
  explicit AtAddress(const std::string& address) : before(std::getenv("OPENLSA_AUTHORITY")) {
    ::setenv("OPENLSA_AUTHORITY", address.c_str(), 1);
  }
  ~AtAddress() { ::setenv("OPENLSA_AUTHORITY", before.c_str(), 1); }
  const std::string before;
};

TEST_F(Bare, NoneTakesANameWhileTheAuthorityRestarts) {
  CredHandle credential{};
  ASSERT_EQ(acquire_bare(credential), SEC_E_OK);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
  {
    const AtAddress nobody("/tmp/there-is-no-such-socket");
    authority_.hang_up();
    EXPECT_EQ(acquire_bare(credential), SEC_E_INTERNAL_ERROR) << "it may have a package of that name";
  }
  ASSERT_EQ(acquire_bare(credential), SEC_E_OK);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
}

// A program that never had an authority: the death test runs this alone, in a process of its own.
TEST(BareWithoutAuthority, IsUsed) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        ::setenv("OPENLSA_AUTHORITY", "/tmp/there-is-no-such-socket", 1);
        CredHandle credential{};
        const bool added = add_provider(installed_file("bare_provider")) == SEC_E_OK;
        const SECURITY_STATUS status = AcquireCredentialsHandleA(nullptr, name("Bare"), SECPKG_CRED_BOTH, nullptr,
                                                                 nullptr, nullptr, nullptr, &credential, nullptr);
        std::exit(added && status == SEC_E_OK ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST_F(Bare, MessagesAreProtectedInTheProvider) {
  const BarePair pair;
  ASSERT_TRUE(pair.complete()) << std::hex << pair.initiated << " " << pair.accepted << " " << pair.completed;
  CtxtHandle initiator = pair.initiator, acceptor = pair.acceptor;
  Message message("text");
  ASSERT_EQ(MakeSignature(&initiator, 0, &message.descriptor, 0), SEC_E_OK);
  EXPECT_EQ(VerifySignature(&acceptor, &message.descriptor, 0, nullptr), SEC_E_OK);
  EXPECT_EQ(VerifySignature(&initiator, &message.descriptor, 0, nullptr), SEC_E_MESSAGE_ALTERED) << "its own";
  ASSERT_EQ(EncryptMessage(&acceptor, 0, &message.descriptor, 0), SEC_E_OK);
  EXPECT_STRNE(message.data, "text");
  ASSERT_EQ(DecryptMessage(&initiator, &message.descriptor, 0, nullptr), SEC_E_OK);
  EXPECT_STREQ(message.data, "text");
  message.data[0] ^= 1;
  EXPECT_EQ(DecryptMessage(&initiator, &message.descriptor, 0, nullptr), SEC_E_MESSAGE_ALTERED);
  message.descriptor.ulVersion = 7;
  EXPECT_EQ(EncryptMessage(&acceptor, 0, &message.descriptor, 0), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(MakeSignature(&acceptor, 0, nullptr, 0), SEC_E_INVALID_PARAMETER);
}

TEST_F(Bare, ItsBlocksGoBackToIt) {
  const BarePair pair;
  ASSERT_TRUE(pair.complete());
  CtxtHandle acceptor = pair.acceptor;
  const int& blocks = of_provider<int>("bare_blocks");
  SecPkgContext_NamesA ansi{};
  SecPkgContext_NamesW wide{};
  ASSERT_EQ(QueryContextAttributesA(&acceptor, SECPKG_ATTR_NAMES, &ansi), SEC_E_OK);
  ASSERT_EQ(QueryContextAttributesW(&acceptor, SECPKG_ATTR_NAMES, &wide), SEC_E_OK);
  EXPECT_STREQ(ansi.sUserName, "peter");
  EXPECT_EQ(std::u16string(reinterpret_cast<char16_t*>(wide.sUserName)), u"peter");
  EXPECT_EQ(blocks, 2);
  EXPECT_EQ(FreeContextBuffer(ansi.sUserName), SEC_E_OK);
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_EQ(FreeContextBuffer(ansi.sUserName), SEC_E_INVALID_HANDLE) << "once";
  EXPECT_EQ(FreeContextBuffer(wide.sUserName), SEC_E_OK);
  EXPECT_EQ(blocks, 0);
  SecPkgContext_Sizes sizes{};
  EXPECT_EQ(QueryContextAttributesExA(&acceptor, SECPKG_ATTR_SIZES, &sizes, sizeof sizes), SEC_E_OK);
  EXPECT_EQ(sizes.cbMaxSignature, 8u);
  EXPECT_EQ(QueryContextAttributesExA(&acceptor, SECPKG_ATTR_SIZES, &sizes, 4), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(QueryContextAttributesExA(&acceptor, 0x7777, &sizes, sizeof sizes), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(QueryContextAttributesA(&acceptor, SECPKG_ATTR_NAMES, nullptr), SEC_E_INVALID_PARAMETER);
}

TEST_F(Bare, SuccessWithoutAHandleIsAFailure) {
  CredHandle credential{7, 7};
  EXPECT_EQ(AcquireCredentialsHandleA(nullptr, name("Bare"), SECPKG_CRED_BOTH | 0x40000000, nullptr, nullptr, nullptr,
                                      nullptr, &credential, nullptr),
            SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(credential.dwLower, 7u) << "left alone";
}

TEST_F(Bare, TokensThatItAllocatesGoBackToIt) {
  CredHandle credential{};
  CtxtHandle context{};
  ASSERT_EQ(acquire_bare(credential), SEC_E_OK);
  SecBuffer token{0, SECBUFFER_TOKEN, nullptr};
  SecBufferDesc output{SECBUFFER_VERSION, 1, &token};
  ULONG attributes = 0;
  ASSERT_EQ(InitializeSecurityContextA(&credential, nullptr, name("x"), ISC_REQ_ALLOCATE_MEMORY, 0, 0, nullptr, 0,
                                       &context, &output, &attributes, nullptr),
            SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(of_provider<int>("bare_blocks"), 1);
  EXPECT_EQ(FreeContextBuffer(token.pvBuffer), SEC_E_OK);
  EXPECT_EQ(of_provider<int>("bare_blocks"), 0);
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_OK);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
}

TEST_F(Bare, TheCallersOwnMemoryIsNotAdopted) {
  BarePair pair;
  ASSERT_TRUE(pair.complete());
  char wrong[] = "??", own[8];
  SecBuffer in{2, SECBUFFER_TOKEN, wrong}, out{sizeof own, SECBUFFER_TOKEN, own};
  SecBufferDesc input{SECBUFFER_VERSION, 1, &in}, output{SECBUFFER_VERSION, 1, &out};
  ULONG attributes = 0;
  ASSERT_EQ(InitializeSecurityContextA(&pair.credential, &pair.initiator, name("peter"), ISC_REQ_ALLOCATE_MEMORY, 0, 0,
                                       &input, 0, nullptr, &output, &attributes, nullptr),
            SEC_E_INVALID_TOKEN);
  ASSERT_EQ(out.pvBuffer, own);
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_EQ(FreeContextBuffer(own), SEC_E_INVALID_HANDLE) << "the provider never gave it";
}

TEST_F(Bare, AHandleThatALaterLegReplacesIsDeleted) {
  const int& contexts = of_provider<int>("bare_contexts");
  of_provider<int>("bare_renews") = 1;
  {
    const BarePair pair;
    of_provider<int>("bare_renews") = 0;
    ASSERT_TRUE(pair.complete());
    EXPECT_EQ(contexts, 2) << "the initiator's new one, and the acceptor's";
    CtxtHandle initiator = pair.initiator, acceptor = pair.acceptor;
    Message message("text");
    ASSERT_EQ(MakeSignature(&initiator, 0, &message.descriptor, 0), SEC_E_OK);
    EXPECT_EQ(VerifySignature(&acceptor, &message.descriptor, 0, nullptr), SEC_E_OK);
  }
  EXPECT_EQ(contexts, 0);
}

TEST_F(Bare, StaleAndForeignHandlesFindNothing) {
  CtxtHandle theirs{};  // what the provider itself gave out
  EXPECT_EQ(DeleteSecurityContext(&theirs), SEC_E_INVALID_HANDLE);
  CredHandle hosted{}, credential{};
  CtxtHandle context{};
  ASSERT_EQ(acquire(hosted), SEC_E_OK);
  CtxtHandle old_initiator;
  {
    const BarePair pair;
    ASSERT_TRUE(pair.complete());
    CtxtHandle bare = pair.initiator;
    old_initiator = bare;
    EXPECT_EQ(initialize(hosted, &bare, context), SEC_E_INVALID_HANDLE) << "two that do not belong together";
    EXPECT_EQ(FreeCredentialsHandle(&bare), SEC_E_INVALID_HANDLE);
    EXPECT_EQ(of_provider<int>("bare_contexts"), 2);
  }
  EXPECT_EQ(of_provider<int>("bare_contexts"), 0);
  EXPECT_EQ(of_provider<int>("bare_credentials"), 0);
  Message message("text");
  SecPkgContext_Sizes sizes{};
  EXPECT_EQ(MakeSignature(&old_initiator, 0, &message.descriptor, 0), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(QueryContextAttributesW(&old_initiator, SECPKG_ATTR_SIZES, &sizes), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(ImpersonateSecurityContext(&old_initiator), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(DeleteSecurityContext(&old_initiator), SEC_E_INVALID_HANDLE);
  ASSERT_EQ(acquire_bare(credential), SEC_E_OK);
  CredHandle old = credential;
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
  EXPECT_EQ(FreeCredentialsHandle(&old), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(initialize(old, nullptr, context), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(FreeCredentialsHandle(&hosted), SEC_E_OK);
}

TEST_F(Bare, SlotsThatItLeavesEmptyAreNotSupported) {
  const BarePair pair;
  ASSERT_TRUE(pair.complete());
  CtxtHandle context = pair.acceptor;
  CredHandle credential = pair.credential;
  void* token = nullptr;
  SecPkgContext_Flags flags{};
  SecPkgCredentials_NamesW names{};
  Message message("x");
  EXPECT_EQ(ImpersonateSecurityContext(&context), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(RevertSecurityContext(&context), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(QuerySecurityContextToken(&context, &token), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(CompleteAuthToken(&context, &message.descriptor), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(ApplyControlToken(&context, &message.descriptor), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(SetContextAttributesW(&context, SECPKG_ATTR_FLAGS, &flags, sizeof flags), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(QueryCredentialsAttributesW(&credential, SECPKG_CRED_ATTR_NAMES, &names), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(AddCredentialsA(&credential, nullptr, name("Bare"), SECPKG_CRED_BOTH, nullptr, nullptr, nullptr, nullptr),
            SEC_E_UNSUPPORTED_FUNCTION);
}

TEST_F(Bare, AContextIsExportedAndImported) {
  const BarePair pair;
  ASSERT_TRUE(pair.complete());
  CtxtHandle old = pair.acceptor, moved{};
  SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
  ASSERT_EQ(ExportSecurityContext(&old, SECPKG_CONTEXT_EXPORT_DELETE_OLD, &packed, nullptr), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&old), SEC_E_INVALID_HANDLE);
  ASSERT_EQ(ImportSecurityContextA(name("Bare"), &packed, nullptr, &moved), SEC_E_OK);
  EXPECT_EQ(FreeContextBuffer(packed.pvBuffer), SEC_E_OK);
  EXPECT_EQ(of_provider<int>("bare_blocks"), 0);
  Message message("text");
  CtxtHandle initiator = pair.initiator;
  ASSERT_EQ(MakeSignature(&initiator, 0, &message.descriptor, 0), SEC_E_OK);
  EXPECT_EQ(VerifySignature(&moved, &message.descriptor, 0, nullptr), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&moved), SEC_E_OK);
  EXPECT_EQ(of_provider<int>("bare_contexts"), 1);
}

TEST_F(Bare, WhatWasAddedCanBeTakenBack) {
  const BarePair pair;
  ASSERT_TRUE(pair.complete());
  EXPECT_EQ(remove_provider("BareGss"), SEC_E_OK) << "by the name of a package of the file";
  CredHandle credential{};
  EXPECT_EQ(acquire_bare(credential), SEC_E_SECPKG_NOT_FOUND);
  CtxtHandle initiator = pair.initiator;
  Message message("text");
  EXPECT_EQ(MakeSignature(&initiator, 0, &message.descriptor, 0), SEC_E_OK) << "handles go on";
  EXPECT_EQ(remove_provider("Bare"), SEC_E_SECPKG_NOT_FOUND);
}

TEST_F(Bare, ItsFileIsNoNameOfAHostedPackage) {
  int busy = 0;
  std::vector<std::string> removed;
  authority_.admin = [&](seam::AdminRequest request) {
    seam::AdminReply reply;
    reply.status = busy-- > 0 ? STATUS_DEVICE_BUSY : STATUS_SUCCESS;
    if (request.verb == "package-remove" && reply.status == STATUS_SUCCESS) removed.push_back(request.arguments[0]);
    return reply;
  };
  EXPECT_EQ(remove_provider("/tmp/slow.so"), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(remove_provider("slow.1"), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_TRUE(removed.empty());
  SECURITY_PACKAGE_OPTIONS options{sizeof options, SECPKG_OPTIONS_TYPE_LSA, SECPKG_OPTIONS_PERMANENT, 0, nullptr};
  EXPECT_EQ(AddSecurityPackageA(name("/tmp/slow.1"), &options), SEC_E_INVALID_PARAMETER);
  busy = 3;
  EXPECT_EQ(remove_provider("slow"), SEC_E_OK) << "when the other change is done";
  EXPECT_EQ(removed, std::vector<std::string>{"name=slow"});
  busy = 1'000'000;
  EXPECT_EQ(remove_provider("slow"), SEC_E_INTERNAL_ERROR);
  const std::string file = installed_file("bare_provider");
  EXPECT_EQ(AddSecurityPackageA(name(file.substr(0, file.size() - 3).c_str()), &options), SEC_E_CANNOT_INSTALL);
}

// A provider with one table, called in the other form.
class OneForm : public Bare, public ::testing::WithParamInterface<const char*> {
 protected:
  std::string file() const {
    return std::string(GetParam()) == "BareWide" ? "bare_wide_provider" : "bare_ansi_provider";
  }
  void SetUp() override { ASSERT_EQ(add_provider(installed_file(file())), SEC_E_OK); }
  void TearDown() override { remove_provider(installed_file(file())); }
};

TEST_P(OneForm, ServesBoth) {
  const BarePair pair(GetParam());
  ASSERT_TRUE(pair.complete());
  CtxtHandle acceptor = pair.acceptor;
  SecPkgContext_NamesA ansi{};
  SecPkgContext_NamesW wide{};
  ASSERT_EQ(QueryContextAttributesA(&acceptor, SECPKG_ATTR_NAMES, &ansi), SEC_E_OK);
  ASSERT_EQ(QueryContextAttributesW(&acceptor, SECPKG_ATTR_NAMES, &wide), SEC_E_OK);
  EXPECT_STREQ(ansi.sUserName, "peter");
  EXPECT_EQ(std::u16string(reinterpret_cast<char16_t*>(wide.sUserName)), u"peter");
  EXPECT_EQ(FreeContextBuffer(ansi.sUserName), SEC_E_OK);
  EXPECT_EQ(FreeContextBuffer(wide.sUserName), SEC_E_OK);
  EXPECT_EQ(of_provider<int>("bare_blocks", file()), 0);
  std::u16string wide_name;
  for (const char* c = GetParam(); *c; ++c) wide_name += static_cast<char16_t>(*c);
  CredHandle credential{};
  ASSERT_EQ(AcquireCredentialsHandleW(nullptr, reinterpret_cast<SEC_WCHAR*>(wide_name.data()), SECPKG_CRED_OUTBOUND,
                                      nullptr, nullptr, nullptr, nullptr, &credential, nullptr),
            SEC_E_OK);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
  // What an attribute that nobody knows holds cannot be turned into the other form.
  const bool is_wide = std::string(GetParam()) == "BareWide";
  char room[64];
  EXPECT_EQ(
      is_wide ? QueryContextAttributesA(&acceptor, 0x7777, room) : QueryContextAttributesW(&acceptor, 0x7777, room),
      SEC_E_UNSUPPORTED_FUNCTION);
}
INSTANTIATE_TEST_SUITE_P(Forms, OneForm, ::testing::Values("BareWide", "BareAnsi"));

TEST_F(Bare, OnesThatCannotBeUsedAreRefused) {
  EXPECT_EQ(add_provider(installed_file("bare_null_provider")), SEC_E_CANNOT_INSTALL) << "no table";
  EXPECT_EQ(add_provider(installed_file("bare_empty_provider")), SEC_E_CANNOT_INSTALL) << "no packages";
  EXPECT_EQ(add_provider(installed_file("bare_kerberos_provider")), SEC_E_CANNOT_INSTALL) << "a built-in name";
  EXPECT_EQ(add_provider(installed_file("failing_package")), SEC_E_CANNOT_INSTALL) << "no export";
  EXPECT_EQ(add_provider("/tmp/there-is-no-such-file.so"), SEC_E_SECPKG_NOT_FOUND);
  const std::string text = installed_file("bare_provider") + ".text.so";
  std::ofstream(text) << "no shared object";
  EXPECT_EQ(add_provider(text), SEC_E_CANNOT_INSTALL);
  const std::string copy = installed_file("bare_provider") + ".copy.so";
  std::filesystem::copy_file(installed_file("bare_provider"), copy);
  std::filesystem::permissions(copy, std::filesystem::perms(0777));
  EXPECT_EQ(add_provider(copy), SEC_E_CANNOT_INSTALL) << "anybody could change it";
  CredHandle credential{};
  EXPECT_EQ(acquire_bare(credential, "BareNull"), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(acquire_bare(credential), SEC_E_OK) << "and the others go on";
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
}

TEST_F(Bare, TheOldestTableIsReadNoFurtherThanItIs) {
  ASSERT_EQ(add_provider(installed_file("bare_oldest_provider")), SEC_E_OK);
  CredHandle credential{};
  ASSERT_EQ(acquire_bare(credential, "BareOldest"), SEC_E_OK);
  CtxtHandle context{};
  SecPkgCredentials_NamesW names{};
  EXPECT_EQ(initialize(credential, nullptr, context), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(accept(credential, context), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(SetCredentialsAttributesW(&credential, SECPKG_CRED_ATTR_NAMES, &names, sizeof names),
            SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_INVALID_HANDLE) << "ours went all the same";
  remove_provider("BareOldest");
}

TEST_F(Bare, OptionsAreChecked) {
  char byte = 0;
  SECURITY_PACKAGE_OPTIONS good{sizeof good, SECPKG_OPTIONS_TYPE_SSPI, 0, 0, nullptr};
  const std::string path = installed_file("bare_provider"), bare_name = path.substr(0, path.size() - 3);
  const auto with = [&](auto change) {
    SECURITY_PACKAGE_OPTIONS options = good;
    change(options);
    return AddSecurityPackageA(name(path.c_str()), &options);
  };
  EXPECT_EQ(with([](auto&) {}), SEC_E_OK);
  EXPECT_EQ(with([](auto& o) { o.Size = 4; }), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(with([](auto& o) { o.Type = 3; }), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(with([](auto& o) { o.Flags = 2; }), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(with([](auto& o) { o.SignatureSize = 1; }), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(with([&](auto& o) { o.SignatureSize = 1, o.Signature = &byte; }), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(with([](auto& o) { o.Flags = SECPKG_OPTIONS_PERMANENT; }), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(with([](auto& o) { o.Type = SECPKG_OPTIONS_TYPE_LSA; }), SEC_E_UNSUPPORTED_FUNCTION) << "not for good";
  EXPECT_EQ(AddSecurityPackageA(name(bare_name.c_str()), &good), SEC_E_INVALID_PARAMETER) << "no ending";
  EXPECT_EQ(AddSecurityPackageA(nullptr, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(AddSecurityPackageW(nullptr, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(DeleteSecurityPackageA(name("sub/relative.so")), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(DeleteSecurityPackageW(nullptr), SEC_E_INVALID_PARAMETER);
}

TEST_F(Bare, TheAdministratorListsThemInLsaToml) {
  const std::string directory = std::filesystem::path(installed_file("bare_provider")).parent_path();
  const std::string path = installed_file("bare_wide_provider");
  std::ofstream(directory + "/lsa.toml") << "security_providers = \"" << installed_file("bare_null_provider") << ", "
                                         << path << "\"\n";
  const std::string before = std::getenv("OPENLSA_AUTHORITY");
  ::setenv("OPENLSA_AUTHORITY", ("embedded:" + directory).c_str(), 1);
  BareProviders providers(1);
  const auto found = providers.packages();
  ::setenv("OPENLSA_AUTHORITY", before.c_str(), 1);
  ASSERT_EQ(found.size(), 2u) << "one that cannot be used does not keep out the next";
  EXPECT_EQ(found[0].info.name, u"BareWide");
  EXPECT_EQ(found[1].info.name, u"BareWideGss");
  EXPECT_EQ(providers.remove(path, u""), STATUS_PRIVILEGE_NOT_HELD) << "not a process's to take back";
  EXPECT_EQ(providers.packages().size(), 2u);
}

std::function<void()> while_starting;
void call_while_starting() { while_starting(); }

// What the W table's initialization of the file does, as long as this lives.
struct InInitialization {
  InInitialization(const std::string& file, std::function<void()> action)
      : hook(of_provider<void (*)()>("bare_in_init", file)) {
    while_starting = std::move(action);
    hook = call_while_starting;
  }
  ~InInitialization() { hook = nullptr; }
  void (*&hook)();
};

TEST_F(Bare, AProviderThatAddsItselfIsLoadedOnce) {
  const std::string path = installed_file("bare_provider");
  remove_provider(path);
  int started = 0;
  SECURITY_STATUS inner = -1;
  const InInitialization adding("bare_provider", [&] {
    if (++started < 4) inner = add_provider(path);
  });
  EXPECT_EQ(add_provider(path), SEC_E_OK);
  EXPECT_EQ(started, 1);
  EXPECT_EQ(inner, SEC_E_OK);
  EXPECT_EQ(remove_provider(path), SEC_E_OK);
  EXPECT_EQ(remove_provider(path), SEC_E_SECPKG_NOT_FOUND) << "it is in the list once";
}

TEST_F(Bare, AProviderThatWaitsForAThreadThatListsPackagesIsLoaded) {
  const std::string directory = std::filesystem::path(installed_file("bare_provider")).parent_path();
  std::ofstream(directory + "/lsa.toml") << "security_providers = \"" << installed_file("bare_ansi_provider") << ", "
                                         << installed_file("bare_wide_provider") << "\"\n";
  const AtAddress embedded("embedded:" + directory);
  BareProviders providers(1);
  std::future<std::vector<BarePackage>> other;
  bool went_on = false;
  const InInitialization waiting("bare_wide_provider", [&] {
    other = std::async(std::launch::async, [&] { return providers.packages(); });
    went_on = other.wait_for(std::chrono::seconds(15)) == std::future_status::ready;
  });
  EXPECT_EQ(providers.packages().size(), 4u);
  EXPECT_TRUE(went_on);
  EXPECT_EQ(other.get().size(), went_on ? 2u : 4u) << "those that were loaded so far";
}

TEST_F(Bare, AProviderThatTwoThreadsAddIsLoadedOnce) {
  const std::string path = installed_file("bare_provider");
  remove_provider(path);
  std::atomic<int> started = 0;
  std::future<SECURITY_STATUS> other;
  const InInitialization adding("bare_provider", [&] {
    if (++started > 1) return;
    other = std::async(std::launch::async, [&] { return add_provider(path); });
    other.wait_for(std::chrono::milliseconds(200));
  });
  EXPECT_EQ(add_provider(path), SEC_E_OK);
  EXPECT_EQ(other.get(), SEC_E_OK);
  EXPECT_EQ(started, 1);
}

}  // namespace
}  // namespace openlsa::client
