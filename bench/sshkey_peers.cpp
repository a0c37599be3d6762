#include "sshkey_peers.hpp"

#include <fmt/format.h>
#include <openlsa/ntsecapi.h>
#include <openlsa/openlsa.h>
#include <openlsa/security.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "common/accounts.hpp"
#include "common/statement_request.hpp"
#include "core/wire.hpp"
#include "measure.hpp"
#include "protocol/handshake.hpp"
#include "ssh/sshsig.hpp"

namespace openlsa::bench {
namespace {

using sshkey::programs::LsaConnection;
using sshkey::programs::SubmitBuffer;

constexpr std::size_t token_limit = 4096;
constexpr ULONG initiator_flags =
    ISC_REQ_MUTUAL_AUTH | ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT;
constexpr ULONG acceptor_flags =
    ASC_REQ_MUTUAL_AUTH | ASC_REQ_CONFIDENTIALITY | ASC_REQ_INTEGRITY | ASC_REQ_REPLAY_DETECT | ASC_REQ_SEQUENCE_DETECT;

template <class T>
T need(std::expected<T, sshkey::programs::Failure> value) {
  if (!value) give_up(value.error().message);
  return std::move(*value);
}

void need_status(SECURITY_STATUS status, SECURITY_STATUS wanted, const char* what) {
  if (status != wanted) give_up(fmt::format("{} answered {:#010x}", what, static_cast<std::uint32_t>(status)));
}

sshkey::Bytes key_blob(const sshkey::KeyPair& pair) {
  return sshkey::Writer().string(std::string_view("ssh-ed25519")).string(pair.public_key).take();
}

// What an ssh-agent answers for that key.
sshkey::Bytes sshsig(const sshkey::KeyPair& pair, sshkey::View statement) {
  const auto signature =
      sshkey::ed25519_sign(pair.private_key, sshkey::sshsig_to_be_signed(sshkey::logon_namespace, statement));
  if (!signature) give_up("a statement could not be signed");
  const auto blob = sshkey::Writer().string(std::string_view("ssh-ed25519")).string(*signature).take();
  return sshkey::sshsig_encode(key_blob(pair), sshkey::logon_namespace, blob);
}

sshkey::Fixed32 authority_id() {
  sshkey::Fixed32 id{};
  need_status(OpenLsaGetAuthorityId(id.data()), 0, "OpenLsaGetAuthorityId");
  return id;
}

// One message of a side, in and out.
struct Leg {
  explicit Leg(const std::vector<std::uint8_t>& received) : in_bytes(received), out_bytes(token_limit) {
    in_buffer = {static_cast<ULONG>(in_bytes.size()), SECBUFFER_TOKEN, in_bytes.data()};
    out_buffer = {static_cast<ULONG>(out_bytes.size()), SECBUFFER_TOKEN, out_bytes.data()};
  }
  std::vector<std::uint8_t> sent() const { return {out_bytes.begin(), out_bytes.begin() + out_buffer.cbBuffer}; }

  std::vector<std::uint8_t> in_bytes, out_bytes;
  SecBuffer in_buffer{}, out_buffer{};
  SecBufferDesc in{SECBUFFER_VERSION, 1, &in_buffer}, out{SECBUFFER_VERSION, 1, &out_buffer};
  ULONG attributes = 0;
  TimeStamp expiry{};
};

}  // namespace

SshkeyAuthority::SshkeyAuthority(const std::string& composition) : authority_(composition) {
  authority_.control({"account", "add", "bench-client"});
  authority_.control({"account", "add", "bench-server"});
  authority_.control({"package", "add", BENCH_SSHKEY_FILE, "--name", "sshkey", "--vouch-for", "*", "--yes"});
  ::setenv("OPENLSA_AUTHORITY", authority_.address().c_str(), 1);
}

SshkeyParty::SshkeyParty(const std::string& account, ULONG credential_use) {
  enrol_and_log_on(account);
  SEC_WCHAR package[] = {'s', 's', 'h', 'k', 'e', 'y', 0};
  TimeStamp expiry{};
  need_status(AcquireCredentialsHandleW(nullptr, package, credential_use, &logon_id_, nullptr, nullptr, nullptr,
                                        &credentials_, &expiry),
              SEC_E_OK, "AcquireCredentialsHandle");
}

SshkeyParty::~SshkeyParty() {
  FreeCredentialsHandle(&credentials_);
  CloseHandle(token_);
}

void SshkeyParty::enrol_and_log_on(const std::string& account) {
  const sshkey::KeyPair key = sshkey::make_ed25519();
  const LsaConnection lsa = need(LsaConnection::open());
  const auto enrolled =
      need(sshkey::programs::enrol(lsa, account, "ssh-ed25519 " + sshkey::base64_encode(key_blob(key)) + " bench\n"));
  if (enrolled.keys != 1) give_up("the key of " + account + " was not enrolled");

  sshkey::programs::LogonOptions options;
  options.account = account;
  options.purpose = SSHKEY_PURPOSE_INITIATE | SSHKEY_PURPOSE_ACCEPT;
  const std::u16string name(account.begin(), account.end());
  const auto challenge = need(sshkey::programs::ask_for_challenge(lsa, name, options));
  const auto statement = need(sshkey::programs::make_statement(challenge, options, authority_id(), key_blob(key)));
  const sshkey::Bytes signature = sshsig(key, sshkey::encode(statement));

  SSHKEY_LOGON logon{};
  logon.MessageType = SshKeyLogon;
  logon.UserKeyLength = static_cast<ULONG>(key_blob(key).size());
  logon.SignatureLength = static_cast<ULONG>(signature.size());
  std::memcpy(logon.Challenge, challenge.Challenge, sizeof logon.Challenge);
  sshkey::Bytes submit = SubmitBuffer(logon)
                             .text(offsetof(SSHKEY_LOGON, AccountName), name)
                             .data(offsetof(SSHKEY_LOGON, UserKey), key_blob(key))
                             .data(offsetof(SSHKEY_LOGON, Signature), signature)
                             .take();
  LSA_STRING origin = RTL_CONSTANT_STRING("openlsa-bench");
  TOKEN_SOURCE source{};
  std::memcpy(source.SourceName, "bench", 5);
  PVOID profile = nullptr;
  ULONG profile_size = 0;
  QUOTA_LIMITS quotas{};
  NTSTATUS sub_status = 0;
  need_status(
      LsaLogonUser(lsa.handle(), &origin, Interactive, lsa.package(), submit.data(), static_cast<ULONG>(submit.size()),
                   nullptr, &source, &profile, &profile_size, &logon_id_, &token_, &quotas, &sub_status),
      0, "LsaLogonUser");
  if (profile != nullptr) LsaFreeReturnBuffer(profile);
}

Conversation::Conversation(SshkeyParty& client, SshkeyParty& server, std::vector<SEC_WCHAR>& target) {
  Leg first({});
  need_status(
      InitializeSecurityContextW(client.credentials(), nullptr, target.data(), initiator_flags, 0, SECURITY_NATIVE_DREP,
                                 nullptr, 0, &client_, &first.out, &first.attributes, &first.expiry),
      SEC_I_CONTINUE_NEEDED, "InitializeSecurityContext");
  Leg second(first.sent());
  need_status(AcceptSecurityContext(server.credentials(), nullptr, &second.in, acceptor_flags, SECURITY_NATIVE_DREP,
                                    &server_, &second.out, &second.attributes, &second.expiry),
              SEC_I_CONTINUE_NEEDED, "AcceptSecurityContext");
  Leg third(second.sent());
  need_status(InitializeSecurityContextW(client.credentials(), &client_, target.data(), initiator_flags, 0,
                                         SECURITY_NATIVE_DREP, &third.in, 0, &client_, &third.out, &third.attributes,
                                         &third.expiry),
              SEC_E_OK, "InitializeSecurityContext, second leg");
  Leg fourth(third.sent());
  need_status(AcceptSecurityContext(server.credentials(), &server_, &fourth.in, acceptor_flags, SECURITY_NATIVE_DREP,
                                    &server_, &fourth.out, &fourth.attributes, &fourth.expiry),
              SEC_E_OK, "AcceptSecurityContext, second leg");
}

Conversation::~Conversation() {
  DeleteSecurityContext(&client_);
  DeleteSecurityContext(&server_);
}

std::vector<SEC_WCHAR> target_of(const std::string& account) {
  sshkey::Target target;
  target.account = account;
  target.authority_id = authority_id();
  std::vector<SEC_WCHAR> wide;
  for (const char c : sshkey::to_string(target)) wide.push_back(static_cast<SEC_WCHAR>(c));
  wide.push_back(0);
  return wide;
}

}  // namespace openlsa::bench
