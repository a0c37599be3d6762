#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "scripted.hpp"

namespace scripted {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    if (const std::string_view part = text.substr(0, end); !part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

Options parse_options(std::string_view text, char separator) {
  Options options;
  for (const std::string& part : split(text, separator))
    if (const std::size_t equals = part.find('='); equals != std::string::npos)
      options[part.substr(0, equals)] = part.substr(equals + 1);
  return options;
}

std::string option(const Options& options, const std::string& name, const std::string& fallback) {
  const auto found = options.find(name);
  return found == options.end() ? fallback : found->second;
}

unsigned long long parse_number(const std::string& text) { return std::strtoull(text.c_str(), nullptr, 0); }

std::string narrow(const UNICODE_STRING* text) {
  std::string result;
  for (unsigned i = 0; text != nullptr && text->Buffer != nullptr && i < text->Length / 2u; ++i)
    result += static_cast<char>(text->Buffer[i]);
  return result;
}

std::string narrow(const SEC_WCHAR* text) {
  std::string result;
  for (; text != nullptr && *text != 0; ++text) result += static_cast<char>(*text);
  return result;
}

std::u16string widen(std::string_view text) { return {text.begin(), text.end()}; }

std::string hex(std::string_view bytes) {
  std::string text;
  char pair[3];
  for (const char byte : bytes) {
    std::snprintf(pair, sizeof pair, "%02x", static_cast<unsigned char>(byte));
    text += pair;
  }
  return text;
}

std::string hex_number(unsigned long long value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", value);
  return text;
}

std::string luid_text(const LUID& luid) {
  return std::to_string(static_cast<unsigned long long>(static_cast<ULONG>(luid.HighPart)) << 32 | luid.LowPart);
}

std::string sid_text(PSID sid) {
  LPSTR text = nullptr;
  if (sid == nullptr || !ConvertSidToStringSidA(sid, &text)) return "none";
  const std::string result = text;
  LocalFree(text);
  return result;
}

std::string bytes_text(const void* bytes, std::size_t size_bytes) {
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size_bytes);
}

// FNV-1a. Not a secret any more for who can guess it; these are the passwords of tests.
std::string secret_text(const void* bytes, std::size_t size_bytes) {
  if (bytes == nullptr) return "none";
  unsigned long long sum = 0xcbf29ce484222325ull;
  for (std::size_t i = 0; i < size_bytes; ++i) sum = (sum ^ static_cast<const UCHAR*>(bytes)[i]) * 0x100000001b3ull;
  return std::to_string(size_bytes) + ":" + hex_number(sum & 0xffffffff);
}

std::string random_hex() {
  char bytes[16] = {};
  const int file = ::open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    static_cast<void>(!::read(file, bytes, sizeof bytes));
    ::close(file);
  }
  return hex({bytes, sizeof bytes});
}

WideText::WideText(std::string_view text) : text_(widen(text)) {
  string_.Length = string_.MaximumLength = static_cast<USHORT>(text_.size() * 2);
  string_.Buffer = reinterpret_cast<PWSTR>(text_.data());
}

NTSTATUS find_account(std::string_view name, std::vector<UCHAR>& sid) {
  if (name.substr(0, 2) == "S-") {
    PSID parsed = nullptr;
    if (!ConvertStringSidToSidA(std::string(name).c_str(), &parsed)) return STATUS_INVALID_SID;
    const auto* bytes = static_cast<const UCHAR*>(parsed);
    sid.assign(bytes, bytes + GetLengthSid(parsed));
    LocalFree(parsed);
    return STATUS_SUCCESS;
  }
  const auto* interface = static_cast<const OPENLSA_PACKAGE_INTERFACE*>(
      OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION));
  if (interface == nullptr) return STATUS_NOT_SUPPORTED;
  WideText text(name);
  ULONG size = 68;  // SECURITY_MAX_SID_SIZE
  sid.resize(size);
  const NTSTATUS status = interface->LookupAccountName(text.get(), sid.data(), &size, nullptr);
  sid.resize(NT_SUCCESS(status) ? size : 0);
  return status;
}

}  // namespace scripted
