// libsecur32 itself, with arguments that are wrong: a documented status, no crash, nothing read beyond what is there.
// Each case runs in a process of its own, so that a crash is a failure of that case.
#include <gtest/gtest.h>
#include <openlsa/ntsecapi.h>
#include <openlsa/ntstatus.h>
#include <openlsa/security.h>
#include <openlsa/winerror.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "support/child.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

constexpr std::size_t two_gigabytes = std::size_t{1} << 31;

// Readable memory that takes none: the kernel's page of zeros again and again.
void* zeros(std::size_t size) {
  void* place = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return place == MAP_FAILED ? nullptr : place;
}

std::string call_with(PVOID submit, ULONG size) {
  const Connection connection = Connection::untrusted();
  PVOID returned = nullptr;
  ULONG returned_size = 0;
  NTSTATUS protocol = 0;
  return status_text(LsaCallAuthenticationPackage(connection.handle(), connection.package("Probe"), submit, size,
                                                  &returned, &returned_size, &protocol));
}

TEST(LsaArguments, LengthsThatNobodyHasAreRefused) {
  for (const std::size_t size : {(std::size_t{1} << 20) + 1, two_gigabytes, std::size_t{0xffffffff}})
    EXPECT_EQ(in_child([size] { return call_with(zeros(size), static_cast<ULONG>(size)); }),
              status_text(STATUS_INVALID_PARAMETER))
        << size;
  EXPECT_EQ(in_child([] { return call_with(nullptr, 16); }), status_text(STATUS_INVALID_PARAMETER));
}

// A copy that ends where readable memory does: who looks for a terminator finds a fault.
char* at_the_end_of_memory(const std::string& bytes) {
  const long page = ::sysconf(_SC_PAGESIZE);
  const std::size_t room = (bytes.size() / page + 1) * page;
  void* place = ::mmap(nullptr, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED || ::mprotect(static_cast<char*>(place) + room, page, PROT_NONE) != 0) return nullptr;
  char* const begin = static_cast<char*>(place) + room - bytes.size();
  std::memcpy(begin, bytes.data(), bytes.size());
  return begin;
}

LSA_STRING unterminated(const std::string& text) {
  const auto size = static_cast<USHORT>(text.size());
  return {size, size, at_the_end_of_memory(text)};
}

TEST(LsaArguments, CountedStringsNeedNoTerminator) {
  EXPECT_EQ(in_child([] {
              LSA_STRING process = unterminated("a logon process"), package = unterminated("Probe");
              LSA_STRING origin = unterminated("an origin");
              HANDLE lsa = nullptr;
              LSA_OPERATIONAL_MODE mode = 0;
              if (const NTSTATUS status = LsaRegisterLogonProcess(&process, &lsa, &mode);
                  status != STATUS_SUCCESS && ::geteuid() == 0)
                return "register " + status_text(status);
              if (lsa == nullptr) LsaConnectUntrusted(&lsa);
              ULONG id = 0;
              if (const NTSTATUS status = LsaLookupAuthenticationPackage(lsa, &package, &id); status != STATUS_SUCCESS)
                return "look-up " + status_text(status);
              const std::string submit = "user=alice";
              TOKEN_SOURCE source{{'n', 'o', 't', ' ', 'z', 'e', 'r', 'o'}, {}};
              PVOID profile = nullptr;
              ULONG profile_size = 0;
              LUID luid{};
              HANDLE token = nullptr;
              QUOTA_LIMITS quotas{};
              NTSTATUS sub_status = 0;
              return status_text(LsaLogonUser(lsa, &origin, Interactive, id, at_the_end_of_memory(submit),
                                              static_cast<ULONG>(submit.size()), nullptr, &source, &profile,
                                              &profile_size, &luid, &token, &quotas, &sub_status));
            }),
            status_text(STATUS_SUCCESS));
}

TEST(SspiArguments, CountedStringsNeedNoTerminator) {
  EXPECT_EQ(in_child([] {
              SEC_WINNT_AUTH_IDENTITY_A identity{};
              identity.User = reinterpret_cast<UCHAR*>(at_the_end_of_memory("alice"));
              identity.UserLength = 5;
              identity.Password = reinterpret_cast<UCHAR*>(at_the_end_of_memory("pass"));
              identity.PasswordLength = 4;
              identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
              return status_text(Credential::by_ansi("Probe", SECPKG_CRED_OUTBOUND, nullptr, &identity).status());
            }),
            status_text(SEC_E_OK));
}

// Names that end with a zero may be of any length; no package has one of a mebibyte.
TEST(SspiArguments, NamesThatDoNotEndAreRefused) {
  for (const std::size_t size : {std::size_t{1} << 16, std::size_t{1} << 20, std::size_t{1} << 24}) {
    EXPECT_EQ(in_child([size] {
                std::string name(size, 'n');
                CredHandle credential{};
                TimeStamp expiry{};
                PSecPkgInfoA info = nullptr;
                return status_text(QuerySecurityPackageInfoA(name.data(), &info)) + " " +
                       status_text(AcquireCredentialsHandleA(nullptr, name.data(), SECPKG_CRED_OUTBOUND, nullptr,
                                                             nullptr, nullptr, nullptr, &credential, &expiry));
              }),
              status_text(SEC_E_SECPKG_NOT_FOUND) + " " + status_text(SEC_E_SECPKG_NOT_FOUND))
        << size;
    EXPECT_EQ(in_child([size] {
                Credential credential("Probe", SECPKG_CRED_OUTBOUND);
                std::vector<SEC_WCHAR> target(size, u't');
                target.push_back(0);
                std::vector<char> room(4096);
                SecBuffer buffer{static_cast<ULONG>(room.size()), SECBUFFER_TOKEN, room.data()};
                SecBufferDesc output{SECBUFFER_VERSION, 1, &buffer};
                CtxtHandle context{};
                ULONG attributes = 0;
                TimeStamp expiry{};
                const SECURITY_STATUS status =
                    InitializeSecurityContextW(credential.get(), nullptr, target.data(), 0, 0, 0, nullptr, 0, &context,
                                               &output, &attributes, &expiry);
                return std::string(status < 0 ? "refused" : "taken") + (context.dwLower == 0 ? "" : ", with a context");
              }),
              "refused")
        << size;
  }
}

TEST(LsaArguments, ForeignAndStaleBuffersAreNotFreed) {
  EXPECT_EQ(in_child([] {
              static char own[64];
              std::string said = status_text(LsaFreeReturnBuffer(own));
              said += " " + status_text(LsaFreeReturnBuffer(reinterpret_cast<PVOID>(0x10)));
              said += " " + status_text(LsaFreeReturnBuffer(own + 1));
              return said;
            }).find("0x00000000"),
            std::string::npos);
}

// Handles that never were, or are no more, with every function that takes one.
std::string all_with(PCredHandle credential, PCtxtHandle context) {
  SecBuffer buffer{0, SECBUFFER_TOKEN, nullptr};
  SecBufferDesc buffers{SECBUFFER_VERSION, 1, &buffer};
  CtxtHandle fresh{};
  ULONG attributes = 0;
  TimeStamp expiry{};
  SecPkgContext_Sizes sizes{};
  HANDLE token = nullptr;
  std::vector<SEC_WCHAR> target = wide("target");
  const SECURITY_STATUS results[] = {
      InitializeSecurityContextW(credential, nullptr, target.data(), 0, 0, 0, nullptr, 0, &fresh, &buffers, &attributes,
                                 &expiry),
      InitializeSecurityContextW(nullptr, context, target.data(), 0, 0, 0, &buffers, 0, &fresh, &buffers, &attributes,
                                 &expiry),
      AcceptSecurityContext(credential, nullptr, &buffers, 0, 0, &fresh, &buffers, &attributes, &expiry),
      AcceptSecurityContext(nullptr, context, &buffers, 0, 0, &fresh, &buffers, &attributes, &expiry),
      CompleteAuthToken(context, &buffers),
      ApplyControlToken(context, &buffers),
      QueryContextAttributesW(context, SECPKG_ATTR_SIZES, &sizes),
      QueryContextAttributesA(context, SECPKG_ATTR_SIZES, &sizes),
      QueryCredentialsAttributesW(credential, SECPKG_CRED_ATTR_NAMES, &sizes),
      MakeSignature(context, 0, &buffers, 0),
      VerifySignature(context, &buffers, 0, nullptr),
      EncryptMessage(context, 0, &buffers, 0),
      DecryptMessage(context, &buffers, 0, nullptr),
      QuerySecurityContextToken(context, &token),
      ImpersonateSecurityContext(context),
      RevertSecurityContext(context),
      FreeCredentialsHandle(credential),
      DeleteSecurityContext(context)};
  std::string said;
  for (std::size_t i = 0; i < std::size(results); ++i)
    if (results[i] != SEC_E_INVALID_HANDLE) said += std::to_string(i) + ":" + status_text(results[i]) + " ";
  return said.empty() ? "all invalid" : said;
}

TEST(SspiArguments, HandlesThatAreNoneAreNeverFollowed) {
  const std::uint64_t values[] = {0, 1, 8, 0x1000, 0x7fff'ffff'f000, UINT64_MAX, 0xdeadbeef'deadbeef};
  for (const std::uint64_t lower : values)
    for (const std::uint64_t upper : values)
      ASSERT_EQ(in_child([=] {
                  SecHandle credential{lower, upper}, context{upper, lower};
                  return all_with(&credential, &context);
                }),
                "all invalid")
          << std::hex << lower << " " << upper;
}

TEST(SspiArguments, StaleHandlesAreNeverFollowed) {
  EXPECT_EQ(in_child([] {
              Conversation talk("a-user=alice");
              if (!talk.complete()) return std::string("no conversation");
              SecHandle credential = *talk.outbound.get(), context = *talk.initiator.get();
              talk.initiator.free();
              talk.outbound.free();
              return all_with(&credential, &context);
            }),
            "all invalid");
}

TEST(SspiArguments, AContextIsNoCredentialAndTheOtherWayRound) {
  EXPECT_EQ(in_child([] {
              Conversation talk("a-user=alice");
              if (!talk.complete()) return std::string("no conversation");
              return all_with(talk.initiator.get(), talk.outbound.get());
            }),
            "all invalid");
}

// Which descriptors the acceptor takes; the status of AcceptSecurityContext.
std::string accept_with(const std::function<void(SecBufferDesc&, std::vector<SecBuffer>&)>& spoil) {
  return in_child([&] {
    Credential inbound("Probe", SECPKG_CRED_INBOUND);
    std::string token = "P1\nnonce=x\n";
    std::vector<SecBuffer> list{{static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()}};
    SecBufferDesc input{SECBUFFER_VERSION, 1, list.data()};
    spoil(input, list);
    std::vector<char> room(4096);
    SecBuffer out{static_cast<ULONG>(room.size()), SECBUFFER_TOKEN, room.data()};
    SecBufferDesc output{SECBUFFER_VERSION, 1, &out};
    CtxtHandle context{};
    ULONG attributes = 0;
    TimeStamp expiry{};
    return status_text(
        AcceptSecurityContext(inbound.get(), nullptr, &input, 0, 0, &context, &output, &attributes, &expiry));
  });
}

bool failed(const std::string& said) { return said.size() == 10 && said >= "0x80000000"; }

TEST(SspiArguments, BufferDescriptorsAreChecked) {
  EXPECT_EQ(accept_with([](SecBufferDesc&, std::vector<SecBuffer>&) {}), status_text(SEC_E_OK));
  for (const ULONG version : {1u, 2u, 0x80000000u, 0xffffffffu})
    EXPECT_PRED1(failed,
                 accept_with([=](SecBufferDesc& input, std::vector<SecBuffer>&) { input.ulVersion = version; }));
  for (const ULONG count : {100'000u, 1'000'000u})
    EXPECT_PRED1(failed, accept_with([=](SecBufferDesc& input, std::vector<SecBuffer>& list) {
                   list.resize(count);
                   input.cBuffers = count;
                   input.pBuffers = list.data();
                 }));
  EXPECT_PRED1(failed, accept_with([](SecBufferDesc& input, std::vector<SecBuffer>&) { input.pBuffers = nullptr; }));
  EXPECT_PRED1(failed, accept_with([](SecBufferDesc& input, std::vector<SecBuffer>&) {
                 input.cBuffers = 0x80000000;
                 input.pBuffers = nullptr;
               }));
  EXPECT_PRED1(failed, accept_with([](SecBufferDesc&, std::vector<SecBuffer>& list) { list[0].pvBuffer = nullptr; }));
  EXPECT_PRED1(failed, accept_with([](SecBufferDesc&, std::vector<SecBuffer>& list) { list[0].cbBuffer = 0; }));
  EXPECT_PRED1(failed, accept_with([](SecBufferDesc&, std::vector<SecBuffer>& list) { list[0].BufferType = 0xffff; }));
  for (const std::size_t size : {std::size_t{32} << 20, two_gigabytes, std::size_t{0xffffffff}})
    EXPECT_PRED1(failed, accept_with([=](SecBufferDesc&, std::vector<SecBuffer>& list) {
                   list[0].pvBuffer = zeros(size);
                   list[0].cbBuffer = static_cast<ULONG>(size);
                 }));
}

}  // namespace
}  // namespace openlsa::test
