// ValidateTargetInfo and ExtractTargetInfo: the machine that a logon is meant for. A submit buffer with `target=NAME`
// is for that computer; without it, for any.
#include <cstring>

#include "entry.hpp"

namespace scripted {
namespace {

Words words_of(PVOID submit, PVOID base, ULONG size) {
  const Options options = parse_options(bytes_text(submit, size));
  Words words;
  words.number("size", size).number("base", base != nullptr).text("user", option(options, "user"));
  return words.text("target", option(options, "target"));
}

template <unsigned package>
struct TargetSlots {
  static NTSTATUS NTAPI validate(PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size,
                                 PSECPKG_TARGETINFO target) {
    Words arguments = words_of(submit, base, size);
    arguments.number("request", request != nullptr).number("info", target != nullptr);
    if (target != nullptr) arguments.sid("domain-sid", target->DomainSid);
    const std::string computer =
        target == nullptr ? "" : narrow(reinterpret_cast<const SEC_WCHAR*>(target->ComputerName));
    arguments.text("computer", computer);
    return lsa_entry(package, "ValidateTargetInfo", arguments, [&](const Rule&) -> NTSTATUS {
      if (target == nullptr) return STATUS_INVALID_PARAMETER;
      const std::string wanted = option(parse_options(bytes_text(submit, size)), "target");
      return wanted.empty() || wanted == computer ? STATUS_SUCCESS : STATUS_INVALID_WORKSTATION;
    });
  }

  // One block: the structure, then the name.
  static NTSTATUS NTAPI extract(PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size, PVOID* target) {
    Words arguments = words_of(submit, base, size);
    arguments.number("request", request != nullptr);
    return lsa_entry(package, "ExtractTargetInfo", arguments, [&](const Rule& rule) -> NTSTATUS {
      std::u16string name = widen(option(parse_options(bytes_text(submit, size)), "target"));
      if (name.empty()) return STATUS_NOT_FOUND;
      name.push_back(0);
      *target = give(rule, "TargetInfo", "lsa", sizeof(SECPKG_TARGETINFO) + name.size() * 2, [&](std::uintptr_t at) {
                  SECPKG_TARGETINFO info{};
                  info.ComputerName = reinterpret_cast<PCWSTR>(at + sizeof info);
                  return bytes_text(&info, sizeof info) + bytes_text(name.data(), name.size() * 2);
                }).block;
      return STATUS_SUCCESS;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.ValidateTargetInfo = validate;
    table.ExtractTargetInfo = extract;
  }
};

}  // namespace

void add_target_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<TargetSlots>(table, package); }

}  // namespace scripted
