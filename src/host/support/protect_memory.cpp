// LsaProtectMemory, LsaUnprotectMemory: a buffer of the package's own memory, encrypted in place under a key of this
// process. The documentation gives no rule for the size, so every size works: AES-256-XTS from one block on (it keeps
// the size), and one keystream block below that.
#include <openssl/evp.h>
#include <sys/mman.h>

#include <cstring>
#include <memory>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {
namespace {

constexpr std::size_t key_size = 64;  // two AES-256 keys (XTS)
constexpr std::size_t block_size = 16;
constexpr std::uint8_t zero_tweak[block_size] = {};

// A page of its own: never written to swap or to a core file, not given to a forked child.
const std::uint8_t* process_key() {
  static const std::uint8_t* const key = [] {
    void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) std::abort();  // returning would leave a secret in the clear
    ::mlock(page, 4096);
    ::madvise(page, 4096, MADV_DONTDUMP);
    ::madvise(page, 4096, MADV_DONTFORK);
    base::fill_random({static_cast<std::uint8_t*>(page), key_size});
    ::mprotect(page, 4096, PROT_READ);
    return static_cast<const std::uint8_t*>(page);
  }();
  return key;
}

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void crypt(std::uint8_t* data, std::size_t size, bool encrypt) {
  const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int written = 0;
  bool good = context != nullptr;
  if (size >= block_size) {
    good = good &&
           EVP_CipherInit_ex(context.get(), EVP_aes_256_xts(), nullptr, process_key(), zero_tweak, encrypt) == 1 &&
           EVP_CipherUpdate(context.get(), data, &written, data, static_cast<int>(size)) == 1;
  } else {
    std::uint8_t stream[block_size] = {};
    good = good && EVP_CipherInit_ex(context.get(), EVP_aes_256_ctr(), nullptr, process_key(), zero_tweak, 1) == 1 &&
           EVP_CipherUpdate(context.get(), stream, &written, stream, block_size) == 1;
    for (std::size_t i = 0; i < size; ++i) data[i] ^= stream[i];
    base::wipe(stream, sizeof stream);
  }
  if (!good) std::abort();
}

// XTS takes at most 2^20 blocks in one unit (IEEE 1619); larger buffers are several units.
void crypt_all(PVOID buffer, ULONG size, bool encrypt) {
  constexpr std::size_t unit = std::size_t{1} << 20;
  auto* data = static_cast<std::uint8_t*>(buffer);
  std::size_t rest = buffer == nullptr ? 0 : size;
  while (rest != 0) {
    // The last unit is never shorter than a block, unless the whole buffer is.
    const std::size_t take = rest >= unit + block_size ? unit : rest;
    crypt(data, take, encrypt);
    data += take;
    rest -= take;
  }
}

}  // namespace

VOID lsa_protect_memory(PVOID Buffer, ULONG BufferSize) { crypt_all(Buffer, BufferSize, true); }
VOID lsa_unprotect_memory(PVOID Buffer, ULONG BufferSize) { crypt_all(Buffer, BufferSize, false); }

}  // namespace openlsa::host::support
