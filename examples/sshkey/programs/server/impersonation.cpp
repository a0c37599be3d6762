#include "server/impersonation.hpp"

#include <fcntl.h>
#include <openlsa/openlsa.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "common/token_description.hpp"

namespace sshkey::programs {
namespace {

constexpr std::size_t shown_bytes = 160;

// What the kernel knows of this thread: real, effective, saved and file-system ids, separated by slashes.
Json kernel_identity() {
  Json identity = Json::object();
  std::ifstream status("/proc/thread-self/status");
  for (std::string line; std::getline(status, line);)
    for (const auto& [prefix, name] :
         {std::pair("Uid:\t", "uid"), std::pair("Gid:\t", "gid"), std::pair("Groups:\t", "groups")})
      if (line.starts_with(prefix)) {
        std::string value = line.substr(std::string(prefix).size());
        while (value.ends_with(' ')) value.pop_back();
        for (char& c : value)
          if (c == '\t') c = '/';
        identity[name] = value;
      }
  return identity;
}

// Reads the beginning of the file as whoever this thread is now.
Json attempt_to_read(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (descriptor < 0) return {{"path", path}, {"read", false}, {"reason", std::strerror(errno)}};
  char bytes[shown_bytes];
  const ssize_t size = ::read(descriptor, bytes, sizeof bytes);
  const int error = errno;
  ::close(descriptor);
  if (size < 0) return {{"path", path}, {"read", false}, {"reason", std::strerror(error)}};
  std::string text(bytes, static_cast<std::size_t>(size));
  text = text.substr(0, text.find('\n'));
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return {{"path", path}, {"read", true}, {"first_line", text}};
}

void show(const Report& report, const char* when, const std::string& show_file) {
  Json fields = {{"when", when}, {"thread", kernel_identity()}};
  const auto value = [&](const char* name) {
    const std::string found = fields["thread"].value(name, "?");
    return found.empty() ? std::string("none") : found;
  };
  std::string text = std::string(when) + ": the kernel knows this thread as uid " + value("uid") + ", gid " +
                     value("gid") + " (real/effective/saved/files), groups " + value("groups") + ".";
  if (!show_file.empty()) {
    fields["file"] = attempt_to_read(show_file);
    const bool read = fields["file"]["read"];
    text += " " + show_file +
            (read ? ": \"" + fields["file"].value("first_line", "") + "\""
                  : " cannot be read: " + fields["file"].value("reason", "") + ".");
  }
  report.event("thread", text, fields);
}

void show_thread_token(const Report& report) {
  HANDLE handle = nullptr;
  if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &handle)) {
    report.failure(
        {"the thread impersonates, but OpenThreadToken fails: error " + std::to_string(GetLastError()) + "."});
    return;
  }
  const Token token(handle);
  const auto description = describe(token.get());
  if (!description) {
    report.failure(description.error());
    return;
  }
  report.event("client-token",
               "The thread's token: " + description->user_sid + ", level " + level_text(description->level) +
                   ", logon session " + luid_text(description->logon_id) + ".",
               {{"user", description->user_sid},
                {"level", level_text(description->level)},
                {"logon_id", luid_text(description->logon_id)}});
}

}  // namespace

void show_impersonation(const Report& report, SecureChannel& channel, const std::string& show_file) {
  show(report, "As the server", show_file);
  SECURITY_STATUS status = ImpersonateSecurityContext(channel.context());
  const char* when = "As the client";
  if (status == static_cast<SECURITY_STATUS>(SEC_E_NO_IMPERSONATION)) {
    // A process that may not change its uid can still act towards the authority; the kernel then sees no difference.
    report.event("no-impersonation",
                 "ImpersonateSecurityContext: " + status_text(status) +
                     ". Going on with the token alone (OpenLsaImpersonateContextTokenOnly).",
                 {{"status", status_text(status)}});
    status = OpenLsaImpersonateContextTokenOnly(channel.context());
    when = "As the client, token only";
  }
  if (status != SEC_E_OK) {
    report.failure(
        fail_with_status("acting as " + channel.user_name() + " (ImpersonateSecurityContext)", status).error());
    return;
  }
  show_thread_token(report);
  show(report, when, show_file);
  status = RevertSecurityContext(channel.context());
  if (status != SEC_E_OK) {
    // A thread that cannot go back must not serve anybody else.
    report.failure(fail_with_status("going back to the server's own identity (RevertSecurityContext)", status).error());
    std::abort();
  }
  show(report, "Again as the server", show_file);
}

}  // namespace sshkey::programs
