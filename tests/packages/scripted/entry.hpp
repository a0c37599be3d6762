// What every entry point is wrapped in: count, record, obey the rule, record the end.
#pragma once

#include <functional>
#include <type_traits>

#include "outputs.hpp"
#include "rule.hpp"

namespace scripted {

// The arguments of a call, as words of a line.
class Words {
 public:
  Words& text(const char* name, std::string_view value);
  Words& number(const char* name, unsigned long long value);
  Words& flags(const char* name, unsigned long long value) { return text(name, hex_number(value)); }
  Words& string(const char* name, const UNICODE_STRING* value);
  Words& luid(const char* name, const LUID* value);
  Words& sid(const char* name, PSID value) { return text(name, sid_text(value)); }
  Words& guid(const char* name, const GUID* value);
  Words& bytes(const char* name, const void* value, std::size_t size_bytes);
  Words& secret(const char* name, const void* value, std::size_t size_bytes);
  Words& secret(const char* name, const UNICODE_STRING* value);
  Words& buffers(const char* name, const SecBufferDesc* value);  // "type:size" of each
  const std::string& line() const { return line_; }

 private:
  std::string line_;
};

using Usual = std::function<NTSTATUS(const Rule&)>;

// In LSA mode, with what GetCallInfo and GetClientInfo say.
NTSTATUS lsa_entry(unsigned package, const char* entry, const Words& arguments, const Usual& usual);
// In user mode.
NTSTATUS user_entry(unsigned package, const char* entry, const Words& arguments, const Usual& usual);

}  // namespace scripted
