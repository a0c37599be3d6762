#include "authority/admin/package_json.hpp"

#include <fmt/format.h>

#include <bit>

#include "authority/admin/host_state.hpp"
#include "authority/admin/verbs.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority::admin {
namespace {

// SECPKG_INTERFACE_VERSION_<n> is one bit, 0x10000 << (n - 1); people know it as n. A classic AP has none.
std::uint32_t version_number(std::uint32_t version) {
  return version == 0 ? 0 : static_cast<std::uint32_t>(std::countr_zero(version)) - 15;
}

std::string texts_json(const std::vector<std::string>& texts) {
  JsonArray array;
  for (const std::string& text : texts) array.text(text);
  return array.str();
}

std::string hexadecimal(base::ByteView bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

// SpGetExtendedInformation, class by class; what a package does not say is not there.
std::string details_json(const seam::PackageInfo& package) {
  const seam::ExtendedInformation& extended = package.extended;
  JsonArray thunks, oids;
  for (const std::uint32_t attribute : package.context_thunks) thunks.raw(std::to_string(attribute));
  for (const seam::SerializedOid& oid : extended.extra_oids)
    oids.raw(JsonObject().text("oid", hexadecimal(oid.value)).number("attributes", oid.attributes).str());
  JsonObject row;
  row.text("package", package.name)
      .number("id", package.id)
      .text("capabilities", fmt::format("{:#x}", package.capabilities))
      .raw("context_thunks", thunks.str());
  if (!extended.gss_oid.empty()) row.text("gss_oid", hexadecimal(extended.gss_oid));
  if (extended.mutual_auth_level) row.number("mutual_auth_level", *extended.mutual_auth_level);
  if (extended.wow_client_dll) row.text("wow_client_dll", *extended.wow_client_dll);
  if (!extended.extra_oids.empty()) row.raw("extra_oids", oids.str());
  if (extended.nego2)
    row.text("nego2_auth_scheme", hexadecimal(extended.nego2->auth_scheme))
        .number("nego2_flags", extended.nego2->package_flags);
  return row.str();
}

// Why the file, or a package of it, does not run.
std::string reason_of(const FileStatus& file) {
  std::string reason = file.reason;
  for (const seam::DroppedPackage& dropped : file.dropped)
    reason += (reason.empty() ? "" : "; ") +
              (dropped.name.empty() ? "a package that never said its name" : nt::to_utf8_lossy(dropped.name)) + ": " +
              dropped.reason + " (" + status_text(dropped.status) + ")";
  return reason;
}

}  // namespace

std::string rights_json(const Rights& rights) {
  return JsonObject()
      .raw("vouch_for", texts_json(rights.vouch_for))
      .flag("clear_text_passwords", rights.clear_text_passwords)
      .flag("account_keys", rights.account_keys)
      .flag("network", rights.network)
      .raw("call_packages", texts_json(rights.call_packages))
      .str();
}

std::string rights_cell(const Rights& rights) {
  JsonArray given;
  for (const std::string& account : rights.vouch_for) given.text("vouch_for=" + account);
  if (rights.clear_text_passwords) given.text("clear_text_passwords");
  if (rights.account_keys) given.text("account_keys");
  if (rights.network) given.text("network");
  for (const std::string& package : rights.call_packages) given.text("call_package=" + package);
  return given.str();
}

std::string found_packages_json(const std::vector<seam::PackageInfo>& packages) {
  JsonArray rows;
  for (const seam::PackageInfo& package : packages)
    rows.raw(JsonObject()
                 .text("package", package.name)
                 .text("comment", package.comment)
                 .number("interface_version", version_number(package.interface_version))
                 .flag("logon", package.supports_logon)
                 .flag("sspi", package.supports_sspi)
                 .flag("classic", package.classic)
                 .flag("user_half", package.has_user_half)
                 .str());
  return rows.str();
}

std::string dropped_packages_json(const std::vector<seam::DroppedPackage>& dropped) {
  JsonArray rows;
  for (const seam::DroppedPackage& package : dropped)
    rows.raw(JsonObject()
                 .text("package", package.name)
                 .text("status", status_text(package.status))
                 .text("reason", package.reason)
                 .str());
  return rows.str();
}

std::string file_row(const FileStatus& file) {
  JsonArray packages;
  JsonArray details;
  for (const seam::PackageInfo& package : file.packages) {
    packages.text(nt::to_utf8_lossy(package.name));
    details.raw(details_json(package));
  }
  JsonObject row;
  row.text("name", file.drop_in->name).text("state", to_string(file.state)).raw("packages", packages.str());
  if (file.drop_in->door == seam::Door::sub_authentication)
    row.text("kind", fmt::format("{} {}", to_string(file.drop_in->door), file.drop_in->number));
  else
    row.text("kind", to_string(file.drop_in->door));
  if (file.process_id != 0)
    row.number("pid", file.process_id);
  else
    row.null("pid");
  row.number("uid", host_uid(*file.drop_in))
      .number("restarts", file.restarts)
      .raw("rights", rights_cell(file.drop_in->rights));
  row.text("file", file.drop_in->file);
  const std::string reason = reason_of(file);
  if (reason.empty())
    row.null("reason");
  else
    row.text("reason", reason);
  row.raw("details", details.str());
  return row.str();
}

std::string refused_row(const std::string& name, const std::string& reason) {
  return JsonObject().text("name", name).text("state", "refused").raw("packages", "[]").text("reason", reason).str();
}

}  // namespace openlsa::authority::admin
