#include "support/text.hpp"

#include <openlsa/ntstatus.h>

#include <cstdio>

namespace openlsa::test {

AnsiText::AnsiText(std::string_view text) : text_(text) {
  string_.Length = string_.MaximumLength = static_cast<USHORT>(text_.size());
  string_.Buffer = text_.data();
}

std::string narrow(const LSA_UNICODE_STRING& text) {
  std::string result;
  for (unsigned i = 0; text.Buffer != nullptr && i < text.Length / 2u; ++i) result += static_cast<char>(text.Buffer[i]);
  return result;
}

std::string narrow(const SEC_WCHAR* text) {
  std::string result;
  for (; text != nullptr && *text != 0; ++text) result += static_cast<char>(*text);
  return result;
}

std::vector<SEC_WCHAR> wide(std::string_view text) {
  std::vector<SEC_WCHAR> result(text.begin(), text.end());
  result.push_back(0);
  return result;
}

std::string sid_text(PSID sid) {
  LPSTR text = nullptr;
  if (sid == nullptr || !ConvertSidToStringSidA(sid, &text)) return "none";
  const std::string result = text;
  LocalFree(text);
  return result;
}

std::vector<UCHAR> parse_sid(const std::string& text) {
  PSID sid = nullptr;
  if (!ConvertStringSidToSidA(text.c_str(), &sid)) return {};
  const auto* bytes = static_cast<const UCHAR*>(sid);
  std::vector<UCHAR> result(bytes, bytes + GetLengthSid(sid));
  LocalFree(sid);
  return result;
}

unsigned long long value_of(const LUID& luid) {
  return static_cast<unsigned long long>(static_cast<ULONG>(luid.HighPart)) << 32 | luid.LowPart;
}

LUID luid_of(unsigned long long value) {
  LUID luid{};
  luid.LowPart = static_cast<ULONG>(value);
  luid.HighPart = static_cast<LONG>(value >> 32);
  return luid;
}

std::string status_text(NTSTATUS status) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08X", static_cast<unsigned>(status));
  return text;
}

Answers parse_answers(std::string_view text) {
  Answers answers;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (const std::size_t equals = line.find('='); equals != std::string_view::npos)
      answers[std::string(line.substr(0, equals))] = line.substr(equals + 1);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return answers;
}

std::string answer(const Answers& answers, const std::string& name) {
  const auto found = answers.find(name);
  return found == answers.end() ? "(no answer '" + name + "')" : found->second;
}

}  // namespace openlsa::test
