#include "authority/admin/admin.hpp"

#include <fmt/core.h>

#include <atomic>
#include <ctime>

#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {
namespace {

struct Verb {
  std::string_view name;
  seam::AdminReply (*run)(const Call&);
};

constexpr Verb verbs[] = {
    {"status", status},
    {"package-list", package_list},
    {"package-check", package_check},
    {"package-add", package_add},
    {"package-remove", package_remove},
    {"package-restart", package_restart},
    {"session-list", session_list},
    {"session-show", session_show},
    {"account-add", account_add},
    {"account-list", account_list},
    {"account-show", account_show},
    {"account-set", account_set},
    {"account-remove", account_remove},
    {"account-rename", account_rename},
    {"account-password", account_password},
    {"account-enable", account_enable},
    {"account-disable", account_disable},
    {"account-unlock", account_unlock},
    {"account-import", account_import},
    {"account-export", account_export},
    {"group-add", group_add},
    {"group-list", group_list},
    {"group-show", group_show},
    {"group-set", group_set},
    {"group-remove", group_remove},
    {"group-add-member", group_add_member},
    {"group-remove-member", group_remove_member},
    {"policy-show", policy_show},
    {"policy-set", policy_set},
    {"secret-list", secret_list},
    {"secret-set", secret_set},
    {"secret-remove", secret_remove},
    {"backup", backup},
    {"token-show", token_show},
    {"right-list", right_list},
    {"right-add", right_add},
    {"right-remove", right_remove},
};

std::atomic<bool> package_change{false};

}  // namespace

seam::AdminReply run(Authority& authority, const seam::AdminRequest& request, Client* caller) {
  const Call call{authority, request, caller};
  if (caller != nullptr && !caller->has_tcb()) {
    record(call, "admin-refused", STATUS_ACCESS_DENIED, "", "", request.verb);
    return refused(
        STATUS_ACCESS_DENIED,
        "Only root, the user that the authority runs as, and accounts with SeTcbPrivilege may administer it.");
  }
  for (const Verb& verb : verbs)
    if (verb.name == request.verb) return verb.run(call);
  return refused(STATUS_INVALID_PARAMETER, "The authority does not know this call. Use an lsactl of its own version.");
}

void record(const Call& call, const std::string& event, nt::Status status, const std::string& package,
            const std::string& account, const std::string& detail) {
  AuditEvent written;
  written.event = event;
  written.status = status;
  written.package = package;
  written.account = account;
  written.detail = detail;
  if (call.caller != nullptr) {
    written.client_pid = call.caller->peer().process_id;
    written.client_uid = call.caller->peer().uid;
  }
  call.authority.audit().record(written);
}

std::string luid_text(nt::Luid luid) { return fmt::format("0x{:x}", luid.value); }

std::string status_text(nt::Status status) { return fmt::format("0x{:08X}", static_cast<std::uint32_t>(status)); }

std::string time_text(nt::FileTime time) {
  if (time == nt::never) return "never";
  const std::time_t seconds = static_cast<std::time_t>(nt::to_unix_seconds(time));
  std::tm parts{};
  char text[32];
  if (::gmtime_r(&seconds, &parts) == nullptr || std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
    return "unknown";
  return text;
}

PackageChange::PackageChange() : mine_(!package_change.exchange(true)) {}

PackageChange::~PackageChange() {
  if (mine_) package_change.store(false);
}

seam::AdminReply PackageChange::busy() {
  return refused(STATUS_DEVICE_BUSY, "Another change of packages is under way. Try again when it is done.");
}

}  // namespace openlsa::authority::admin
