// Rows N-12, N-17, N-21, N-23 and A-06 of the attack corpus through the whole of it: SSPI, channel, host, authority.
// The attacker's messages are made by the protocol's own code with other settings, or by hand.
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>

#include "msv1_0/handshake.hpp"
#include "msv1_0/ntlm_authority.hpp"
#include "ntlm/authenticate_message.hpp"
#include "ntlm/initiator.hpp"
#include "support/authority_environment.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

namespace flag = msv1_0::flag;

msv1_0::Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }
std::string text_of(const msv1_0::Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

// A client that knows a password and keeps no policy.
struct Attacker : msv1_0::ResponseSource {
  explicit Attacker(std::u16string_view password) : nt(crypto::nt_owf(password)), lm(crypto::lm_owf(password)) {}
  SECURITY_STATUS ntlmv2(const crypto::Challenge& server, crypto::ByteView blob, crypto::Ntlmv2Proof& proof) override {
    proof = crypto::ntlmv2_proof(crypto::nt_owf_v2(nt, config.user, config.domain), server, blob);
    return SEC_E_OK;
  }
  SECURITY_STATUS ntlmv1(const crypto::Challenge& server, const crypto::Challenge& nt_challenge, bool want_lm,
                         V1& out) override {
    out.nt = crypto::ntlmv1_response(nt, nt_challenge);
    out.session_base_key = crypto::ntlmv1_session_base_key(nt);
    if (want_lm && lm) out.lm = crypto::ntlmv1_response(*lm, server);
    return SEC_E_OK;
  }

  // Up to the AUTHENTICATE, which `change` may change, and what the server says to it.
  SECURITY_STATUS attack(const std::function<void(msv1_0::Bytes&)>& change = {}) {
    msv1_0::LegInputs inputs;
    inputs.now = 134'400'000'000'000'000;
    inputs.challenge.fill(0x5a);
    inputs.session_key.reveal_mutable()[0] = 1;
    msv1_0::Initiator initiator(config);
    msv1_0::Bytes token;
    if (initiator.step({}, inputs, *this, token) != SEC_I_CONTINUE_NEEDED) return -1;
    Credential server = ntlm_server();
    Context acceptor;
    const Leg challenge = acceptor.accept(server, text_of(token));
    if (challenge.status != SEC_I_CONTINUE_NEEDED) return challenge.status;
    if (const SECURITY_STATUS status = initiator.step(bytes_of(challenge.token), inputs, *this, token);
        status != SEC_E_OK)
      return status;
    if (change) change(token);
    return acceptor.accept(server, text_of(token)).status;
  }

  crypto::Owf nt;
  std::optional<crypto::Owf> lm;
  msv1_0::InitiatorConfig config{.user = u"alice", .domain = u"TESTBOX"};
};

// The lines that the audit trail has got since this object was made.
class AuditWatch {
 public:
  AuditWatch() : seen_(ntlm_installation().audit().size()) {}
  std::string lines() const { return ntlm_installation().audit().substr(seen_); }

 private:
  std::size_t seen_;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(NtlmAttack, TheAttackersClientIsOne) {
  EXPECT_STATUS(SEC_E_OK, Attacker(u"Passw0rd!").attack());
  EXPECT_STATUS(SEC_E_LOGON_DENIED, Attacker(u"Passw0rd?").attack());
}

// N-12, CVE-2018-1139, CVE-2019-1338: with the right password, and each is in the audit trail with its reason.
TEST(NtlmAttack, AnOldResponseIsRefusedAndAudited) {
  for (const unsigned level : {0u, 1u, 2u}) {
    const AuditWatch audit;
    Attacker attacker(u"Passw0rd!");
    attacker.config.policy.lm_compatibility_level = level;
    EXPECT_STATUS(SEC_E_LOGON_DENIED, attacker.attack()) << level;
    const std::string lines = audit.lines();
    EXPECT_TRUE(has(lines, "alice")) << lines;
    EXPECT_TRUE(has(lines, "0xC0000418") || has(lines, "0xc0000418") || has(lines, "STATUS_NTLM_BLOCKED")) << lines;
  }
}

// LM or LMv2 alone.
TEST(NtlmAttack, AnLmResponseAloneIsRefusedAndAudited) {
  for (const unsigned level : {0u, 3u}) {
    const AuditWatch audit;
    Attacker attacker(u"Passw0rd!");
    attacker.config.policy.lm_compatibility_level = level;
    EXPECT_STATUS(SEC_E_LOGON_DENIED, attacker.attack([](msv1_0::Bytes& message) {
      auto authenticate = *msv1_0::AuthenticateMessage::parse(message);
      const msv1_0::Bytes lm(24, 1);
      authenticate.nt_response = {};
      authenticate.lm_response = lm;
      message = *authenticate.build(false);
    })) << level;
    EXPECT_TRUE(has(audit.lines(), "alice")) << audit.lines();
  }
}

// A message that is none is nobody's attempt.
TEST(NtlmAttack, WhatCannotBeReadIsNotAudited) {
  const AuditWatch audit;
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, Attacker(u"Passw0rd!").attack([](msv1_0::Bytes& message) { message.resize(60); }));
  EXPECT_EQ(audit.lines(), "");
}

// N-17 by its exact statuses.
TEST(NtlmAttack, MessagesOutOfTurn) {
  Credential client = ntlm_client({u"alice", u"TESTBOX", u"Passw0rd!"}), server = ntlm_server();
  Context initiator;
  const std::string first = initiator.initialize(client, "test/localhost").token;
  const auto after = [&](std::initializer_list<std::string> tokens) {
    Context acceptor;
    SECURITY_STATUS status = 0;
    for (const std::string& token : tokens) status = acceptor.accept(server, token).status;
    return status;
  };
  Context challenged;
  const std::string challenge = challenged.accept(server, first).token;
  const std::string last = initiator.initialize(client, "test/localhost", challenge).token;
  EXPECT_STATUS(SEC_E_OUT_OF_SEQUENCE, after({last}));
  EXPECT_STATUS(SEC_E_OUT_OF_SEQUENCE, after({first, first}));
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, after({challenge}));
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, after({first, challenge}));
  EXPECT_STATUS(SEC_E_OK, challenged.accept(server, last).status);
  EXPECT_GT(0, challenged.accept(server, last).status) << "after completion";
}

// N-21: no copy of what nobody's name is, whatever length the structure claims. The pages are there, and are zeros.
TEST(NtlmAttack, NamesAndPasswordsOfTwoToTheThirtiethCharacters) {
  constexpr std::size_t characters = std::size_t{1} << 30, size = characters * sizeof(char16_t);
  void* const pages = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED) GTEST_SKIP() << "not run: 2 GiB of address space are not to be had";
  for (const int which : {0, 1, 2}) {
    SEC_WINNT_AUTH_IDENTITY_W identity{};
    char16_t name[] = u"alice";
    identity.User = identity.Domain = identity.Password = reinterpret_cast<USHORT*>(name);
    identity.UserLength = identity.DomainLength = identity.PasswordLength = 5;
    (which == 0 ? identity.User : which == 1 ? identity.Domain : identity.Password) = static_cast<USHORT*>(pages);
    (which == 0   ? identity.UserLength
     : which == 1 ? identity.DomainLength
                  : identity.PasswordLength) = static_cast<ULONG>(characters);
    identity.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
    EXPECT_STATUS(SEC_E_UNKNOWN_CREDENTIALS, Credential("NTLM", SECPKG_CRED_OUTBOUND, nullptr, &identity).status())
        << which;
  }
  ::munmap(pages, size);
}

TEST(NtlmAttack, NamesThatAreTwo) {
  const Identity identities[] = {{u"TESTBOX\\\\alice", u"", u"Passw0rd!"},
                                 {u"TESTBOX\\alice", u"TESTBOX", u"Passw0rd!"},
                                 {u"alice@TESTBOX", u"TESTBOX", u"Passw0rd!"},
                                 {u"alice@ELSEWHERE", u"", u"Passw0rd!"},
                                 {u"@TESTBOX", u"", u"Passw0rd!"},
                                 {u"alice\\", u"", u"Passw0rd!"}};
  for (const Identity& identity : identities) {
    NtlmConversation talk(ntlm_client(identity), ISC_REQ_CONNECTION);
    EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status)
        << std::string(identity.user.begin(), identity.user.end());
  }
}

// A NUL within a name ends it for no part of the way.
TEST(NtlmAttack, ANulWithinAName) {
  for (const std::u16string& name : {std::u16string(u"alice\0x", 7), std::u16string(u"\0alice", 6)}) {
    NtlmConversation talk(ntlm_client({name, u"TESTBOX", u"Passw0rd!"}), ISC_REQ_CONNECTION);
    EXPECT_GT(0, std::min(talk.initiator_leg.status, talk.acceptor_leg.status));
    EXPECT_FALSE(talk.complete());
  }
  NtlmConversation talk(ntlm_client({u"alice", u"TESTBOX", std::u16string(u"Passw0rd!\0", 10)}), ISC_REQ_CONNECTION);
  EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status) << "a password of ten characters";
}

// N-23, CVE-2022-24882: nobody logs on over the network without a password.
TEST(NtlmAttack, AnEmptyPasswordIsNoLogon) {
  NtlmConversation talk(ntlm_client({u"alice", u"TESTBOX", u""}), ISC_REQ_CONNECTION);
  EXPECT_FALSE(talk.complete());
  EXPECT_STATUS(SEC_E_LOGON_DENIED, Attacker(u"").attack());
  ASSERT_LE(0, admin("account-add", {"name=nokey", "uid=70017", "home=/nonexistent"}).status);
  Attacker attacker(u"");
  attacker.config.user = u"nokey";
  EXPECT_STATUS(SEC_E_LOGON_DENIED, attacker.attack()) << "an account without a password";
}

// the name in the message is folded as NTOWFv2 folds it.
TEST(NtlmAttack, NamesOfOtherAlphabetsWorkInBothCases) {
  make_user("\u03c9\u03bc\u03ad\u03b3\u03b1", "Passw0rd!", 70015);
  make_user("\u0438\u0432\u0430\u043d", "Passw0rd!", 70016);
  for (const char16_t* name :
       {u"\u03a9\u039c\u0388\u0393\u0391", u"\u03c9\u03bc\u03ad\u03b3\u03b1", u"\u0418\u0432\u0430\u043d"}) {
    NtlmConversation talk(ntlm_client({name, u"TESTBOX", u"Passw0rd!"}), ISC_REQ_CONNECTION);
    EXPECT_TRUE(talk.complete()) << status_text(talk.acceptor_leg.status);
  }
}

// Unknown, wrong, disabled with either password, locked: one answer to the network, and none has a token (V-04).
TEST(NtlmAttack, ARefusalDoesNotSayWhy) {
  make_user("dietrich", "Passw0rd!", 70018);
  ASSERT_LE(0, admin("account-disable", {"name=dietrich"}).status);
  const Identity identities[] = {{u"mallory", u"TESTBOX", u"Passw0rd!"},
                                 {u"alice", u"TESTBOX", u"guess"},
                                 {u"dietrich", u"TESTBOX", u"Passw0rd!"},
                                 {u"dietrich", u"TESTBOX", u"guess"},
                                 {u"alice", u"ELSEWHERE", u"guess"}};
  for (const Identity& identity : identities) {
    NtlmConversation talk(ntlm_client(identity), ISC_REQ_CONNECTION);
    EXPECT_STATUS(SEC_E_OK, talk.initiator_leg.status);
    EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status);
    EXPECT_TRUE(talk.acceptor_leg.token.empty());
    EXPECT_EQ(0u, talk.acceptor_leg.attributes);
    HANDLE token = nullptr;
    EXPECT_GT(0, QuerySecurityContextToken(talk.acceptor.get(), &token));
  }
}

}  // namespace
}  // namespace openlsa::test
