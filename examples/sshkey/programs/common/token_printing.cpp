#include "common/token_printing.hpp"

#include <algorithm>

#include "common/token_names.hpp"

namespace sshkey::programs {
namespace {

std::vector<std::uint32_t> posix_groups(const OPENLSA_POSIX_IDENTITY& posix) {
  const std::uint32_t count = std::min<std::uint32_t>(posix.GroupCount, OPENLSA_MAX_GROUPS);
  return {posix.Groups, posix.Groups + count};
}

std::string posix_text(const OPENLSA_POSIX_IDENTITY& posix) {
  if (posix.HasIdentity == 0) return "none: the account is mapped to no uid";
  std::string text = "uid " + std::to_string(posix.Uid) + ", gid " + std::to_string(posix.Gid) + ", groups";
  for (const std::uint32_t group : posix_groups(posix)) text += " " + std::to_string(group);
  if (posix.GroupCount == 0) text += " none";
  if (posix.GroupCount > OPENLSA_MAX_GROUPS)
    text += " and " + std::to_string(posix.GroupCount - OPENLSA_MAX_GROUPS) + " more";
  return text;
}

std::string type_text(const TokenDescription& token) {
  return token.type == TokenPrimary ? "primary" : std::string("impersonation, level ") + level_text(token.level);
}

}  // namespace

std::string token_text(const TokenDescription& token) {
  std::string text =
      "User        " + (token.user_name.empty() ? "(name not known)" : token.user_name) + "  " + token.user_sid;
  text += "\nSession     " + luid_text(token.logon_id);
  if (!token.package.empty()) text += ", " + token.session_type + ", made by " + token.package;
  text += "\nToken       " + luid_text(token.token_id) + ", " + type_text(token);
  text += "\nPOSIX       " + posix_text(token.posix);
  for (const auto& group : token.groups) {
    const std::string name = known_name(group.sid);
    const std::string attributes = group_attributes_text(group.attributes);
    text += "\nGroup       " + group.sid + (name.empty() ? "" : "  " + name) +
            (attributes.empty() ? "" : "  (" + attributes + ")");
  }
  for (const auto& privilege : token.privileges)
    text += "\nPrivilege   " + privilege.name + (privilege.enabled ? "" : "  (disabled)");
  return text;
}

Json token_json(const TokenDescription& token) {
  Json groups = Json::array(), privileges = Json::array();
  for (const auto& group : token.groups) {
    Json entry = {{"sid", group.sid}, {"attributes", group.attributes}};
    if (const std::string name = known_name(group.sid); !name.empty()) entry["name"] = name;
    groups.push_back(std::move(entry));
  }
  for (const auto& privilege : token.privileges)
    privileges.push_back({{"name", privilege.name}, {"enabled", privilege.enabled}});
  Json posix = nullptr;
  if (token.posix.HasIdentity != 0)
    posix = {{"uid", token.posix.Uid},
             {"gid", token.posix.Gid},
             {"groups", posix_groups(token.posix)},
             {"group_count", token.posix.GroupCount}};
  Json json = {{"user", {{"sid", token.user_sid}, {"name", token.user_name}}},
               {"logon_id", luid_text(token.logon_id)},
               {"logon_type", token.session_type},
               {"package", token.package},
               {"token_id", luid_text(token.token_id)},
               {"type", token.type == TokenPrimary ? "primary" : "impersonation"}};
  if (token.type != TokenPrimary) json["level"] = level_text(token.level);
  json["groups"] = std::move(groups);
  json["privileges"] = std::move(privileges);
  json["posix"] = std::move(posix);
  return json;
}

}  // namespace sshkey::programs
