// seal.sshkey.*: EncryptMessage on a finished context. Reference: AES-256-GCM of the same bytes in place, with a cipher
// fetched once and a context keyed once: nonce, encryption, tag.
#include <fmt/format.h>
#include <openlsa/security.h>
#include <openssl/evp.h>

#include <memory>

#include "measure.hpp"
#include "sshkey_peers.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t bytes_each_run = 64u << 20;
constexpr std::size_t most_messages_each_run = 200'000;
constexpr int tag_bytes = 16;

class BareSeal {
 public:
  explicit BareSeal(std::size_t size) : message_(size, 0x5a) {
    const std::uint8_t key[32] = {1, 2, 3};
    if (EVP_EncryptInit_ex(context_.get(), cipher_.get(), nullptr, key, nullptr) != 1) give_up("OpenSSL: AES-256-GCM");
  }
  void seal() {
    std::uint8_t nonce[12] = {};
    const std::uint64_t sequence = sequence_++;
    for (int i = 0; i < 8; ++i) nonce[4 + i] = static_cast<std::uint8_t>(sequence >> (56 - 8 * i));
    int size = 0;
    std::uint8_t tag[tag_bytes];
    if (EVP_EncryptInit_ex(context_.get(), nullptr, nullptr, nullptr, nonce) != 1 ||
        EVP_EncryptUpdate(context_.get(), message_.data(), &size, message_.data(), static_cast<int>(message_.size())) !=
            1 ||
        EVP_EncryptFinal_ex(context_.get(), tag, &size) != 1 ||
        EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag) != 1)
      give_up("OpenSSL: AES-256-GCM");
  }

 private:
  struct Free {
    void operator()(EVP_CIPHER* p) const { EVP_CIPHER_free(p); }
    void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
  };
  std::unique_ptr<EVP_CIPHER, Free> cipher_{EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)};
  std::unique_ptr<EVP_CIPHER_CTX, Free> context_{EVP_CIPHER_CTX_new()};
  std::vector<std::uint8_t> message_;
  std::uint64_t sequence_ = 0;
};

class OurSeal {
 public:
  OurSeal(CtxtHandle* context, std::size_t size) : context_(context), message_(size, 0x5a) {
    SecPkgContext_Sizes sizes{};
    if (QueryContextAttributesW(context, SECPKG_ATTR_SIZES, &sizes) != SEC_E_OK) give_up("no sizes of the context");
    token_.resize(sizes.cbSecurityTrailer);
  }
  void seal() {
    SecBuffer buffers[2] = {{static_cast<ULONG>(token_.size()), SECBUFFER_TOKEN, token_.data()},
                            {static_cast<ULONG>(message_.size()), SECBUFFER_DATA, message_.data()}};
    SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
    const SECURITY_STATUS status = EncryptMessage(context_, 0, &message, 0);
    if (status != SEC_E_OK)
      give_up(fmt::format("EncryptMessage answered {:#010x}", static_cast<std::uint32_t>(status)));
  }

 private:
  CtxtHandle* context_;
  std::vector<std::uint8_t> message_;
  std::vector<std::uint8_t> token_;
};

Row measure(CtxtHandle* context, const std::string& name, std::size_t size, int runs) {
  const std::size_t count = std::min(most_messages_each_run, bytes_each_run / size);
  OurSeal ours(context, size);
  BareSeal bare(size);
  return interleaved(
      name, "ns", runs, [&] { return nanoseconds_each(count, [&] { ours.seal(); }); },
      [&] { return nanoseconds_each(count, [&] { bare.seal(); }); },
      fmt::format("{} messages of {} bytes a run", count, size));
}

}  // namespace

void seals(const Selection& selection, Rows& rows) {
  std::vector<std::pair<std::string, std::size_t>> wanted;
  for (const std::size_t size : {64, 1024, 16384, 65536})
    if (const std::string name = fmt::format("seal.sshkey.{}", size); selection.wants(name))
      wanted.emplace_back(name, size);
  if (wanted.empty()) return;
  const SshkeyAuthority authority("isolated");
  const Rows measured = in_child([&] {
    SshkeyParty client("bench-client", SECPKG_CRED_OUTBOUND);
    SshkeyParty server("bench-server", SECPKG_CRED_INBOUND);
    std::vector<SEC_WCHAR> target = target_of("bench-server");
    Conversation conversation(client, server, target);
    Rows all;
    for (const auto& [name, size] : wanted) all.push_back(measure(conversation.client(), name, size, selection.runs));
    return all;
  });
  rows.insert(rows.end(), measured.begin(), measured.end());
}

}  // namespace openlsa::bench
