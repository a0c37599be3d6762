// The verbs, and what they share. Each checks its arguments completely before it acts.
#pragma once

#include <string>

#include "authority/admin/admin.hpp"
#include "authority/admin/arguments.hpp"
#include "authority/audit/json_line.hpp"
#include "authority/authority.hpp"
#include "authority/clients/client.hpp"
#include "nt/file_time.hpp"

namespace openlsa::authority::admin {

struct Call {
  Authority& authority;
  const seam::AdminRequest& request;
  Client* caller;  // may be null
};

seam::AdminReply status(const Call& call);
seam::AdminReply package_list(const Call& call);
seam::AdminReply package_check(const Call& call);
seam::AdminReply package_add(const Call& call);
seam::AdminReply package_remove(const Call& call);
seam::AdminReply package_restart(const Call& call);
seam::AdminReply session_list(const Call& call);
seam::AdminReply session_show(const Call& call);
seam::AdminReply account_add(const Call& call);
seam::AdminReply account_list(const Call& call);
seam::AdminReply account_show(const Call& call);
seam::AdminReply account_set(const Call& call);
seam::AdminReply account_remove(const Call& call);
seam::AdminReply account_rename(const Call& call);
seam::AdminReply account_password(const Call& call);
seam::AdminReply account_enable(const Call& call);
seam::AdminReply account_disable(const Call& call);
seam::AdminReply account_unlock(const Call& call);
seam::AdminReply account_import(const Call& call);
seam::AdminReply account_export(const Call& call);
seam::AdminReply group_add(const Call& call);
seam::AdminReply group_list(const Call& call);
seam::AdminReply group_show(const Call& call);
seam::AdminReply group_set(const Call& call);
seam::AdminReply group_remove(const Call& call);
seam::AdminReply group_add_member(const Call& call);
seam::AdminReply group_remove_member(const Call& call);
seam::AdminReply policy_show(const Call& call);
seam::AdminReply policy_set(const Call& call);
seam::AdminReply secret_list(const Call& call);
seam::AdminReply secret_set(const Call& call);
seam::AdminReply secret_remove(const Call& call);
seam::AdminReply backup(const Call& call);
seam::AdminReply token_show(const Call& call);
seam::AdminReply right_list(const Call& call);
seam::AdminReply right_add(const Call& call);
seam::AdminReply right_remove(const Call& call);

inline seam::AdminReply refused(nt::Status status, std::string message) { return {status, "", std::move(message)}; }
inline seam::AdminReply answer(std::string json) { return {STATUS_SUCCESS, std::move(json), ""}; }

// An administrative change, or an attempt at one, in the audit trail.
void record(const Call& call, const std::string& event, nt::Status status, const std::string& package,
            const std::string& account, const std::string& detail);

std::string luid_text(nt::Luid luid);
std::string time_text(nt::FileTime time);  // UTC, or "never"
std::string status_text(nt::Status status);

// Packages change one at a time: two changes could take the same name or uid. No lock is held meanwhile; the second
// caller is told to try again.
class PackageChange {
 public:
  PackageChange();
  ~PackageChange();
  PackageChange(const PackageChange&) = delete;
  PackageChange& operator=(const PackageChange&) = delete;
  explicit operator bool() const { return mine_; }
  static seam::AdminReply busy();

 private:
  bool mine_;
};

}  // namespace openlsa::authority::admin

// value = OPENLSA_ARGUMENT(expression): unwraps, or answers STATUS_INVALID_PARAMETER with the reason.
#define OPENLSA_ARGUMENT(expression)                                                                   \
  ({                                                                                                   \
    auto openlsa_argument = (expression);                                                              \
    if (!openlsa_argument) return refused(STATUS_INVALID_PARAMETER, openlsa_argument.error().message); \
    std::move(openlsa_argument).value();                                                               \
  })
