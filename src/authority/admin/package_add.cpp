// package-add: name=, file=, library=..., the rights, confirm=yes; descriptors of the package, then of its libraries.
#include <fmt/core.h>

#include "authority/admin/host_state.hpp"
#include "authority/admin/package_addition.hpp"
#include "authority/admin/package_json.hpp"

namespace openlsa::authority::admin {
namespace {

std::string grants(const DropIn& drop_in) {
  return fmt::format("sha256={} uid={} rights={}", to_hex(drop_in.sha256), drop_in.uid, rights_cell(drop_in.rights));
}

// Drop-in first, then the host: what runs is always what a restart of the authority would run.
seam::AdminReply load(const Call& call, CheckedPackage& checked) {
  const Configuration& configuration = call.authority.configuration();
  if (const auto made = make_host_directory(configuration, checked.drop_in()); !made)
    return refused(STATUS_UNSUCCESSFUL, made.error().message);
  if (const auto written = write_drop_in(configuration.packages_directory, checked.drop_in()); !written)
    return refused(STATUS_UNSUCCESSFUL, written.error().message);
  const base::OrFailure<std::vector<seam::PackageInfo>> loaded = call.authority.registry().add(checked.drop_in());
  if (!loaded) {
    (void)call.authority.registry().remove(checked.drop_in().name);
    std::string message = loaded.error().message;
    if (const auto removed = remove_drop_in(configuration.packages_directory, checked.drop_in().name); !removed) {
      checked.keep();  // the drop-in still names the copy
      message += " " + removed.error().message;
    }
    return refused(STATUS_UNSUCCESSFUL, message);
  }
  checked.keep();
  return answer(JsonObject()
                    .text("name", checked.drop_in().name)
                    .text("file", checked.drop_in().file)
                    .text("sha256", to_hex(checked.drop_in().sha256))
                    .number("uid", checked.drop_in().uid)
                    .raw("packages", found_packages_json(*loaded))
                    .raw("rights", rights_json(checked.drop_in().rights))
                    .str());
}

seam::AdminReply add(const Call& call, std::string& name, std::string& detail) {
  const PackageChange change;
  if (!change) return PackageChange::busy();
  const OrReply<Addition> addition = parse_addition(call);
  if (!addition) return addition.error();
  name = addition->name;
  if (!addition->confirmed)
    return refused(STATUS_INVALID_PARAMETER,
                   "This changes what the authority trusts, and was not confirmed. Use `lsactl "
                   "package add`, or add confirm=yes.");
  OrReply<CheckedPackage> checked = CheckedPackage::make(call, *addition);
  if (!checked) return checked.error();
  detail = grants(checked->drop_in());
  if (!checked->violation().empty()) record(call, "policy-violation", STATUS_SUCCESS, name, "", checked->violation());
  return load(call, *checked);
}

}  // namespace

seam::AdminReply package_add(const Call& call) {
  std::string name, detail;
  seam::AdminReply reply = add(call, name, detail);
  if (!reply.message.empty()) detail += (detail.empty() ? "" : " ") + reply.message;
  record(call, "package-add", reply.status, name, "", detail);
  return reply;
}

}  // namespace openlsa::authority::admin
