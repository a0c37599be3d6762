// The audit trail: one JSON line per event, appended with one write(2), so that lines of several writers never mix.
// An event has no member that could hold a secret, and must never be given one in `detail`.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "authority/audit/refusal_limit.hpp"
#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "nt/luid.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

struct AuditEvent {
  std::string event;  // "logon", "package-add", "malformed-message", ...
  std::optional<nt::Status> status;
  std::optional<nt::Status> sub_status;
  std::string package;
  std::optional<std::uint32_t> client_pid;
  std::optional<std::uint32_t> client_uid;
  std::string account;
  std::optional<nt::Luid> logon_id;
  std::optional<std::uint32_t> logon_type;
  std::string detail;
};

class AuditTrail {
 public:
  // Opens (or makes, 0600) the file. What is no regular file, or not ours or root's, is refused.
  static base::OrFailure<std::unique_ptr<AuditTrail>> open(const std::string& path);

  ~AuditTrail();

  // Never fails: what cannot be written is logged, once until it works again. Refusals of one uid are limited
  // (refusal_limit.hpp), those of root and of the authority's own user are not.
  void record(const AuditEvent& event);
  // What a host caused, for whichever client: its share is counted where its calls come in (HostSupport), and is none
  // of the client's.
  void record_of_host(const AuditEvent& event);

 private:
  AuditTrail(std::string path, base::UniqueFd file) : path_(std::move(path)), file_(std::move(file)) {}
  void write(const AuditEvent& event);
  void write_left_out(bool end);

  std::string path_;
  base::UniqueFd file_;
  std::atomic<bool> failing_{false};
  RefusalLimit refusals_;
};

}  // namespace openlsa::authority
