// token-show: the tokens of a session (session=, a hexadecimal LUID; otherwise the caller's own session) that a client
// or a host holds by handle.
#include <algorithm>

#include "authority/admin/session_json.hpp"
#include "authority/admin/verbs.hpp"
#include "authority/policy/account_rights.hpp"

namespace openlsa::authority::admin {
namespace {

struct Found {
  std::shared_ptr<Token> token;
  std::uint32_t handles = 0;
};

class Finder {
 public:
  explicit Finder(nt::Luid session) : session_(session) {}
  void see(const std::shared_ptr<Token>& token, bool handle) {
    if (token == nullptr || token->logon_id() != session_) return;
    auto known = std::find_if(found_.begin(), found_.end(), [&](const Found& one) { return one.token == token; });
    if (known == found_.end()) known = found_.insert(found_.end(), {token, 0});
    if (handle) ++known->handles;
  }
  void see_all(const std::shared_ptr<HandleTable>& table) {
    if (table == nullptr || std::find(tables_.begin(), tables_.end(), table.get()) != tables_.end()) return;
    tables_.push_back(table.get());  // the embedded composition has one table for all
    for (const std::shared_ptr<Token>& token : table->list()) see(token, true);
  }
  const std::vector<Found>& found() const { return found_; }

 private:
  const nt::Luid session_;
  std::vector<Found> found_;
  std::vector<const HandleTable*> tables_;
};

const char* level_text(nt::ImpersonationLevel level) {
  switch (level) {
    case nt::ImpersonationLevel::anonymous:
      return "Anonymous";
    case nt::ImpersonationLevel::identification:
      return "Identification";
    case nt::ImpersonationLevel::impersonation:
      return "Impersonation";
    case nt::ImpersonationLevel::delegation:
      return "Delegation";
  }
  return "Anonymous";
}

std::string groups_json(const nt::TokenInformation& information) {
  JsonArray groups;
  for (const nt::SidAndAttributes& group : information.groups) groups.text(group.sid.to_string());
  return groups.str();
}

std::string privileges_json(const nt::TokenInformation& information) {
  JsonArray privileges;
  for (const nt::Privilege& privilege : information.privileges)
    privileges.text(std::string(privilege_name(privilege.luid)) +
                    ((privilege.attributes & 2) != 0 ? "" : " (disabled)"));
  return privileges.str();
}

std::string token_json(const Found& found) {
  const nt::TokenData data = found.token->data();
  JsonObject object;
  object.text("type", data.type == nt::TokenType::primary ? "Primary" : "Impersonation")
      .text("level", level_text(data.level))
      .text("logon_type", logon_type_text(data.logon_type))
      .text("source", data.source.name)
      .number("handles", found.handles)
      .text("user", data.information.user.sid.to_string())
      .text("primary_group", data.information.primary_group.to_string())
      .raw("groups", groups_json(data.information))
      .raw("privileges", privileges_json(data.information))
      .text("expires", time_text(data.information.expiration));
  if (!data.posix) return object.null("uid").null("gid").raw("posix_groups", "[]").str();
  JsonArray posix_groups;
  for (const std::uint32_t group : data.posix->groups) posix_groups.raw(std::to_string(group));
  return object.number("uid", data.posix->uid)
      .number("gid", data.posix->gid)
      .raw("posix_groups", posix_groups.str())
      .str();
}

}  // namespace

seam::AdminReply token_show(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"session"}));
  std::optional<nt::Luid> session = OPENLSA_ARGUMENT(arguments.luid("session"));
  const std::shared_ptr<Token> own = call.caller != nullptr ? call.caller->own_token() : nullptr;
  if (!session && own != nullptr) session = own->logon_id();
  if (!session)
    return refused(STATUS_INVALID_PARAMETER, "No session is given. Give one, as `lsactl session list` prints it.");
  if (call.authority.sessions().find(*session) == nullptr)
    return refused(STATUS_NO_SUCH_LOGON_SESSION,
                   "There is no logon session " + luid_text(*session) + ". List them with `lsactl session list`.");
  Finder finder(*session);
  finder.see(call.authority.own_sessions().system(), false);
  finder.see(call.authority.own_sessions().anonymous(), false);
  for (const std::shared_ptr<Client>& client : call.authority.clients().list()) {
    finder.see(client->own_token(), false);
    finder.see_all(client->handles());
  }
  for (const std::shared_ptr<PackageFile>& file : call.authority.registry().files())
    if (const std::optional<RunningHost> host = file->running()) finder.see_all(host->context->handles);
  JsonObject tokens;  // by token id: a token is too long for the row of a table
  for (const Found& found : finder.found()) tokens.raw(luid_text(found.token->id()), token_json(found));
  return answer(JsonObject().text("session", luid_text(*session)).raw("tokens", tokens.str()).str());
}

}  // namespace openlsa::authority::admin
