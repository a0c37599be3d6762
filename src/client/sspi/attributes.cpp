#include "client/sspi/attributes.hpp"

#include <algorithm>
#include <span>

namespace openlsa::client {
namespace {

struct Row {
  std::uint32_t attribute;
  AttributeLayout layout;
};

template <class T>
constexpr std::uint32_t size = sizeof(T);

constexpr AttributePointer text(std::size_t offset) {
  return {.kind = PointerKind::text, .offset = static_cast<std::uint16_t>(offset)};
}
constexpr AttributePointer package(std::size_t offset) {
  return {.kind = PointerKind::package, .offset = static_cast<std::uint16_t>(offset)};
}
constexpr AttributePointer block(std::size_t offset) {
  return {.kind = PointerKind::block, .offset = static_cast<std::uint16_t>(offset)};
}
constexpr AttributePointer bytes(std::size_t offset, std::size_t count_offset, std::size_t count_bytes,
                                 std::size_t element_bytes = 1) {
  return {PointerKind::bytes, static_cast<std::uint16_t>(offset), static_cast<std::uint16_t>(count_offset),
          static_cast<std::uint8_t>(count_bytes), static_cast<std::uint8_t>(element_bytes)};
}
#define ATTRIBUTE_TEXT(Structure, member) text(offsetof(Structure, member))
#define ATTRIBUTE_BYTES(Structure, member, count) \
  bytes(offsetof(Structure, member), offsetof(Structure, count), sizeof(Structure::count))

constexpr Row context_rows[] = {
    {SECPKG_ATTR_SIZES, {size<SecPkgContext_Sizes>, {}}},
    {SECPKG_ATTR_NAMES, {size<SecPkgContext_NamesW>, {ATTRIBUTE_TEXT(SecPkgContext_NamesW, sUserName)}}},
    {SECPKG_ATTR_LIFESPAN, {size<SecPkgContext_Lifespan>, {}}},
    {SECPKG_ATTR_DCE_INFO, {size<SecPkgContext_DceInfo>, {block(offsetof(SecPkgContext_DceInfo, pPac))}}},
    {SECPKG_ATTR_STREAM_SIZES, {size<SecPkgContext_StreamSizes>, {}}},
    {SECPKG_ATTR_KEY_INFO,
     {size<SecPkgContext_KeyInfoW>,
      {ATTRIBUTE_TEXT(SecPkgContext_KeyInfoW, sSignatureAlgorithmName),
       ATTRIBUTE_TEXT(SecPkgContext_KeyInfoW, sEncryptAlgorithmName)}}},
    {SECPKG_ATTR_AUTHORITY,
     {size<SecPkgContext_AuthorityW>, {ATTRIBUTE_TEXT(SecPkgContext_AuthorityW, sAuthorityName)}}},
    {SECPKG_ATTR_PROTO_INFO,
     {size<SecPkgContext_ProtoInfoW>, {ATTRIBUTE_TEXT(SecPkgContext_ProtoInfoW, sProtocolName)}}},
    {SECPKG_ATTR_PASSWORD_EXPIRY, {size<SecPkgContext_PasswordExpiry>, {}}},
    {SECPKG_ATTR_SESSION_KEY,
     {size<SecPkgContext_SessionKey>, {ATTRIBUTE_BYTES(SecPkgContext_SessionKey, SessionKey, SessionKeyLength)}}},
    {SECPKG_ATTR_PACKAGE_INFO,
     {size<SecPkgContext_PackageInfoW>, {package(offsetof(SecPkgContext_PackageInfoW, PackageInfo))}}},
    {SECPKG_ATTR_USER_FLAGS, {size<SecPkgContext_UserFlags>, {}}},
    {SECPKG_ATTR_NEGOTIATION_INFO,
     {size<SecPkgContext_NegotiationInfoW>, {package(offsetof(SecPkgContext_NegotiationInfoW, PackageInfo))}}},
    {SECPKG_ATTR_NATIVE_NAMES,
     {size<SecPkgContext_NativeNamesW>,
      {ATTRIBUTE_TEXT(SecPkgContext_NativeNamesW, sClientName),
       ATTRIBUTE_TEXT(SecPkgContext_NativeNamesW, sServerName)}}},
    {SECPKG_ATTR_FLAGS, {size<SecPkgContext_Flags>, {}}},
    {SECPKG_ATTR_CREDENTIAL_NAME,
     {size<SecPkgContext_CredentialNameW>, {ATTRIBUTE_TEXT(SecPkgContext_CredentialNameW, sCredentialName)}}},
    {SECPKG_ATTR_TARGET_INFORMATION,
     {size<SecPkgContext_TargetInformation>,
      {ATTRIBUTE_BYTES(SecPkgContext_TargetInformation, MarshalledTargetInfo, MarshalledTargetInfoLength)}}},
    {SECPKG_ATTR_ACCESS_TOKEN, {size<SecPkgContext_AccessToken>, {}}},  // a handle
    {SECPKG_ATTR_TARGET, {size<SecPkgContext_Target>, {ATTRIBUTE_BYTES(SecPkgContext_Target, Target, TargetLength)}}},
    {SECPKG_ATTR_AUTHENTICATION_ID,
     {size<SecPkgContext_AuthzID>, {ATTRIBUTE_BYTES(SecPkgContext_AuthzID, AuthzID, AuthzIDLength)}}},
    {SECPKG_ATTR_LOGOFF_TIME, {size<SecPkgContext_LogoffTime>, {}}},
    {SECPKG_ATTR_NEGO_KEYS,
     {size<SecPkgContext_NegoKeys>,
      {ATTRIBUTE_BYTES(SecPkgContext_NegoKeys, KeyValue, KeyLength),
       ATTRIBUTE_BYTES(SecPkgContext_NegoKeys, VerifyKeyValue, VerifyKeyLength)}}},
    {SECPKG_ATTR_PROMPTING_NEEDED, {size<SecPkgContext_CredInfo>, {}}},
    {SECPKG_ATTR_UNIQUE_BINDINGS,
     {size<SecPkgContext_Bindings>, {ATTRIBUTE_BYTES(SecPkgContext_Bindings, Bindings, BindingsLength)}}},
    {SECPKG_ATTR_ENDPOINT_BINDINGS,
     {size<SecPkgContext_Bindings>, {ATTRIBUTE_BYTES(SecPkgContext_Bindings, Bindings, BindingsLength)}}},
    {SECPKG_ATTR_CLIENT_SPECIFIED_TARGET,  // SEC_WCHAR in both forms
     {size<SecPkgContext_ClientSpecifiedTarget>, {block(offsetof(SecPkgContext_ClientSpecifiedTarget, sTargetName))}}},
    {SECPKG_ATTR_LAST_CLIENT_TOKEN_STATUS, {size<SecPkgContext_LastClientTokenStatus>, {}}},
    {SECPKG_ATTR_NEGO_PKG_INFO, {size<SecPkgContext_NegoPackageInfo>, {}}},
    {SECPKG_ATTR_NEGO_STATUS, {size<SecPkgContext_NegoStatus>, {}}},
    {SECPKG_ATTR_APPLICATION_PROTOCOL, {size<SecPkgContext_ApplicationProtocol>, {}}},
    {SECPKG_ATTR_NEGOTIATED_TLS_EXTENSIONS,
     {size<SecPkgContext_NegotiatedTlsExtensions>,
      {bytes(offsetof(SecPkgContext_NegotiatedTlsExtensions, Extensions),
             offsetof(SecPkgContext_NegotiatedTlsExtensions, ExtensionsCount), sizeof(ULONG), sizeof(USHORT))}}},
    {SECPKG_ATTR_SUBJECT_SECURITY_ATTRIBUTES,
     {size<SecPkgContext_SubjectAttributes>, {block(offsetof(SecPkgContext_SubjectAttributes, AttributeInfo))}}},
    {SECPKG_ATTR_SASL_CONTEXT,
     {size<SecPkgContext_SaslContext>, {block(offsetof(SecPkgContext_SaslContext, SaslContext))}}},
};

constexpr Row credential_rows[] = {
    {SECPKG_CRED_ATTR_NAMES, {size<SecPkgCredentials_NamesW>, {ATTRIBUTE_TEXT(SecPkgCredentials_NamesW, sUserName)}}},
    {SECPKG_CRED_ATTR_SSI_PROVIDER,
     {size<SecPkgCredentials_SSIProviderW>,
      {ATTRIBUTE_TEXT(SecPkgCredentials_SSIProviderW, sProviderName),
       ATTRIBUTE_BYTES(SecPkgCredentials_SSIProviderW, ProviderInfo, ProviderInfoLength)}}},
    {SECPKG_CRED_ATTR_CERT,
     {size<SecPkgCredentials_Cert>, {ATTRIBUTE_BYTES(SecPkgCredentials_Cert, EncodedCert, EncodedCertSize)}}},
};

const AttributeLayout* find(std::span<const Row> rows, std::uint32_t attribute) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.attribute == attribute; });
  return found == rows.end() ? nullptr : &found->layout;
}

// The A forms lie as the W forms do.
static_assert(sizeof(SecPkgContext_KeyInfoA) == sizeof(SecPkgContext_KeyInfoW) &&
              sizeof(SecPkgContext_CredentialNameA) == sizeof(SecPkgContext_CredentialNameW) &&
              sizeof(SecPkgContext_NegotiationInfoA) == sizeof(SecPkgContext_NegotiationInfoW) &&
              sizeof(SecPkgCredentials_SSIProviderA) == sizeof(SecPkgCredentials_SSIProviderW));

}  // namespace

const AttributeLayout* context_attribute(std::uint32_t attribute) { return find(context_rows, attribute); }
const AttributeLayout* credential_attribute(std::uint32_t attribute) { return find(credential_rows, attribute); }

}  // namespace openlsa::client
