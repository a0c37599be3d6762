#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "probe.hpp"

namespace probe {

std::string hex_status(NTSTATUS status) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08X", static_cast<unsigned>(status));
  return text;
}

std::string luid_text(const LUID& luid) {
  const unsigned long long value =
      static_cast<unsigned long long>(static_cast<ULONG>(luid.HighPart)) << 32 | luid.LowPart;
  return std::to_string(value);
}

unsigned long long parse_number(const std::string& text) { return std::strtoull(text.c_str(), nullptr, 0); }

LUID parse_luid(const std::string& text) {
  const unsigned long long value = parse_number(text);
  LUID luid{};
  luid.LowPart = static_cast<ULONG>(value);
  luid.HighPart = static_cast<LONG>(value >> 32);
  return luid;
}

std::string sid_text(PSID sid) {
  LPSTR text = nullptr;
  if (sid == nullptr || !ConvertSidToStringSidA(sid, &text)) return "none";
  const std::string result = text;
  LocalFree(text);
  return result;
}

// The tests write ASCII only.
std::string narrow(const UNICODE_STRING* text) {
  std::string result;
  if (text == nullptr || text->Buffer == nullptr) return result;
  for (unsigned i = 0; i < text->Length / 2u; ++i) result += static_cast<char>(text->Buffer[i]);
  return result;
}

std::string narrow_terminated(const WCHAR* text) {
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

std::string inner_script(const std::string& text) {
  std::string script;
  if (!text.empty() && text[0] == '%') {
    for (std::size_t i = 1; i + 1 < text.size(); i += 2)
      script += static_cast<char>(std::strtoul(text.substr(i, 2).c_str(), nullptr, 16));
    return script;
  }
  script = text;
  for (char& c : script) c = c == ';' ? '\n' : c == '_' ? ' ' : c;
  return script;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

void* heap_copy(const void* bytes, std::size_t size_bytes) {
  void* block = lsa->AllocateLsaHeap(static_cast<ULONG>(size_bytes));
  if (block != nullptr) std::memcpy(block, bytes, size_bytes);
  return block;
}

UNICODE_STRING heap_text(std::string_view text) {
  const std::u16string wide = widen(text);
  UNICODE_STRING string{};
  string.Length = string.MaximumLength = static_cast<USHORT>(wide.size() * 2);
  string.Buffer = static_cast<PWSTR>(heap_copy(wide.data(), string.Length));
  return string;
}

UNICODE_STRING* heap_text_pointer(std::string_view text) {
  const UNICODE_STRING string = heap_text(text);
  return static_cast<UNICODE_STRING*>(heap_copy(&string, sizeof string));
}

WideText::WideText(std::string_view text) : text_(widen(text)) {
  string_.Length = string_.MaximumLength = static_cast<USHORT>(text_.size() * 2);
  string_.Buffer = reinterpret_cast<PWSTR>(text_.data());
}

NTSTATUS find_user(std::string_view name, std::vector<UCHAR>& sid) {
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

}  // namespace probe
