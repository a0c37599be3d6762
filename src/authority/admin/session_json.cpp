#include "authority/admin/session_json.hpp"

#include <iterator>

#include "authority/admin/verbs.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority::admin {
namespace {

const char* state_text(SessionState state) {
  switch (state) {
    case SessionState::creating:
      return "creating";
    case SessionState::live:
      return "live";
    case SessionState::terminating:
      return "terminating";
    case SessionState::gone:
      return "gone";
  }
  return "gone";
}

// The package that made the session, by name; null for the authority's own (SYSTEM, ANONYMOUS, a uid's).
void add_package(JsonObject& object, Authority& authority, const Session& session) {
  const std::optional<PackageEntry> package = authority.registry().find(session.owner());
  if (session.owner() == 0)
    object.null("package");
  else
    object.text("package", package ? nt::to_utf8_lossy(package->info.name) : "#" + std::to_string(session.owner()));
}

JsonObject common(Authority& authority, const Session& session, SessionState state, const SessionDetails& details) {
  JsonObject object;
  object.text("session", luid_text(session.id())).text("user", details.user_name).text("domain", details.logon_domain);
  add_package(object, authority, session);
  object.text("logon_type", logon_type_text(details.logon_type))
      .text("state", state_text(state))
      .text("logon_time", time_text(session.logon_time()));
  if (details.user.empty())
    object.null("sid");
  else
    object.text("sid", details.user.to_string());
  return object;
}

}  // namespace

// SECURITY_LOGON_TYPE (ntsecapi.h)
std::string logon_type_text(std::uint32_t logon_type) {
  static constexpr const char* names[] = {"System",
                                          "1",
                                          "Interactive",
                                          "Network",
                                          "Batch",
                                          "Service",
                                          "Proxy",
                                          "Unlock",
                                          "NetworkCleartext",
                                          "NewCredentials",
                                          "RemoteInteractive",
                                          "CachedInteractive",
                                          "CachedRemoteInteractive",
                                          "CachedUnlock"};
  return logon_type < std::size(names) ? names[logon_type] : std::to_string(logon_type);
}

std::optional<std::string> session_row(Authority& authority, nt::Luid id) {
  const std::shared_ptr<Session> session = authority.sessions().find(id);
  if (session == nullptr) return std::nullopt;
  const SessionDetails details = authority.sessions().details(*session).value_or(SessionDetails{});
  return common(authority, *session, authority.sessions().state(*session), details).str();
}

std::optional<std::string> session_whole(Authority& authority, nt::Luid id) {
  const std::shared_ptr<Session> session = authority.sessions().find(id);
  if (session == nullptr) return std::nullopt;
  const SessionDetails details = authority.sessions().details(*session).value_or(SessionDetails{});
  return common(authority, *session, authority.sessions().state(*session), details)
      .text("logon_server", details.logon_server)
      .text("dns_domain", details.dns_domain_name)
      .text("upn", details.upn)
      .str();
}

}  // namespace openlsa::authority::admin
