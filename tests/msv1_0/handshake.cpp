#include "msv1_0/handshake.hpp"

namespace openlsa::test {

Credential ntlm_client(const Identity& given, const char* package) {
  Identity identity = given;
  SEC_WINNT_AUTH_IDENTITY_W structure{};
  structure.User = reinterpret_cast<USHORT*>(identity.user.data());
  structure.UserLength = static_cast<ULONG>(identity.user.size());
  structure.Domain = reinterpret_cast<USHORT*>(identity.domain.data());
  structure.DomainLength = static_cast<ULONG>(identity.domain.size());
  structure.Password = reinterpret_cast<USHORT*>(identity.password.data());
  structure.PasswordLength = static_cast<ULONG>(identity.password.size());
  structure.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  return Credential(package, SECPKG_CRED_OUTBOUND, nullptr, &structure);
}

Credential ntlm_server(const char* package) { return Credential(package, SECPKG_CRED_INBOUND); }

NtlmConversation::NtlmConversation(Credential given, ULONG requirements, const char* target, const char* package)
    : client(std::move(given)), server(ntlm_server(package)) {
  initiator_leg = initiator.initialize(client, target, "", requirements);
  for (int leg = 0; leg < 8 && initiator_leg.status >= 0; ++leg) {
    if (initiator_leg.token.empty()) return;
    acceptor_leg = acceptor.accept(server, initiator_leg.token, 0);
    if (acceptor_leg.status < 0 || acceptor_leg.token.empty()) return;
    initiator_leg = initiator.initialize(client, target, acceptor_leg.token, requirements);
  }
}

std::string session_key(Context& context) {
  SecPkgContext_SessionKey key{};
  if (QueryContextAttributesW(context.get(), SECPKG_ATTR_SESSION_KEY, &key) != SEC_E_OK) return "";
  const std::string bytes(reinterpret_cast<const char*>(key.SessionKey), key.SessionKeyLength);
  FreeContextBuffer(key.SessionKey);
  return bytes;
}

std::string user_name(Context& context) {
  SecPkgContext_NamesA names{};
  if (QueryContextAttributesA(context.get(), SECPKG_ATTR_NAMES, &names) != SEC_E_OK) return "";
  const std::string name = reinterpret_cast<const char*>(names.sUserName);
  FreeContextBuffer(names.sUserName);
  return name;
}

}  // namespace openlsa::test
