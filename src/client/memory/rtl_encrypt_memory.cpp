// RtlEncryptMemory and RtlDecryptMemory, exported as SystemFunction040 and SystemFunction041: memory of this process,
// encrypted in place under a key that it shares with nobody. A child of fork has a key of its own. For memory that
// other processes decrypt the key would have to be theirs too, and nothing would protect it.
#include <openlsa/ntsecapi.h>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "client/c_edge.hpp"
#include "client/connection/per_process.hpp"

namespace openlsa::client {
namespace {

constexpr std::size_t key_bytes = 64;  // two AES-256 keys (XTS)
constexpr std::size_t block_bytes = 16;
constexpr std::uint8_t zero_tweak[block_bytes] = {};

// In a page of its own: not dumped, not inherited, and not swapped where this process may lock a page.
class MemoryKey {
 public:
  explicit MemoryKey(std::uint32_t) {
    void* page = ::mmap(nullptr, size_bytes(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) throw std::bad_alloc();
    page_ = static_cast<std::uint8_t*>(page);
    if (::madvise(page, size_bytes(), MADV_DONTFORK) != 0) {
      ::munmap(page, size_bytes());
      throw std::bad_alloc();
    }
    ::madvise(page, size_bytes(), MADV_DONTDUMP);
    ::mlock(page, size_bytes());
    base::fill_random({page_, key_bytes});
  }
  ~MemoryKey() {
    base::wipe(page_, key_bytes);
    ::munmap(page_, size_bytes());
  }
  MemoryKey(const MemoryKey&) = delete;
  MemoryKey& operator=(const MemoryKey&) = delete;
  const std::uint8_t* bytes() const { return page_; }

 private:
  static std::size_t size_bytes() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }
  std::uint8_t* page_ = nullptr;
};

constinit PerProcess<MemoryKey> key_of_process;

struct CipherDelete {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherDelete>;

// AES-256-XTS keeps the size of whatever has a block or more.
bool crypt_blocks(const std::uint8_t* key, std::uint8_t* data, std::size_t size, bool encrypt) {
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  return cipher && EVP_CipherInit_ex(cipher.get(), EVP_aes_256_xts(), nullptr, key, zero_tweak, encrypt) == 1 &&
         EVP_CipherUpdate(cipher.get(), data, &written, data, static_cast<int>(size)) == 1;
}

// The one size below a block: half a block of key stream.
bool crypt_half_block(const std::uint8_t* key, std::uint8_t* data) {
  std::uint8_t stream[block_bytes] = {};
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  const bool good = cipher && EVP_CipherInit_ex(cipher.get(), EVP_aes_256_ctr(), nullptr, key, zero_tweak, 1) == 1 &&
                    EVP_CipherUpdate(cipher.get(), stream, &written, stream, block_bytes) == 1;
  if (good)
    for (std::size_t i = 0; i < RTL_ENCRYPT_MEMORY_SIZE; ++i) data[i] ^= stream[i];
  base::wipe(stream, sizeof stream);
  return good;
}

NTSTATUS crypt(PVOID memory, ULONG size, ULONG options, bool encrypt) {
  constexpr ULONG known =
      RTL_ENCRYPT_OPTION_CROSS_PROCESS | RTL_ENCRYPT_OPTION_SAME_LOGON | RTL_ENCRYPT_OPTION_FOR_SYSTEM;
  if ((memory == nullptr && size != 0) || size % RTL_ENCRYPT_MEMORY_SIZE != 0 || (options & ~known) != 0)
    return STATUS_INVALID_PARAMETER;
  if (options != 0) return STATUS_NOT_SUPPORTED;
  const std::uint8_t* key = key_of_process.now().bytes();
  auto* data = static_cast<std::uint8_t*>(memory);
  // XTS takes at most 2^20 blocks in one unit (IEEE 1619); the last unit is never shorter than a block, unless all is.
  constexpr std::size_t unit = std::size_t{1} << 20;
  for (std::size_t rest = size; rest != 0;) {
    const std::size_t take = rest >= unit + block_bytes ? unit : rest;
    const bool good = take < block_bytes ? crypt_half_block(key, data) : crypt_blocks(key, data, take, encrypt);
    if (!good) return STATUS_INTERNAL_ERROR;
    data += take;
    rest -= take;
  }
  return STATUS_SUCCESS;
}

}  // namespace
}  // namespace openlsa::client

using namespace openlsa::client;

NTSTATUS RtlEncryptMemory(PVOID Memory, ULONG MemorySize, ULONG OptionFlags) {
  return at_edge([&] { return crypt(Memory, MemorySize, OptionFlags, true); });
}

NTSTATUS RtlDecryptMemory(PVOID Memory, ULONG MemorySize, ULONG OptionFlags) {
  return at_edge([&] { return crypt(Memory, MemorySize, OptionFlags, false); });
}
