// The trace of entry-point calls that tests read from outside.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "probe.hpp"

namespace probe {

std::string state_directory() {
  static const std::string directory = [] {
    const auto* interface = static_cast<const OPENLSA_PACKAGE_INTERFACE*>(
        OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION));
    char path[4096];
    ULONG size = sizeof path;
    if (interface == nullptr || interface->GetStateDirectory(path, &size) != STATUS_SUCCESS) return std::string();
    return std::string(path);
  }();
  return directory;
}

void log_line(const std::string& line) {
  const std::string path = state_directory() + "/log";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return;
  const std::string whole = line + "\n";
  static_cast<void>(!::write(file, whole.data(), whole.size()));
  ::close(file);
}

std::string call_attributes_text() {
  SECPKG_CALL_INFO call{};
  SECPKG_CLIENT_INFO client{};
  if (!lsa->GetCallInfo(&call)) return " no-call";
  const bool known = NT_SUCCESS(lsa->GetClientInfo(&client));
  char text[96];
  std::snprintf(text, sizeof text, " attributes=0x%x flags=0x%x process=%u", call.Attributes,
                known ? client.ClientFlags : 0xffu, call.ProcessId);
  return text;
}

}  // namespace probe
