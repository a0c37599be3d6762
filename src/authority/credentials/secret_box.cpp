#include "authority/credentials/secret_box.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>

#include "base/random.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

std::size_t page_size() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

// memfd_secret(2): pages that even the kernel's own map does not have. Absent before Linux 5.14, and where it is off.
void* map_secret_page() {
#ifdef SYS_memfd_secret
  base::UniqueFd memory(static_cast<int>(::syscall(SYS_memfd_secret, O_CLOEXEC)));
  if (!memory || ::ftruncate(memory.get(), static_cast<off_t>(page_size())) != 0) return MAP_FAILED;
  return ::mmap(nullptr, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
#else
  return MAP_FAILED;
#endif
}

void* map_locked_page() {
  void* page = ::mmap(nullptr, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return page;
  if (::mlock(page, page_size()) == 0) return page;
  const int reason = errno;
  ::munmap(page, page_size());
  errno = reason;
  return MAP_FAILED;
}

struct CipherDelete {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherDelete>;

}  // namespace

base::OrFailure<std::unique_ptr<SecretBox>> SecretBox::make(bool random_nonces) {
  void* page = map_secret_page();
  if (page == MAP_FAILED) page = map_locked_page();
  if (page == MAP_FAILED)
    return base::failure(std::string("Cannot lock a page of memory for the key of credentials: ") +
                         std::strerror(errno) + ". Raise RLIMIT_MEMLOCK (LimitMEMLOCK= of the service).");
  std::unique_ptr<SecretBox> box(new SecretBox(static_cast<std::uint8_t*>(page), random_nonces));
  // A fork of this process, or its core, has no business with the key.
  ::madvise(page, page_size(), MADV_DONTDUMP);
  if (::madvise(page, page_size(), MADV_DONTFORK) != 0)
    return base::failure(std::string("Cannot keep the key of credentials from being inherited: ") +
                         std::strerror(errno) + ".");
  return box;
}

base::OrFailure<std::unique_ptr<SecretBox>> SecretBox::create() {
  std::unique_ptr<SecretBox> box = OPENLSA_TRY(make(false));
  base::fill_random({box->page_, key_bytes});
  return box;
}

base::OrFailure<std::unique_ptr<SecretBox>> SecretBox::create(const base::Secret& key) {
  if (key.size() != key_bytes) return base::failure("The key of the private data does not have 32 bytes.");
  std::unique_ptr<SecretBox> box = OPENLSA_TRY(make(true));
  std::memcpy(box->page_, key.reveal().data(), key_bytes);
  return box;
}

SecretBox::~SecretBox() {
  base::wipe(page_, key_bytes);
  ::munmap(page_, page_size());
}

void SecretBox::write_nonce(std::uint8_t* nonce) const {
  if (random_nonces_) return base::fill_random({nonce, nonce_bytes});
  const std::uint64_t number = next_nonce_.fetch_add(1);
  std::memcpy(nonce, &number, sizeof number);
}

Sealed SecretBox::seal(base::ByteView secret, base::ByteView bound_to) const {
  Sealed sealed;
  if (secret.size() > INT_MAX - nonce_bytes - tag_bytes || bound_to.size() > INT_MAX) std::abort();
  sealed.bytes.resize(nonce_bytes + secret.size() + tag_bytes);
  write_nonce(sealed.bytes.data());
  std::uint8_t* const body = sealed.bytes.data() + nonce_bytes;
  int written = 0, bound = 0;
  const Cipher cipher(EVP_CIPHER_CTX_new());
  const bool done =
      cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, page_, sealed.bytes.data()) == 1 &&
      (bound_to.empty() ||
       EVP_EncryptUpdate(cipher.get(), nullptr, &bound, bound_to.data(), static_cast<int>(bound_to.size())) == 1) &&
      (secret.empty() ||
       EVP_EncryptUpdate(cipher.get(), body, &written, secret.data(), static_cast<int>(secret.size())) == 1) &&
      EVP_EncryptFinal_ex(cipher.get(), body + written, &written) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes, body + secret.size()) == 1;
  if (!done) std::abort();  // without the cipher nothing here can keep a secret
  return sealed;
}

std::optional<base::Secret> SecretBox::open(const Sealed& sealed, base::ByteView bound_to) const {
  if (sealed.bytes.size() < nonce_bytes + tag_bytes || bound_to.size() > INT_MAX) return std::nullopt;
  const std::size_t size = sealed.bytes.size() - nonce_bytes - tag_bytes;
  const std::uint8_t* const body = sealed.bytes.data() + nonce_bytes;
  base::Bytes tag(body + size, body + size + tag_bytes);
  base::Secret secret(size);
  std::uint8_t nothing = 0;
  std::uint8_t* const out = size == 0 ? &nothing : secret.reveal_mutable().data();
  int written = 0, bound = 0;
  const Cipher cipher(EVP_CIPHER_CTX_new());
  const bool done =
      cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, page_, sealed.bytes.data()) == 1 &&
      (bound_to.empty() ||
       EVP_DecryptUpdate(cipher.get(), nullptr, &bound, bound_to.data(), static_cast<int>(bound_to.size())) == 1) &&
      (size == 0 || EVP_DecryptUpdate(cipher.get(), out, &written, body, static_cast<int>(size)) == 1) &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), out + written, &written) == 1;
  if (!done) return std::nullopt;
  return secret;
}

}  // namespace openlsa::authority
