#include "client/sspi/identity.hpp"

#include <cstring>

#include "base/secret.hpp"

namespace openlsa::client {
namespace {

// Names end at 32766 characters, packed credentials at what a USHORT counts.
constexpr std::uint64_t max_characters = 0xffff;
// Nothing here can take apart an identity that SspiEncryptAuthIdentity protected.
constexpr ULONG known_flags =
    SEC_WINNT_AUTH_IDENTITY_ANSI | SEC_WINNT_AUTH_IDENTITY_UNICODE | SEC_WINNT_AUTH_IDENTITY_MARSHALLED |
    SEC_WINNT_AUTH_IDENTITY_ONLY | SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_USER | SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_DOMAIN |
    SEC_WINNT_AUTH_IDENTITY_FLAGS_ID_PROVIDER | SEC_WINNT_AUTH_IDENTITY_FLAGS_SSPIPFC_USE_MASK;

class Pieces {
 public:
  explicit Pieces(std::vector<seam::ClientMemory>& pieces) : pieces_(pieces) { pieces_.reserve(5); }

  void add(const void* address, std::size_t size_bytes) {
    if (size_bytes == 0) return;
    pieces_.push_back({reinterpret_cast<std::uintptr_t>(address), base::to_bytes(base::as_bytes(address, size_bytes))});
  }
  // A string of `length` characters; NULL only when there are none.
  bool add_string(const void* text, std::uint64_t length, std::size_t character_bytes) {
    if (length > max_characters || (text == nullptr && length != 0)) return false;
    add(text, length * character_bytes);
    return true;
  }

 private:
  std::vector<seam::ClientMemory>& pieces_;
};

template <class T>
T copy_of(const void* address) {
  T copy;
  std::memcpy(&copy, address, sizeof copy);
  return copy;
}

// Exactly one of ANSI and UNICODE; 0 for flags that are not known.
std::size_t character_bytes(ULONG flags) {
  if ((flags & ~known_flags) != 0) return 0;
  switch (flags & (SEC_WINNT_AUTH_IDENTITY_ANSI | SEC_WINNT_AUTH_IDENTITY_UNICODE)) {
    case SEC_WINNT_AUTH_IDENTITY_ANSI:
      return sizeof(CHAR);
    case SEC_WINNT_AUTH_IDENTITY_UNICODE:
      return sizeof(WCHAR);
    default:
      return 0;
  }
}

// User, domain and password, which the plain and the EX form name alike.
template <class Identity>
bool add_plain(const void* address, Pieces& pieces) {
  const auto identity = copy_of<Identity>(address);
  const std::size_t unit = character_bytes(identity.Flags);
  if (unit == 0) return false;
  pieces.add(address, sizeof identity);
  return pieces.add_string(identity.User, identity.UserLength, unit) &&
         pieces.add_string(identity.Domain, identity.DomainLength, unit) &&
         pieces.add_string(identity.Password, identity.PasswordLength, unit);
}

bool add_ex(const void* address, Pieces& pieces) {
  const auto identity = copy_of<SEC_WINNT_AUTH_IDENTITY_EXW>(address);
  return add_plain<SEC_WINNT_AUTH_IDENTITY_EXW>(address, pieces) &&
         pieces.add_string(identity.PackageList, identity.PackageListLength, character_bytes(identity.Flags));
}

// One block; its strings are always UNICODE.
bool add_ex2(const void* address, Pieces& pieces) {
  const auto identity = copy_of<SEC_WINNT_AUTH_IDENTITY_EX2>(address);
  constexpr ULONG largest = sizeof identity + 4 * 0x10000;
  const ULONG size = identity.cbStructureLength;
  if ((identity.Flags & (~known_flags | SEC_WINNT_AUTH_IDENTITY_ANSI)) != 0) return false;
  if (size < sizeof identity || size > largest) return false;
  const auto inside = [&](ULONG offset, ULONG length) {
    return length == 0 || (offset >= identity.cbHeaderLength && offset <= size && length <= size - offset);
  };
  if (!inside(identity.UserOffset, identity.UserLength) || !inside(identity.DomainOffset, identity.DomainLength) ||
      !inside(identity.PackedCredentialsOffset, identity.PackedCredentialsLength) ||
      !inside(identity.PackageListOffset, identity.PackageListLength))
    return false;
  pieces.add(address, size);
  return true;
}

bool add_identity(const void* address, Pieces& pieces) {
  // The plain form begins with a pointer, so a version counts only together with the size that follows it.
  const auto version = copy_of<ULONG>(address);
  const auto* after_version = static_cast<const std::uint8_t*>(address) + sizeof version;
  if (version == SEC_WINNT_AUTH_IDENTITY_VERSION &&
      copy_of<ULONG>(after_version) == sizeof(SEC_WINNT_AUTH_IDENTITY_EXW))
    return add_ex(address, pieces);
  if (version == SEC_WINNT_AUTH_IDENTITY_VERSION_2 &&
      copy_of<USHORT>(after_version) == sizeof(SEC_WINNT_AUTH_IDENTITY_EX2))
    return add_ex2(address, pieces);
  return add_plain<SEC_WINNT_AUTH_IDENTITY_W>(address, pieces);
}

// The A and W structures differ in the type behind their pointers only.
static_assert(sizeof(SEC_WINNT_AUTH_IDENTITY_A) == sizeof(SEC_WINNT_AUTH_IDENTITY_W));
static_assert(sizeof(SEC_WINNT_AUTH_IDENTITY_EXA) == sizeof(SEC_WINNT_AUTH_IDENTITY_EXW));

}  // namespace

nt::Status submit_identity(const void* identity, std::vector<seam::ClientMemory>& pieces) {
  if (identity == nullptr) return SEC_E_OK;
  Pieces collected(pieces);
  if (add_identity(identity, collected)) return SEC_E_OK;
  for (seam::ClientMemory& piece : pieces) base::wipe(piece.bytes);
  pieces.clear();
  return SEC_E_UNKNOWN_CREDENTIALS;
}

}  // namespace openlsa::client
