// QueryContextAttributes of a finished context, one function per attribute. Texts go to memory of the runtime, which
// the application frees with FreeContextBuffer.
#include <openlsa/openlsa.h>

#include "common/guarded.hpp"
#include "common/package_info.hpp"
#include "user_mode/context_table.hpp"
#include "user_mode/functions.hpp"
#include "user_mode/runtime.hpp"

namespace msv1_0 {
namespace {

constexpr ULONG calg_rc4 = 0x6801;
constexpr LONG rc4_hmac_md5 = -138;  // KERB_CHECKSUM_HMAC_MD5, which is what SIGNATURE algorithms are numbered by

template <class Structure>
NTSTATUS give(PVOID buffer, const Structure& structure) {
  std::memcpy(buffer, &structure, sizeof structure);
  return SEC_E_OK;
}

NTSTATUS sizes(const UserContext&, PVOID buffer) {
  SecPkgContext_Sizes sizes{};
  sizes.cbMaxToken = max_token_bytes;
  sizes.cbMaxSignature = signature_bytes;
  sizes.cbBlockSize = 1;
  sizes.cbSecurityTrailer = signature_bytes;
  return give(buffer, sizes);
}

std::u16string client_name(const PackedContext& facts) {
  return facts.domain.empty() ? facts.user : facts.domain + u'\\' + facts.user;
}

// On both sides the client.
NTSTATUS names(const UserContext& context, PVOID buffer) {
  SecPkgContext_NamesW names{allocate_text(client_name(context.facts()))};
  return names.sUserName == nullptr ? SEC_E_INSUFFICIENT_MEMORY : give(buffer, names);
}

NTSTATUS native_names(const UserContext& context, PVOID buffer) {
  SecPkgContext_NativeNamesW names{allocate_text(client_name(context.facts())), allocate_text(context.facts().server)};
  if (names.sClientName != nullptr && names.sServerName != nullptr) return give(buffer, names);
  release_heap(names.sClientName);
  release_heap(names.sServerName);
  return SEC_E_INSUFFICIENT_MEMORY;
}

NTSTATUS authority(const UserContext& context, PVOID buffer) {
  SecPkgContext_AuthorityW authority{allocate_text(context.facts().domain)};
  return authority.sAuthorityName == nullptr ? SEC_E_INSUFFICIENT_MEMORY : give(buffer, authority);
}

NTSTATUS client_specified_target(const UserContext& context, PVOID buffer) {
  SecPkgContext_ClientSpecifiedTarget target{allocate_text(context.facts().target)};
  return target.sTargetName == nullptr ? SEC_E_INSUFFICIENT_MEMORY : give(buffer, target);
}

NTSTATUS lifespan(const UserContext& context, PVOID buffer) {
  SecPkgContext_Lifespan lifespan{};
  lifespan.tsStart.QuadPart = static_cast<LONGLONG>(context.facts().started);
  lifespan.tsExpiry.QuadPart = 0x7fff'ffff'ffff'ffff;
  return give(buffer, lifespan);
}

NTSTATUS flags(const UserContext& context, PVOID buffer) {
  return give(buffer, SecPkgContext_Flags{context.facts().attributes});
}

NTSTATUS session_key(const UserContext& context, PVOID buffer) {
  const auto key = context.session_key().reveal();
  auto* copy = static_cast<UCHAR*>(allocate_heap(key.size()));
  if (copy == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  std::memcpy(copy, key.data(), key.size());
  SecPkgContext_SessionKey answer{};
  answer.SessionKeyLength = static_cast<ULONG>(key.size());
  answer.SessionKey = copy;
  return give(buffer, answer);
}

ULONG key_bits(std::uint32_t flags) {
  if ((flags & flag::key_128) != 0) return 128;
  return (flags & flag::key_56) != 0 ? 56 : 40;
}

NTSTATUS key_info(const UserContext& context, PVOID buffer) {
  SecPkgContext_KeyInfoW info{};
  info.KeySize = key_bits(context.flags());
  info.SignatureAlgorithm = static_cast<ULONG>(rc4_hmac_md5);
  info.EncryptAlgorithm = calg_rc4;
  info.sSignatureAlgorithmName = allocate_text(u"HMAC-MD5");
  info.sEncryptAlgorithmName = allocate_text(u"RSADSI RC4");
  if (info.sSignatureAlgorithmName != nullptr && info.sEncryptAlgorithmName != nullptr) return give(buffer, info);
  release_heap(info.sSignatureAlgorithmName);
  release_heap(info.sEncryptAlgorithmName);
  return SEC_E_INSUFFICIENT_MEMORY;
}

// One block: the structure, then both texts. Null without memory.
PSecPkgInfoW allocate_package_info() {
  SecPkgInfoW info = package_info();
  const std::u16string_view texts[] = {info.Name, info.Comment};
  const std::size_t units = texts[0].size() + texts[1].size() + 2;
  auto* block = static_cast<std::uint8_t*>(allocate_heap(sizeof info + units * sizeof(SEC_WCHAR)));
  if (block == nullptr) return nullptr;
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
  return reinterpret_cast<PSecPkgInfoW>(block);
}

NTSTATUS package_information(const UserContext&, PVOID buffer) {
  SecPkgContext_PackageInfoW answer{allocate_package_info()};
  return answer.PackageInfo == nullptr ? SEC_E_INSUFFICIENT_MEMORY : give(buffer, answer);
}

NTSTATUS negotiation_information(const UserContext&, PVOID buffer) {
  SecPkgContext_NegotiationInfoW answer{};
  answer.PackageInfo = allocate_package_info();
  answer.NegotiationState = SECPKG_NEGOTIATION_COMPLETE;
  return answer.PackageInfo == nullptr ? SEC_E_INSUFFICIENT_MEMORY : give(buffer, answer);
}

NTSTATUS mech_list_mic(UserContext& context, PVOID buffer) {
  ULONG direction = 0;
  std::memcpy(&direction, buffer, sizeof direction);
  if (direction > OPENLSA_MECH_LIST_MIC_VERIFIED) return SEC_E_INVALID_PARAMETER;
  context.mech_list_mic_done(direction == OPENLSA_MECH_LIST_MIC_VERIFIED);
  return SEC_E_OK;
}

NTSTATUS access_token(const UserContext& context, PVOID buffer) {
  if (context.token() == nullptr) return SEC_E_NO_IMPERSONATION;
  return give(buffer, SecPkgContext_AccessToken{context.token()});
}

struct Attribute {
  ULONG number;
  NTSTATUS (*answer)(const UserContext& context, PVOID buffer);
};

// SECPKG_ATTR_STREAM_SIZES is not among them: NTLM has no stream mode.
constexpr Attribute attributes[] = {
    {SECPKG_ATTR_SIZES, sizes},
    {SECPKG_ATTR_NAMES, names},
    {SECPKG_ATTR_NATIVE_NAMES, native_names},
    {SECPKG_ATTR_AUTHORITY, authority},
    {SECPKG_ATTR_CLIENT_SPECIFIED_TARGET, client_specified_target},
    {SECPKG_ATTR_LIFESPAN, lifespan},
    {SECPKG_ATTR_FLAGS, flags},
    {SECPKG_ATTR_SESSION_KEY, session_key},
    {SECPKG_ATTR_KEY_INFO, key_info},
    {SECPKG_ATTR_PACKAGE_INFO, package_information},
    {SECPKG_ATTR_NEGOTIATION_INFO, negotiation_information},
    {SECPKG_ATTR_ACCESS_TOKEN, access_token},
};

}  // namespace

NTSTATUS NTAPI query_context_attributes(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto context = find_user_context(handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    if (buffer == nullptr) return SEC_E_INVALID_PARAMETER;
    if (attribute == OPENLSA_ATTR_MECH_LIST_MIC) return mech_list_mic(*context, buffer);
    for (const Attribute& known : attributes)
      if (known.number == attribute) return known.answer(*context, buffer);
    return SEC_E_UNSUPPORTED_FUNCTION;
  });
}

}  // namespace msv1_0
