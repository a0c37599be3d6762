#include "client/identity/identity_protection.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "client/connection/per_process.hpp"

namespace openlsa::client {
namespace {

constexpr std::size_t header_bytes = sizeof(SEC_WINNT_AUTH_IDENTITY_EX2);
constexpr std::size_t key_bytes = 32;  // each of the two

// Two keys in a page of their own: not dumped, not inherited, and not swapped where this process may lock a page.
class ProtectionKeys {
 public:
  explicit ProtectionKeys(std::uint32_t) {
    void* page = ::mmap(nullptr, size_bytes(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) throw std::bad_alloc();
    page_ = static_cast<std::uint8_t*>(page);
    if (::madvise(page, size_bytes(), MADV_DONTFORK) != 0) {
      ::munmap(page, size_bytes());
      throw std::bad_alloc();
    }
    ::madvise(page, size_bytes(), MADV_DONTDUMP);
    ::mlock(page, size_bytes());
    base::fill_random({page_, 2 * key_bytes});
  }
  ~ProtectionKeys() {
    base::wipe(page_, 2 * key_bytes);
    ::munmap(page_, size_bytes());
  }
  ProtectionKeys(const ProtectionKeys&) = delete;
  ProtectionKeys& operator=(const ProtectionKeys&) = delete;

  const std::uint8_t* encryption() const { return page_; }
  const std::uint8_t* authentication() const { return page_ + key_bytes; }

 private:
  static std::size_t size_bytes() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }
  std::uint8_t* page_ = nullptr;
};

// A child of fork has keys of its own: what its parent protected is closed to it.
constinit PerProcess<ProtectionKeys> keys_of_process;

using Tag = std::array<std::uint8_t, identity_padding_bytes>;

// The padding that Windows documents has no room for a nonce beside a tag, so the tag of the clear text is the nonce
// (a synthetic initialisation vector as in RFC 5297, with HMAC-SHA256): equal identities encrypt equally, and nothing
// else shares a key stream.
bool make_tag(const ProtectionKeys& keys, base::ByteView clear, Tag& tag) {
  std::uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), keys.authentication(), key_bytes, clear.data(), clear.size(), digest, &size) == nullptr)
    return false;
  std::copy_n(digest, tag.size(), tag.begin());
  return true;
}

struct CipherDelete {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

// AES-256 in counter mode: the same both ways, in place, byte for byte.
bool apply_key_stream(const ProtectionKeys& keys, const Tag& tag, base::MutableByteView body) {
  std::uint8_t start[16] = {};
  std::ranges::copy(tag, start);
  const std::unique_ptr<EVP_CIPHER_CTX, CipherDelete> cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  return cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_ctr(), nullptr, keys.encryption(), start) == 1 &&
         (body.empty() ||
          EVP_EncryptUpdate(cipher.get(), body.data(), &written, body.data(), static_cast<int>(body.size())) == 1);
}

void set_process_encrypted(base::MutableByteView block, bool encrypted) {
  SEC_WINNT_AUTH_IDENTITY_EX2 header;
  std::memcpy(&header, block.data(), sizeof header);
  header.Flags &= ~identity_protection_flags;
  if (encrypted) header.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED;
  std::memcpy(block.data(), &header, sizeof header);
}

}  // namespace

bool protect_identity(base::MutableByteView block) {
  const ProtectionKeys& keys = keys_of_process.now();
  base::Secret work{base::ByteView(block)};
  const base::MutableByteView clear = work.reveal_mutable().first(block.size() - identity_padding_bytes);
  set_process_encrypted(clear, true);
  Tag tag{};
  if (!make_tag(keys, clear, tag) || !apply_key_stream(keys, tag, clear.subspan(header_bytes))) return false;
  std::ranges::copy(tag, work.reveal_mutable().last(identity_padding_bytes).begin());
  std::ranges::copy(work.reveal(), block.begin());
  return true;
}

bool unprotect_identity(base::MutableByteView block) {
  const ProtectionKeys& keys = keys_of_process.now();
  base::Secret work{base::ByteView(block)};
  const base::MutableByteView body = work.reveal_mutable().first(block.size() - identity_padding_bytes);
  Tag tag{}, expected{};
  std::ranges::copy(work.reveal().last(identity_padding_bytes), tag.begin());
  if (!apply_key_stream(keys, tag, body.subspan(header_bytes)) || !make_tag(keys, body, expected) ||
      !base::equal_constant_time(tag, expected))
    return false;
  set_process_encrypted(body, false);
  base::wipe(work.reveal_mutable().last(identity_padding_bytes));
  std::ranges::copy(work.reveal(), block.begin());
  return true;
}

}  // namespace openlsa::client
