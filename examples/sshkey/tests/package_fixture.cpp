#include "package_fixture.hpp"

#include <openlsa/windows.h>

#include "core/utf.hpp"

namespace sshkey::test {

std::int64_t unix_now = test_now;
std::int64_t monotonic_now = 1000;

UNICODE_STRING Submitted::add_text(std::u16string_view text) {
  UNICODE_STRING string{};
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * 2);
  string.Buffer = static_cast<PWSTR>(add({reinterpret_cast<const std::uint8_t*>(text.data()), text.size() * 2}));
  return string;
}

PackageTest::PackageTest() {
  lsa_.state_directory = directory_.path.string();
  unix_now = test_now;
  start();
}
PackageTest::~PackageTest() { stop(); }

void PackageTest::start() {
  ULONG version = 0;
  ULONG count = 0;
  PSECPKG_FUNCTION_TABLE tables = nullptr;
  ASSERT_EQ(SpLsaModeInitialize(SECPKG_INTERFACE_VERSION, &version, &tables, &count), STATUS_SUCCESS);
  ASSERT_EQ(count, 1u);
  table_ = tables[0];
  std::u16string domain = u"HERE";
  Bytes domain_sid = test_sid(0);
  domain_sid[1] -= 1;
  domain_sid.resize(domain_sid.size() - 4);
  SECPKG_PARAMETERS parameters{};
  parameters.DomainSid = domain_sid.data();
  parameters.DomainName = {8, 8, domain.data()};
  ASSERT_EQ(table_.Initialize(5, &parameters, &support_), STATUS_SUCCESS);
  package()->clock = {[] { return unix_now; }, [] { return monotonic_now; }};
}
void PackageTest::stop() { table_.Shutdown(); }

void PackageTest::act_as(std::u16string_view name, std::uint64_t logon_id) {
  const FakeAccount& account = lsa_.account(name);
  caller() = {};
  caller().logon_id = logon_id;
  caller().sid = account.sid;
  caller().uid = account.uid;
}

PackageTest::CallResult PackageTest::call(Submitted& request) {
  CallResult result;
  void* returned = nullptr;
  ULONG size = 0;
  Bytes copy = request.bytes();  // the host gives the package a copy at another address
  result.status = table_.CallPackageUntrusted(nullptr, copy.data(), request.bytes().data(),
                                              static_cast<ULONG>(copy.size()), &returned, &size, &result.protocol);
  if (returned != nullptr) {
    result.response = lsa_.client_memory.at(returned);
    EXPECT_EQ(result.response.size(), size);
    support_.FreeClientBuffer(nullptr, returned);
  }
  return result;
}

PackageTest::CallResult PackageTest::enrol(const std::string& lines, std::u16string_view account) {
  Submitted buffer(sizeof(SSHKEY_ENROL_REQUEST));
  SSHKEY_ENROL_REQUEST request{};
  request.MessageType = SshKeyEnrol;
  request.AccountName = buffer.add_text(account);
  request.LinesLength = static_cast<ULONG>(lines.size());
  request.Lines = static_cast<PUCHAR>(buffer.add(view_of(lines)));
  buffer.set(request);
  return call(buffer);
}

NTSTATUS PackageTest::challenge(std::u16string_view account, ULONG purpose, SSHKEY_CHALLENGE_RESPONSE& response,
                                ULONG logon_type, ULONG lifetime) {
  Submitted buffer(sizeof(SSHKEY_CHALLENGE_REQUEST));
  SSHKEY_CHALLENGE_REQUEST request{};
  request.MessageType = SshKeyChallenge;
  request.Purpose = purpose;
  request.LogonType = logon_type;
  request.LifetimeSeconds = lifetime;
  request.AccountName = buffer.add_text(account);
  buffer.set(request);
  const CallResult result = call(buffer);
  if (result.status != STATUS_SUCCESS) return result.status;
  if (result.response.size() == sizeof response) std::memcpy(&response, result.response.data(), sizeof response);
  return result.protocol;
}

Statement PackageTest::statement_of(const SSHKEY_CHALLENGE_RESPONSE& response, const SoftKey& key) {
  Statement statement;
  std::memcpy(statement.authority_id.data(), response.AuthorityId, 32);
  statement.account_sid.assign(response.AccountSid, response.AccountSid + response.AccountSidLength);
  statement.user_key = key.blob();
  std::memcpy(statement.session_key.data(), response.SessionKey, 32);
  std::memcpy(statement.challenge.data(), response.Challenge, 32);
  statement.purpose = response.Purpose;
  statement.logon_type = response.LogonType;
  statement.not_before = response.NotBefore;
  statement.not_after = response.NotAfter;
  return statement;
}

PackageTest::LogonResult PackageTest::logon(std::u16string_view account, const SoftKey& key,
                                            const SSHKEY_CHALLENGE_RESPONSE& response, const Bytes& signature,
                                            ULONG logon_type) {
  Submitted buffer(sizeof(SSHKEY_LOGON));
  SSHKEY_LOGON request{};
  request.MessageType = SshKeyLogon;
  const Bytes blob = key.blob();
  request.AccountName = buffer.add_text(account);
  request.UserKeyLength = static_cast<ULONG>(blob.size());
  request.UserKey = static_cast<PUCHAR>(buffer.add(blob));
  request.SignatureLength = static_cast<ULONG>(signature.size());
  request.Signature = static_cast<PUCHAR>(buffer.add(signature));
  std::memcpy(request.Challenge, response.Challenge, sizeof request.Challenge);
  buffer.set(request);

  LogonResult result;
  void* profile = nullptr;
  void* information = nullptr;
  ULONG profile_size = 0;
  LUID logon_id{};
  NTSTATUS sub_status = 0;
  auto type = LsaTokenInformationNull;
  PUNICODE_STRING name = nullptr, authority = nullptr, machine = nullptr;
  SECPKG_PRIMARY_CRED primary{};
  PSECPKG_SUPPLEMENTAL_CRED_ARRAY supplemental = nullptr;
  Bytes copy = buffer.bytes();
  result.status =
      table_.LogonUserEx2(nullptr, static_cast<SECURITY_LOGON_TYPE>(logon_type), copy.data(), buffer.bytes().data(),
                          static_cast<ULONG>(copy.size()), &profile, &profile_size, &logon_id, &sub_status, &type,
                          &information, &name, &authority, &machine, &primary, &supplemental);
  const auto release = [&](void* block) {
    EXPECT_TRUE(block == nullptr || lsa_.heap.contains(block));
    support_.FreeLsaHeap(block);
  };
  for (PUNICODE_STRING string : {name, authority, machine}) {
    if (string == nullptr) continue;
    if (string == name) result.account.assign(string->Buffer, string->Length / 2);
    release(string->Buffer);
    release(string);
  }
  if (result.status != STATUS_SUCCESS) {
    EXPECT_TRUE(profile == nullptr && information == nullptr && primary.UserSid == nullptr);
    return result;
  }
  result.logon_id = value_of(logon_id);
  EXPECT_EQ(type, LsaTokenInformationV1);
  EXPECT_EQ(profile_size, sizeof result.profile);
  std::memcpy(&result.profile, lsa_.client_memory.at(profile).data(), sizeof result.profile);
  support_.FreeClientBuffer(nullptr, profile);
  const auto* v1 = static_cast<const LSA_TOKEN_INFORMATION_V1*>(information);
  const auto* sid = static_cast<const std::uint8_t*>(v1->User.User.Sid);
  result.user_sid.assign(sid, sid + 8 + 4 * sid[1]);
  for (void* block : {static_cast<void*>(v1->User.User.Sid), static_cast<void*>(v1->PrimaryGroup.PrimaryGroup),
                      information, static_cast<void*>(primary.DownlevelName.Buffer),
                      static_cast<void*>(primary.DomainName.Buffer), static_cast<void*>(primary.UserSid)}) {
    EXPECT_NE(block, nullptr);
    release(block);
  }
  return result;
}

std::uint64_t PackageTest::log_on(std::u16string_view account, const SoftKey& key, ULONG purpose) {
  SSHKEY_CHALLENGE_RESPONSE response{};
  EXPECT_EQ(challenge(account, purpose, response), STATUS_SUCCESS);
  const Bytes signature = key.sshsig(encode(statement_of(response, key)));
  const LogonResult result = logon(account, key, response, signature);
  EXPECT_EQ(result.status, STATUS_SUCCESS);
  return result.logon_id;
}

NTSTATUS PackageTest::acquire(ULONG use, LSA_SEC_HANDLE& handle) {
  TimeStamp expiration{};
  return table_.AcquireCredentialsHandle(nullptr, use, nullptr, nullptr, nullptr, nullptr, &handle, &expiration);
}

std::u16string PackageTest::target(std::string_view account) const {
  return to_utf16(to_string(Target{std::string(account), lsa_.authority_id})).value();
}

namespace {

// One leg with buffers as the host builds them: a token in, a channel binding, room for a token out.
struct LegBuffers {
  LegBuffers(View input, View binding) : token(copy_of(input)), bound(copy_of(binding)), room(8192) {
    if (!input.empty()) in.push_back({static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()});
    if (!binding.empty()) in.push_back({static_cast<ULONG>(bound.size()), SECBUFFER_CHANNEL_BINDINGS, bound.data()});
    in_description = {SECBUFFER_VERSION, static_cast<ULONG>(in.size()), in.data()};
    out = {static_cast<ULONG>(room.size()), SECBUFFER_TOKEN, room.data()};
    out_description = {SECBUFFER_VERSION, 1, &out};
  }
  PSecBufferDesc input() { return in.empty() ? nullptr : &in_description; }

  void take(Leg& leg, BOOLEAN mapped, const LSA_SECPKG_FUNCTION_TABLE& lsa) {
    if (leg.status >= 0 && out.cbBuffer != 0)
      leg.token.assign(static_cast<std::uint8_t*>(out.pvBuffer),
                       static_cast<std::uint8_t*>(out.pvBuffer) + out.cbBuffer);
    if (out.pvBuffer != room.data()) lsa.FreeLsaHeap(out.pvBuffer);
    leg.mapped = mapped != FALSE;
    const auto* packed = static_cast<std::uint8_t*>(data.pvBuffer);
    if (packed != nullptr) leg.packed.assign(packed, packed + data.cbBuffer);
    lsa.FreeLsaHeap(data.pvBuffer);
  }

  Bytes token, bound, room;
  std::vector<SecBuffer> in;
  SecBufferDesc in_description{};
  SecBuffer out{};
  SecBufferDesc out_description{};
  SecBuffer data{};
};

}  // namespace

Leg PackageTest::initiate(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, View input, ULONG requirements,
                          std::u16string target_name, View binding) {
  Leg leg;
  LegBuffers buffers(input, binding);
  if ((requirements & ISC_REQ_ALLOCATE_MEMORY) != 0) buffers.out = {0, SECBUFFER_TOKEN, nullptr};
  UNICODE_STRING name{};
  name.Length = name.MaximumLength = static_cast<USHORT>(target_name.size() * 2);
  name.Buffer = target_name.data();
  leg.context = context;
  TimeStamp expiration{};
  BOOLEAN mapped = FALSE;
  leg.status = table_.InitLsaModeContext(credential, context, target_name.empty() ? nullptr : &name, requirements, 0,
                                         buffers.input(), &leg.context, &buffers.out_description, &leg.attributes,
                                         &expiration, &mapped, &buffers.data);
  buffers.take(leg, mapped, support_);
  return leg;
}

Leg PackageTest::accept(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, View input, ULONG requirements,
                        View binding) {
  Leg leg;
  LegBuffers buffers(input, binding);
  leg.context = context;
  TimeStamp expiration{};
  BOOLEAN mapped = FALSE;
  leg.status =
      table_.AcceptLsaModeContext(credential, context, buffers.input(), requirements, 0, &leg.context,
                                  &buffers.out_description, &leg.attributes, &expiration, &mapped, &buffers.data);
  buffers.take(leg, mapped, support_);
  // As the host: what a failed leg put into the client is taken out again.
  if (leg.status < 0)
    for (const auto& [handle, token] : std::map(lsa_.client_tokens))
      CloseHandle(reinterpret_cast<HANDLE>(std::uintptr_t{handle}));
  return leg;
}

void PackageTest::expect_clean(std::size_t sessions, std::size_t client_tokens) {
  EXPECT_EQ(lsa_.heap.size(), 0u);
  EXPECT_EQ(lsa_.client_memory.size(), 0u);
  EXPECT_EQ(lsa_.sessions.size(), sessions);
  EXPECT_EQ(lsa_.tokens.size(), 0u);
  EXPECT_EQ(lsa_.client_tokens.size(), client_tokens);
}

}  // namespace sshkey::test
