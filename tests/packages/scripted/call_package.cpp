// CallPackage, CallPackageUntrusted, CallPackagePassthrough. The submit buffer is one command:
//
//   set ENTRY RULE | add ENTRY RULE | clear     of this half's scripts; record [ENTRY]: what was recorded
//   anything else                               comes back, with the door that it came through
//
// The first line answers control even where the entry point has a rule: a script cannot lock the test out.
#include "entry.hpp"

namespace scripted {
namespace {

NTSTATUS give_answer(const Rule& rule, const std::string& text, PVOID* returned, PULONG returned_size) {
  const Given answer = give(rule, "ProtocolReturnBuffer", "client", text);
  *returned = answer.block;
  *returned_size = answer.size;
  return text.empty() || answer.block != nullptr || rule.has("allocator") ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

std::string lines_of(const std::string& record, const std::string& entry) {
  std::string lines;
  for (const std::string& line : split(record, '\n'))
    if (entry.empty() || (line + " ").find(" entry=" + entry + " ") != std::string::npos) lines += line + "\n";
  return lines;
}

// Whether the buffer is a command to the scripts.
bool control(const std::string& command, std::string& answer) {
  const std::vector<std::string> words = split(command, ' ');
  const Store store(Half::lsa);
  if (words.empty()) return false;
  if (words[0] == "clear" && words.size() == 1) {
    store.clear();
    answer = "cleared\n";
    return true;
  }
  if (words[0] == "record" && words.size() <= 2) {
    answer = lines_of(store.record(), words.size() == 2 ? words[1] : "") + "\n";
    return true;
  }
  if ((words[0] != "set" && words[0] != "add") || words.size() < 2) return false;
  std::string rule = words[0] == "add" ? store.script(words[1]) : "";
  for (std::size_t i = 2; i < words.size(); ++i) rule += words[i] + " ";
  if (words[1].find('/') != std::string::npos) return false;
  store.set_script(words[1], rule + "\n");
  answer = "set\n";
  return true;
}

NTSTATUS answer_call(unsigned package, const char* entry, const char* door, PVOID submit, PVOID base, ULONG size,
                     PVOID* returned, PULONG returned_size, PNTSTATUS protocol_status) {
  const std::string command = bytes_text(submit, size);
  std::string answer;
  if (control(command, answer)) {
    *protocol_status = STATUS_SUCCESS;
    return give_answer({}, answer, returned, returned_size);
  }
  Words arguments;
  arguments.text("submit", command).number("size", size).number("base", base != nullptr);
  return lsa_entry(package, entry, arguments, [&](const Rule& rule) -> NTSTATUS {
    *protocol_status = static_cast<NTSTATUS>(rule.number("protocol"));
    answer = "door=" + std::string(door) + "\npackage=" + package_names[package] + "\necho=" + command + "\n";
    return give_answer(rule, rule.word("answer", answer), returned, returned_size);
  });
}

template <unsigned package>
struct CallPackageSlots {
  static NTSTATUS NTAPI trusted(PLSA_CLIENT_REQUEST, PVOID submit, PVOID base, ULONG size, PVOID* returned,
                                PULONG returned_size, PNTSTATUS protocol_status) {
    return answer_call(package, "CallPackage", "trusted", submit, base, size, returned, returned_size, protocol_status);
  }
  static NTSTATUS NTAPI untrusted(PLSA_CLIENT_REQUEST, PVOID submit, PVOID base, ULONG size, PVOID* returned,
                                  PULONG returned_size, PNTSTATUS protocol_status) {
    return answer_call(package, "CallPackageUntrusted", "untrusted", submit, base, size, returned, returned_size,
                       protocol_status);
  }
  static NTSTATUS NTAPI pass_through(PLSA_CLIENT_REQUEST, PVOID submit, PVOID base, ULONG size, PVOID* returned,
                                     PULONG returned_size, PNTSTATUS protocol_status) {
    return answer_call(package, "CallPackagePassthrough", "pass-through", submit, base, size, returned, returned_size,
                       protocol_status);
  }
  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.CallPackage = trusted;
    table.CallPackageUntrusted = untrusted;
    table.CallPackagePassthrough = pass_through;
  }
};

}  // namespace

void add_call_package_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<CallPackageSlots>(table, package); }

}  // namespace scripted
