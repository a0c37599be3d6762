#include "authority/logon/negotiate_messages.hpp"

#include <openlsa/ntsecapi.h>

#include <algorithm>
#include <cstring>

#include "authority/logon/negotiate.hpp"

namespace openlsa::authority {
namespace {

seam::LsaCallPackageReply failed(nt::Status status) {
  seam::LsaCallPackageReply reply;
  reply.status = status;
  return reply;
}

// One block at the window's beginning, which the caller frees with LsaFreeReturnBuffer.
seam::LsaCallPackageReply answer(const seam::ClientWindow& window, base::Bytes bytes) {
  if (!within(window, window.base, bytes.size())) return failed(STATUS_NO_MEMORY);
  seam::LsaCallPackageReply reply;
  reply.return_address = window.base;
  reply.return_size_bytes = static_cast<std::uint32_t>(bytes.size());
  reply.writes.allocations.push_back({window.base, bytes.size()});
  reply.writes.writes.push_back({window.base, std::move(bytes)});
  return reply;
}

template <class Value>
void put(base::Bytes& bytes, std::size_t at, const Value& value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

// What the packages that Negotiate chooses among begin their tokens with: their object identifiers (SECPKG_GSS_INFO).
seam::LsaCallPackageReply enumerate_prefixes(Authority& authority, const seam::ClientWindow& window) {
  std::vector<NEGOTIATE_PACKAGE_PREFIX> prefixes;
  for (const PackageEntry& package : authority.registry().packages()) {
    const base::Bytes& identifier = package.info.extended.gss_oid;
    if (!is_negotiable(package.info) || !package.info.supports_sspi || identifier.empty()) continue;
    NEGOTIATE_PACKAGE_PREFIX prefix{};
    prefix.PackageId = package.info.id;
    prefix.PrefixLen = std::min<std::size_t>(identifier.size(), sizeof prefix.Prefix);
    std::memcpy(prefix.Prefix, identifier.data(), prefix.PrefixLen);
    prefixes.push_back(prefix);
  }
  NEGOTIATE_PACKAGE_PREFIXES head{};
  head.MessageType = NegEnumPackagePrefixes;
  head.PrefixCount = static_cast<ULONG>(prefixes.size());
  head.Offset = sizeof head;
  base::Bytes bytes(sizeof head + prefixes.size() * sizeof prefixes.front());
  put(bytes, 0, head);
  for (std::size_t i = 0; i < prefixes.size(); ++i) put(bytes, sizeof head + i * sizeof prefixes[i], prefixes[i]);
  return answer(window, std::move(bytes));
}

// DOMAIN\name of a session's user, for those who may see the session (get_session_data.cpp). LUID 0: the caller's own.
seam::LsaCallPackageReply caller_name(Authority& authority, const EffectiveCaller& caller,
                                      const seam::ClientWindow& window, base::ByteView message) {
  NEGOTIATE_CALLER_NAME_REQUEST request;
  if (message.size() < sizeof request) return failed(STATUS_INVALID_PARAMETER);
  std::memcpy(&request, message.data(), sizeof request);
  nt::Luid wanted{std::uint64_t{static_cast<std::uint32_t>(request.LogonId.HighPart)} << 32 | request.LogonId.LowPart};
  if (wanted == nt::Luid{}) wanted = caller.view.logon_id;
  const std::optional<DescribedSession> session = authority.sessions().look_up(wanted);
  if (!session) return failed(STATUS_NO_SUCH_LOGON_SESSION);
  const Token& token = *caller.token;
  const bool may_see = caller.view.logon_id == wanted || token.user() == session->details.user ||
                       token.information()->has_group(nt::well_known::administrators) || caller.view.has_tcb;
  if (!may_see || token.level() < nt::ImpersonationLevel::identification) return failed(STATUS_ACCESS_DENIED);
  const std::u16string& domain = session->details.logon_domain;
  const std::u16string name = (domain.empty() ? u"" : domain + u"\\") + session->details.user_name;
  NEGOTIATE_CALLER_NAME_RESPONSE head{};
  head.MessageType = NegGetCallerName;
  head.CallerName = reinterpret_cast<PWSTR>(window.base + sizeof head);
  base::Bytes bytes(sizeof head + (name.size() + 1) * sizeof(char16_t));
  put(bytes, 0, head);
  std::memcpy(bytes.data() + sizeof head, name.data(), name.size() * sizeof(char16_t));
  return answer(window, std::move(bytes));
}

}  // namespace

seam::LsaCallPackageReply call_negotiate(Authority& authority, const EffectiveCaller& caller,
                                         const seam::ClientWindow& window, base::ByteView message) {
  ULONG type = NegCallPackageMax;
  if (message.size() >= sizeof type) std::memcpy(&type, message.data(), sizeof type);
  switch (type) {
    case NegEnumPackagePrefixes:
      return enumerate_prefixes(authority, window);
    case NegGetCallerName:
      return caller_name(authority, caller, window, message);
    case NegTransferCredentials:  // its message is documented nowhere
    case NegMsgReserved1:
      return failed(STATUS_NOT_SUPPORTED);
    default:
      return failed(STATUS_INVALID_PARAMETER);
  }
}

}  // namespace openlsa::authority
