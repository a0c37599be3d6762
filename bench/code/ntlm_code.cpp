// Sealing by Session against OpenSSL's RC4 and HMAC-MD5 one after the other, keyed once (performance of the code alone,
// without SSPI around it), and both sides' handshake. Prints one line for each.
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/provider.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "ntlm/acceptor.hpp"
#include "ntlm/initiator.hpp"

namespace {

using namespace msv1_0;

[[noreturn]] void give_up(const char* why) {
  fmt::print(stderr, "ntlm-code-bench: {}\n", why);
  std::exit(1);
}

template <class Operation>
double nanoseconds_each(std::size_t count, Operation&& operation) {
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < count; ++i) operation();
  const std::chrono::duration<double, std::nano> passed = std::chrono::steady_clock::now() - begin;
  return passed.count() / static_cast<double>(count);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

constexpr std::uint32_t flags =
    flag::sign | flag::seal | flag::extended_session_security | flag::key_128 | flag::key_exchange;
constexpr std::size_t bytes_each_run = 64u << 20, most_messages_each_run = 400'000;
constexpr int runs = 7;
const std::array<std::uint8_t, 16> key_bytes = {1, 2, 3};

class OpenSslSeal {
 public:
  explicit OpenSslSeal(std::size_t size) : message_(size, 0x5a) {
    if (OSSL_PROVIDER_load(nullptr, "legacy") == nullptr || OSSL_PROVIDER_load(nullptr, "default") == nullptr)
      give_up("OpenSSL: no legacy provider, which has RC4");
    cipher_ = EVP_CIPHER_CTX_new();
    mac_ = HMAC_CTX_new();
    if (EVP_EncryptInit_ex(cipher_, EVP_rc4(), nullptr, key_bytes.data(), nullptr) != 1 ||
        HMAC_Init_ex(mac_, key_bytes.data(), 16, EVP_md5(), nullptr) != 1)
      give_up("OpenSSL: RC4 or HMAC-MD5");
  }
  ~OpenSslSeal() {
    EVP_CIPHER_CTX_free(cipher_);
    HMAC_CTX_free(mac_);
  }
  void seal() {
    const std::uint8_t number[4] = {};
    std::uint8_t digest[16];
    unsigned digest_bytes = 0;
    int size = 0;
    HMAC_Init_ex(mac_, nullptr, 0, nullptr, nullptr);
    HMAC_Update(mac_, number, sizeof number);
    HMAC_Update(mac_, message_.data(), message_.size());
    HMAC_Final(mac_, digest, &digest_bytes);
    EVP_EncryptUpdate(cipher_, message_.data(), &size, message_.data(), static_cast<int>(message_.size()));
    EVP_EncryptUpdate(cipher_, digest, &size, digest, 8);
  }

 private:
  std::vector<std::uint8_t> message_;
  EVP_CIPHER_CTX* cipher_ = nullptr;
  HMAC_CTX* mac_ = nullptr;
};

// All three by turns.
void seals(std::size_t size) {
  const std::size_t count = std::min(most_messages_each_run, bytes_each_run / size);
  std::vector<std::uint8_t> message(size, 0x5a);
  std::array<std::uint8_t, signature_bytes> signature;
  const Segment segment{message};
  Session session(flags, Sender::initiator, Key(key_bytes));
  Session from(flags, Sender::initiator, Key(key_bytes)), to(flags, Sender::acceptor, Key(key_bytes));
  OpenSslSeal reference(size);
  std::vector<double> ours, theirs, both;
  for (int run = 0; run < runs; ++run) {
    ours.push_back(nanoseconds_each(count, [&] { session.seal({&segment, 1}, signature); }));
    theirs.push_back(nanoseconds_each(count, [&] { reference.seal(); }));
    both.push_back(nanoseconds_each(count, [&] {
      from.seal({&segment, 1}, signature);
      if (to.unseal({&segment, 1}, signature) != SEC_E_OK) give_up("what was sealed does not unseal");
    }));
  }
  const auto speed = [size](double nanoseconds) { return static_cast<double>(size) * 1e3 / nanoseconds; };
  fmt::print("seal {:>6}: {:>8.0f} ns, {:>4.0f} MB/s; OpenSSL {:>8.0f} ns, {:>4.0f} MB/s; with unseal {:>8.0f} ns\n",
             size, median(ours), speed(median(ours)), median(theirs), speed(median(theirs)), median(both));
}

struct Account : ResponseSource, CredentialVerifier {
  const crypto::Owf nt = crypto::nt_owf(u"Password");
  SECURITY_STATUS ntlmv2(const crypto::Challenge& server, ByteView blob, crypto::Ntlmv2Proof& proof) override {
    proof = crypto::ntlmv2_proof(crypto::nt_owf_v2(nt, u"User", u"Domain"), server, blob);
    return SEC_E_OK;
  }
  SECURITY_STATUS verify(const CredentialQuestion& question, CredentialAnswer& answer) override {
    const auto proof = crypto::ntlmv2_proof(crypto::nt_owf_v2(nt, question.user, question.domain), question.challenge,
                                            question.nt_response.subspan(proof_bytes));
    answer.session_base_key = proof.session_base_key;
    return crypto::equal_constant_time(proof.proof, question.nt_response.first(proof_bytes)) ? SEC_E_OK
                                                                                             : SEC_E_LOGON_DENIED;
  }
};

void handshake() {
  Account account;
  LegInputs inputs;
  inputs.now = 134'400'000'000'000'000;
  inputs.challenge.fill(7);
  inputs.session_key = Key(key_bytes);
  InitiatorConfig client;
  client.user = u"User";
  client.domain = u"Domain";
  client.workstation = u"COMPUTER";
  client.target_name = u"host/server.example";
  client.wanted = flag::sign | flag::seal;
  AcceptorConfig server;
  server.nb_computer_name = u"SERVER";
  server.nb_domain_name = u"EXAMPLE";
  server.dns_computer_name = u"server.example";
  std::vector<double> values;
  for (int run = 0; run < runs; ++run)
    values.push_back(nanoseconds_each(20'000, [&] {
      Initiator initiator(client);
      Acceptor acceptor(server);
      Bytes negotiate, challenge, authenticate, nothing;
      initiator.step({}, inputs, account, negotiate);
      acceptor.step(negotiate, inputs, account, challenge);
      initiator.step(challenge, inputs, account, authenticate);
      if (acceptor.step(authenticate, inputs, account, nothing) != SEC_E_OK) give_up("handshake");
      const Session one = initiator.session(), other = acceptor.session();
    }));
  fmt::print("handshake, both sides and both sessions: {:.0f} ns\n", median(values));
}

}  // namespace

int main() {
  for (const std::size_t size : {64, 1024, 16384, 65536}) seals(size);
  handshake();
}
