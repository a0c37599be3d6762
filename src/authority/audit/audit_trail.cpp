#include "authority/audit/audit_trail.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

#include "authority/audit/json_line.hpp"
#include "authority/policy/files.hpp"
#include "base/log.hpp"

namespace openlsa::authority {
namespace {

// What a client sends as a name may be long; a line stays short enough to be written at once.
constexpr std::size_t max_text_bytes = 1024;

std::string now_text() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  tm parts{};
  gmtime_r(&time.tv_sec, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, time.tv_nsec / 1'000'000);
}

// What a client can cause at will, and gains nothing from.
bool is_limited(const AuditEvent& event) {
  if (!event.client_uid || *event.client_uid == 0 || *event.client_uid == ::geteuid()) return false;
  return event.event == "connection-refused" || (event.status && !nt::succeeded(*event.status));
}

std::string status_text(nt::Status status) { return fmt::format("0x{:08x}", static_cast<std::uint32_t>(status)); }

std::string line_of(const AuditEvent& event) {
  JsonObject line;
  const auto text = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) line.text(key, value.substr(0, max_text_bytes));
  };
  line.text("time", now_text()).text("event", event.event);
  if (event.status) line.text("status", status_text(*event.status));
  if (event.sub_status) line.text("sub_status", status_text(*event.sub_status));
  text("package", event.package);
  if (event.client_pid) line.number("client_pid", *event.client_pid);
  if (event.client_uid) line.number("client_uid", *event.client_uid);
  text("account", event.account);
  if (event.logon_id) line.text("logon_id", fmt::format("0x{:x}", event.logon_id->value));
  if (event.logon_type) line.number("logon_type", *event.logon_type);
  text("detail", event.detail);
  return line.str() + "\n";
}

}  // namespace

base::OrFailure<std::unique_ptr<AuditTrail>> AuditTrail::open(const std::string& path) {
  base::UniqueFd file(
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600));
  struct stat status{};
  if (!file || ::fstat(file.get(), &status) != 0)
    return system_failure("open", path, "Make its directory, or name another audit_log in lsa.toml.");
  if (!S_ISREG(status.st_mode) || (status.st_uid != 0 && status.st_uid != ::geteuid()))
    return base::failure(path + " is not a regular file of root or of the authority's user. Move it away.");
  if ((status.st_mode & 07777) != 0600 && ::fchmod(file.get(), 0600) != 0)
    return system_failure("set the permissions of", path, "Run: chmod 600 " + path);
  return std::unique_ptr<AuditTrail>(new AuditTrail(path, std::move(file)));
}

AuditTrail::~AuditTrail() { write_left_out(true); }

void AuditTrail::record(const AuditEvent& event) {
  write_left_out(false);
  if (!is_limited(event) || refusals_.admit(*event.client_uid, RefusalLimit::Time::clock::now())) write(event);
}

void AuditTrail::record_of_host(const AuditEvent& event) { write(event); }

void AuditTrail::write_left_out(bool end) {
  for (const auto& [uid, count] : refusals_.left_out(RefusalLimit::Time::clock::now(), end)) {
    AuditEvent event;
    event.event = "refusals-left-out";
    event.client_uid = uid;
    event.detail = fmt::format("{} more refusals of this user were not written", count);
    write(event);
  }
}

void AuditTrail::write(const AuditEvent& event) {
  const std::string line = line_of(event);
  ssize_t written;
  do {
    written = ::write(file_.get(), line.data(), line.size());
  } while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(line.size())) {
    failing_.store(false, std::memory_order_relaxed);
    return;
  }
  const int error = written < 0 ? errno : ENOSPC;
  if (!failing_.exchange(true))
    base::log(base::LogLevel::error, fmt::format("Cannot write the audit trail {}: {}. Events are lost until it can be "
                                                 "written again.",
                                                 path_, std::strerror(error)));
}

}  // namespace openlsa::authority
