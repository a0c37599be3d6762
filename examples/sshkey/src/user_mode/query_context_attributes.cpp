// QueryContextAttributes of a finished context, one function per attribute. Texts go to memory of the runtime, which
// the application frees with FreeContextBuffer.
#include "common/guarded.hpp"
#include "common/package_info.hpp"
#include "core/utf.hpp"
#include "user_mode/context_table.hpp"
#include "user_mode/functions.hpp"
#include "user_mode/runtime.hpp"

namespace sshkey {
namespace {

template <class Structure>
NTSTATUS give(PVOID buffer, const Structure& structure) {
  std::memcpy(buffer, &structure, sizeof structure);
  return SEC_E_OK;
}

NTSTATUS sizes(const UserContext&, PVOID buffer) {
  SecPkgContext_Sizes sizes{};
  sizes.cbMaxToken = max_handshake_message;
  sizes.cbMaxSignature = message_token_size;
  sizes.cbBlockSize = 1;
  sizes.cbSecurityTrailer = message_token_size;
  return give(buffer, sizes);
}

// The user that the context is for, on both sides the client, by its name on this machine.
NTSTATUS names(const UserContext& context, PVOID buffer) {
  const PackedContext& facts = context.facts();
  SecPkgContext_NamesW names{};
  names.sUserName =
      allocate_text(to_utf16(facts.role == Role::initiator ? facts.own_account : facts.peer_account).value_or(u""));
  return names.sUserName == nullptr ? SEC_E_INSUFFICIENT_MEMORY : give(buffer, names);
}

// The package's own form of both names: account@authority-id.
NTSTATUS native_names(const UserContext& context, PVOID buffer) {
  const PackedContext& facts = context.facts();
  const auto own = to_utf16(to_string(Target{facts.own_account, facts.own_authority}));
  const auto peer = to_utf16(to_string(Target{facts.peer_account, facts.peer_authority}));
  const bool initiator = facts.role == Role::initiator;
  SecPkgContext_NativeNamesW names{};
  names.sClientName = allocate_text((initiator ? own : peer).value_or(u""));
  names.sServerName = allocate_text((initiator ? peer : own).value_or(u""));
  if (names.sClientName != nullptr && names.sServerName != nullptr) return give(buffer, names);
  release_heap(names.sClientName);
  release_heap(names.sServerName);
  return SEC_E_INSUFFICIENT_MEMORY;
}

NTSTATUS lifespan(const UserContext& context, PVOID buffer) {
  SecPkgContext_Lifespan lifespan{};
  lifespan.tsStart.QuadPart = context.facts().starts;
  lifespan.tsExpiry.QuadPart = context.facts().expires;
  return give(buffer, lifespan);
}

NTSTATUS flags(const UserContext& context, PVOID buffer) {
  return give(buffer, SecPkgContext_Flags{context.facts().attributes});
}

NTSTATUS key_info(const UserContext&, PVOID buffer) {
  constexpr ULONG aes_256 = 0x6610;  // CALG_AES_256
  SecPkgContext_KeyInfoW info{};
  info.KeySize = 256;
  info.SignatureAlgorithm = info.EncryptAlgorithm = aes_256;
  info.sSignatureAlgorithmName = allocate_text(u"AES-256-GMAC");
  info.sEncryptAlgorithmName = allocate_text(u"AES-256-GCM");
  if (info.sSignatureAlgorithmName != nullptr && info.sEncryptAlgorithmName != nullptr) return give(buffer, info);
  release_heap(info.sSignatureAlgorithmName);
  release_heap(info.sEncryptAlgorithmName);
  return SEC_E_INSUFFICIENT_MEMORY;
}

// One block: the structure, then both texts.
NTSTATUS package_information(const UserContext&, PVOID buffer) {
  SecPkgInfoW info = package_info();
  const std::u16string_view texts[] = {info.Name, info.Comment};
  const std::size_t units = texts[0].size() + texts[1].size() + 2;
  auto* block = static_cast<std::uint8_t*>(allocate_heap(sizeof info + units * sizeof(SEC_WCHAR)));
  if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  auto* place = reinterpret_cast<SEC_WCHAR*>(block + sizeof info);
  const auto copy = [&place](std::u16string_view text) {
    SEC_WCHAR* start = place;
    std::memcpy(start, text.data(), text.size() * sizeof(SEC_WCHAR));
    start[text.size()] = 0;
    place += text.size() + 1;
    return start;
  };
  info.Name = copy(texts[0]);
  info.Comment = copy(texts[1]);
  std::memcpy(block, &info, sizeof info);
  SecPkgContext_PackageInfoW result{};
  result.PackageInfo = reinterpret_cast<PSecPkgInfoW>(block);
  return give(buffer, result);
}

NTSTATUS access_token(const UserContext& context, PVOID buffer) {
  if (context.token() == nullptr) return SEC_E_NO_IMPERSONATION;
  return give(buffer, SecPkgContext_AccessToken{context.token()});
}

}  // namespace

// Not answered: STREAM_SIZES, for there is no stream mode; SESSION_KEY, for the only keys are those that protect
// messages, and whoever has one of them can forge or read what it protects.
NTSTATUS NTAPI query_context_attributes(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto context = find_user_context(handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    if (buffer == nullptr) return SEC_E_INVALID_PARAMETER;
    switch (attribute) {
      case SECPKG_ATTR_SIZES:
        return sizes(*context, buffer);
      case SECPKG_ATTR_NAMES:
        return names(*context, buffer);
      case SECPKG_ATTR_NATIVE_NAMES:
        return native_names(*context, buffer);
      case SECPKG_ATTR_LIFESPAN:
        return lifespan(*context, buffer);
      case SECPKG_ATTR_FLAGS:
        return flags(*context, buffer);
      case SECPKG_ATTR_KEY_INFO:
        return key_info(*context, buffer);
      case SECPKG_ATTR_PACKAGE_INFO:
        return package_information(*context, buffer);
      case SECPKG_ATTR_ACCESS_TOKEN:
        return access_token(*context, buffer);
      default:
        return SEC_E_UNSUPPORTED_FUNCTION;
    }
  });
}

}  // namespace sshkey
