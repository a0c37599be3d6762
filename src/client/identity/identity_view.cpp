#include "client/identity/identity_view.hpp"

#include <cstring>
#include <utility>

#include "client/memory/client_buffers.hpp"

namespace openlsa::client {
namespace {

// Names end at 32766 characters, packed credentials at what a USHORT counts.
constexpr std::uint64_t max_characters = 0xffff;
constexpr std::size_t largest_block = sizeof(SEC_WINNT_AUTH_IDENTITY_EX2) + 4 * 0x10000;

constexpr ULONG common_flags = SEC_WINNT_AUTH_IDENTITY_UNICODE | SEC_WINNT_AUTH_IDENTITY_MARSHALLED |
                               SEC_WINNT_AUTH_IDENTITY_ONLY | SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_USER |
                               SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_DOMAIN | SEC_WINNT_AUTH_IDENTITY_FLAGS_ID_PROVIDER |
                               SEC_WINNT_AUTH_IDENTITY_FLAGS_SSPIPFC_USE_MASK;
constexpr ULONG pointer_form_flags = common_flags | SEC_WINNT_AUTH_IDENTITY_ANSI;
// The strings of EX2 are UNICODE, whatever a flag says (the page SEC_WINNT_AUTH_IDENTITY_INFO): ANSI is a mistake.
constexpr ULONG block_flags = common_flags | SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED | identity_protection_flags;

template <class T>
T copy_of(const void* address) {
  T copy;
  std::memcpy(&copy, address, sizeof copy);
  return copy;
}

// Exactly one of ANSI and UNICODE; 0 for flags that are not known.
std::size_t character_bytes(ULONG flags) {
  if ((flags & ~pointer_form_flags) != 0) return 0;
  switch (flags & (SEC_WINNT_AUTH_IDENTITY_ANSI | SEC_WINNT_AUTH_IDENTITY_UNICODE)) {
    case SEC_WINNT_AUTH_IDENTITY_ANSI:
      return sizeof(CHAR);
    case SEC_WINNT_AUTH_IDENTITY_UNICODE:
      return sizeof(WCHAR);
    default:
      return 0;
  }
}

// False for a flag that says a name is NULL, beside a name.
bool settle_null_names(IdentityView& view) {
  for (const auto& [flag, name] : {std::pair{SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_USER, &view.user},
                                   std::pair{SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_DOMAIN, &view.domain}}) {
    if ((view.flags & flag) == 0) continue;
    if (!name->empty()) return false;
    *name = {};
  }
  return true;
}

// A string of `length` characters; NULL only when there are none.
bool view_string(const void* text, std::uint64_t length, std::size_t unit, base::ByteView& part) {
  if (length > max_characters || (text == nullptr && length != 0)) return false;
  part = base::as_bytes(text, length * unit);
  return true;
}

// User, domain and password, which the plain and the EX form name alike; the A and the W structures differ in the type
// behind their pointers only.
template <class Identity>
bool view_pointers(const void* address, IdentityView& view) {
  const auto identity = copy_of<Identity>(address);
  const std::size_t unit = character_bytes(identity.Flags);
  if (unit == 0) return false;
  view.flags = identity.Flags;
  view.structure = base::as_bytes(address, sizeof identity);
  return view_string(identity.User, identity.UserLength, unit, view.user) &&
         view_string(identity.Domain, identity.DomainLength, unit, view.domain) &&
         view_string(identity.Password, identity.PasswordLength, unit, view.credentials) && settle_null_names(view);
}
static_assert(sizeof(SEC_WINNT_AUTH_IDENTITY_A) == sizeof(SEC_WINNT_AUTH_IDENTITY_W));
static_assert(sizeof(SEC_WINNT_AUTH_IDENTITY_EXA) == sizeof(SEC_WINNT_AUTH_IDENTITY_EXW));

bool view_plain(const void* address, IdentityView& view) {
  view.form = IdentityForm::plain;
  return view_pointers<SEC_WINNT_AUTH_IDENTITY_W>(address, view);
}

bool view_ex(const void* address, IdentityView& view) {
  const auto identity = copy_of<SEC_WINNT_AUTH_IDENTITY_EXW>(address);
  view.form = IdentityForm::ex;
  return identity.Length == sizeof identity && view_pointers<SEC_WINNT_AUTH_IDENTITY_EXW>(address, view) &&
         view_string(identity.PackageList, identity.PackageListLength, character_bytes(identity.Flags), view.packages);
}

std::size_t padding_of(ULONG flags) {
  return (flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED) != 0 ? identity_padding_bytes : 0;
}

struct Range {
  ULONG offset, length;
  bool overlaps(const Range& other) const {
    return length != 0 && other.length != 0 && offset < other.offset + other.length && other.offset < offset + length;
  }
};

// Behind the header, inside the block, and each byte in one part only.
bool ranges_are_sound(const SEC_WINNT_AUTH_IDENTITY_EX2& identity, const Range (&ranges)[4]) {
  for (const Range& range : ranges) {
    if (range.length != 0 && (range.offset < identity.cbHeaderLength || range.offset > identity.cbStructureLength ||
                              range.length > identity.cbStructureLength - range.offset))
      return false;
    for (const Range& other : ranges)
      if (&other < &range && range.overlaps(other)) return false;
  }
  return true;
}

// `available` is what the block's memory has, where that is known.
bool header_is_sound(const SEC_WINNT_AUTH_IDENTITY_EX2& identity, std::optional<std::size_t> available) {
  const ULONG size = identity.cbStructureLength, protection = identity.Flags & identity_protection_flags;
  if (identity.Version != SEC_WINNT_AUTH_IDENTITY_VERSION_2 || (identity.Flags & ~block_flags) != 0) return false;
  if (identity.cbHeaderLength != sizeof identity || size < sizeof identity || size > largest_block) return false;
  if (available && *available < size + padding_of(identity.Flags)) return false;
  // Protected in one way, and with the padding that this needs.
  if (protection != 0 && ((protection & (protection - 1)) != 0 || padding_of(identity.Flags) == 0)) return false;
  return (identity.UserLength | identity.DomainLength | identity.PackageListLength) % sizeof(WCHAR) == 0;
}

bool view_ex2(const void* address, std::optional<std::size_t> available, IdentityView& view) {
  if (available && *available < sizeof(SEC_WINNT_AUTH_IDENTITY_EX2)) return false;
  const auto identity = copy_of<SEC_WINNT_AUTH_IDENTITY_EX2>(address);
  const Range user{identity.UserOffset, identity.UserLength}, domain{identity.DomainOffset, identity.DomainLength},
      credentials{identity.PackedCredentialsOffset, identity.PackedCredentialsLength},
      packages{identity.PackageListOffset, identity.PackageListLength};
  if (!header_is_sound(identity, available) || !ranges_are_sound(identity, {user, domain, credentials, packages}))
    return false;

  view.form = IdentityForm::ex2;
  view.flags = identity.Flags;
  view.padding_bytes = padding_of(identity.Flags);
  view.structure = base::as_bytes(address, identity.cbStructureLength);
  const auto part = [&](const Range& range) {
    return view.structure.subspan(range.length == 0 ? sizeof identity : range.offset, range.length);
  };
  view.user = part(user);
  view.domain = part(domain);
  if (credentials.length != 0) view.credentials = part(credentials);
  if (packages.length != 0) view.packages = part(packages);
  return settle_null_names(view);
}

// By the first ULONG, as the page SEC_WINNT_AUTH_IDENTITY_INFO has it.
bool view_any(const void* address, IdentityView& view) {
  switch (copy_of<ULONG>(address)) {
    case SEC_WINNT_AUTH_IDENTITY_VERSION:
      return view_ex(address, view);
    case SEC_WINNT_AUTH_IDENTITY_VERSION_2:
      return view_ex2(address, std::nullopt, view);
    default:
      return view_plain(address, view);
  }
}

}  // namespace

std::optional<IdentityView> view_identity(const void* address) {
  if (address == nullptr) return std::nullopt;
  // What this library hands out is EX2; when such a block no longer is, the application wrote or wiped it.
  if (const auto size = buffer_size(address)) return view_identity_block(base::as_bytes(address, *size));
  IdentityView view;
  return view_any(address, view) ? std::optional(view) : std::nullopt;
}

std::optional<IdentityView> view_identity_block(base::ByteView block) {
  IdentityView view;
  return view_ex2(block.data(), block.size(), view) ? std::optional(view) : std::nullopt;
}

}  // namespace openlsa::client
