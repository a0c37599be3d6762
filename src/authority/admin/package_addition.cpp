#include "authority/admin/package_addition.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "authority/admin/host_state.hpp"
#include "authority/admin/package_json.hpp"
#include "authority/packages/built_in_files.hpp"
#include "authority/packages/package_policy.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority::admin {
namespace {

constexpr std::size_t max_names = 256;
constexpr std::size_t max_name_bytes = 256;

std::unexpected<seam::AdminReply> refusal(nt::Status status, std::string message) {
  return std::unexpected(refused(status, std::move(message)));
}

// kind=, and for a sub-authentication package its number=.
base::OrFailure<> parse_kind(const Arguments& arguments, Addition& addition) {
  const std::string kind = arguments.text("kind");
  const std::optional<seam::Door> door = kind.empty() ? addition.door : parse_door(kind);
  if (!door || *door == seam::Door::domain)
    return base::failure(fmt::format(
        "'{}' is no kind of package. Use security, sub-authentication or notification (lsactl: --kind).", kind));
  addition.door = *door;
  const std::optional<std::uint32_t> number = OPENLSA_TRY(arguments.number("number"));
  if (number.has_value() != (*door == seam::Door::sub_authentication))
    return base::failure(number ? "Only a sub-authentication package has a number. Leave --number out."
                                : "A sub-authentication package needs its number, 0 to 255 (lsactl: --number).");
  addition.number = number.value_or(0);
  if (addition.number > max_sub_authentication_number)
    return base::failure(
        fmt::format("{} is no number of a sub-authentication package. Use 0 to 255.", addition.number));
  return {};
}

base::OrFailure<Addition> parse(const Call& call) {
  const Arguments arguments =
      OPENLSA_TRY(Arguments::parse(call.request.arguments,
                                   {"name", "file", "library", "vouch_for", "call_packages", "clear_text_passwords",
                                    "account_keys", "network", "kind", "number", "confirm"},
                                   "library"));
  Addition addition;
  addition.name = OPENLSA_TRY(arguments.required("name"));
  if (!is_valid_drop_in_name(addition.name))
    return base::failure(
        fmt::format("'{}' is no valid name of a package. Use letters, digits, '-' and '_', at most 64 "
                    "(lsactl: --name).",
                    addition.name));
  const std::vector<std::string> libraries = arguments.all("library");
  if (call.request.files.size() != 1 + libraries.size())
    return base::failure("The call must bring one descriptor for the package and one for each library.");
  for (const base::UniqueFd& file : call.request.files)
    if (!file.valid()) return base::failure("A descriptor of the call is missing. Open the files for reading.");
  addition.package = {OPENLSA_TRY(arguments.required("file")), call.request.files[0].get()};
  for (std::size_t i = 0; i < libraries.size(); ++i)
    addition.libraries.push_back({libraries[i], call.request.files[i + 1].get()});
  addition.rights.vouch_for = OPENLSA_TRY(arguments.list("vouch_for"));
  addition.rights.call_packages = OPENLSA_TRY(arguments.list("call_packages"));
  for (const std::vector<std::string>* names : {&addition.rights.vouch_for, &addition.rights.call_packages})
    if (names->size() > max_names ||
        std::any_of(names->begin(), names->end(), [](const std::string& name) { return name.size() > max_name_bytes; }))
      return base::failure(
          "A right names more than 256 accounts or packages, or one of more than 256 bytes. Name fewer.");
  addition.rights.clear_text_passwords = OPENLSA_TRY(arguments.flag("clear_text_passwords"));
  addition.rights.account_keys = OPENLSA_TRY(arguments.flag("account_keys"));
  addition.rights.network = OPENLSA_TRY(arguments.flag("network"));
  OPENLSA_TRY(parse_kind(arguments, addition));
  addition.confirmed = OPENLSA_TRY(arguments.flag("confirm"));
  return addition;
}

// A drop-in of the name exists, in whatever state.
bool name_is_taken(Authority& authority, const std::string& name) {
  if (is_built_in_file(name)) return true;
  const std::string path = authority.configuration().packages_directory + "/" + name + ".toml";
  if (::access(path.c_str(), F_OK) == 0) return true;
  for (const std::shared_ptr<PackageFile>& file : authority.registry().files())
    if (file->drop_in()->name == name) return true;
  return false;
}

// A package never takes the name of one that is here: callers ask for packages by name.
OrReply<> check_package_names(Authority& authority, const DropIn& drop_in, const seam::LoadReply& found) {
  if (drop_in.door == seam::Door::sub_authentication)
    for (const std::shared_ptr<PackageFile>& other : authority.registry().files())
      if (other->drop_in()->door == drop_in.door && other->drop_in()->number == drop_in.number)
        return refusal(STATUS_OBJECT_NAME_COLLISION,
                       fmt::format("Sub-authentication package {} is '{}' already. Remove it first, or give another "
                                   "--number.",
                                   drop_in.number, other->drop_in()->name));
  if (drop_in.door != seam::Door::security_packages) return {};
  if (found.packages.empty())
    return refusal(STATUS_NO_SUCH_PACKAGE,
                   "The file holds no security package that can be used" +
                       (found.reason.empty() ? "" : ": " + found.reason) +
                       ". Give a shared object that exports SpLsaModeInitialize or LsaAp* functions.");
  const std::vector<RegisteredPackage> others = authority.registry().registered();
  for (const seam::PackageInfo& package : found.packages)
    if (std::optional<Objection> objection = objection_to(package, others))
      return refusal(objection->status, std::move(objection->reason));
  return {};
}

}  // namespace

OrReply<Addition> parse_addition(const Call& call) {
  base::OrFailure<Addition> addition = parse(call);
  if (!addition) return refusal(STATUS_INVALID_PARAMETER, addition.error().message);
  if (name_is_taken(call.authority, addition->name))
    return refusal(
        STATUS_OBJECT_NAME_COLLISION,
        fmt::format("There is a package file '{}' already. Remove it first (`lsactl package remove {}`), or give "
                    "another --name.",
                    addition->name, addition->name));
  return std::move(*addition);
}

OrReply<CheckedPackage> CheckedPackage::make(const Call& call, const Addition& addition) {
  const Configuration& configuration = call.authority.configuration();
  CheckedPackage checked;
  const PolicyVerdict verdict = judge_package(configuration, addition.name);
  if (!verdict.allowed) return refusal(STATUS_ACCESS_DENIED, verdict.violation);
  checked.violation_ = verdict.violation;
  base::OrFailure<StoredPackage> stored =
      store_package(configuration.state_directory, addition.package, addition.libraries);
  if (!stored) return refusal(STATUS_UNSUCCESSFUL, stored.error().message);
  checked.stored_ = std::move(*stored);
  const base::OrFailure<std::uint32_t> uid = choose_host_uid(call.authority, addition.name);
  if (!uid) return refusal(STATUS_UNSUCCESSFUL, uid.error().message);
  checked.drop_in_ = {addition.name, checked.stored_.path, checked.stored_.sha256, *uid, addition.rights};
  checked.drop_in_.door = addition.door;
  checked.drop_in_.number = addition.number;
  base::OrFailure<seam::LoadReply> found = call.authority.registry().check(checked.drop_in_);
  if (!found) return refusal(STATUS_INVALID_IMAGE_FORMAT, found.error().message);
  checked.found_ = std::move(*found);
  if (!nt::succeeded(checked.found_.status))
    return refusal(checked.found_.status,
                   fmt::format("{} is no package that can be loaded: {} ({})", addition.package.name,
                               checked.found_.reason.empty() ? "its host gave no reason" : checked.found_.reason,
                               status_text(checked.found_.status)));
  if (OrReply<> names = check_package_names(call.authority, checked.drop_in_, checked.found_); !names)
    return std::unexpected(std::move(names.error()));
  return checked;
}

CheckedPackage::CheckedPackage(CheckedPackage&& other) noexcept
    : stored_(std::move(other.stored_)),
      drop_in_(std::move(other.drop_in_)),
      found_(std::move(other.found_)),
      violation_(std::move(other.violation_)) {
  other.stored_.fresh = false;
}

CheckedPackage::~CheckedPackage() {
  if (stored_.fresh)
    (void)remove_stored_package(stored_);  // what cannot be removed is found again by the next addition
}

std::string CheckedPackage::json() const {
  JsonObject object;
  object.text("name", drop_in_.name)
      .text("file", drop_in_.file)
      .text("sha256", to_hex(drop_in_.sha256))
      .number("uid", drop_in_.uid)
      .raw("packages", found_packages_json(found_.packages));
  object.text("kind", to_string(drop_in_.door));
  if (drop_in_.door == seam::Door::sub_authentication) object.number("number", drop_in_.number);
  if (!found_.entry_points.empty()) {
    JsonArray entry_points;
    for (const std::string& entry : found_.entry_points) entry_points.text(entry);
    object.raw("entry_points", entry_points.str());
  }
  if (!found_.dropped.empty()) object.raw("dropped", dropped_packages_json(found_.dropped));
  object.raw("rights", rights_json(drop_in_.rights));
  if (!violation_.empty()) object.text("policy", violation_);
  return object.str();
}

}  // namespace openlsa::authority::admin
