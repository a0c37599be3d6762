// SIDs as text (sddl.h): S-1-5-..., and on the way in the two-letter constants too.
#include <openlsa/windows.h>

#include <string>
#include <string_view>

#include "nt/utf.hpp"
#include "win32/c_edge.hpp"
#include "win32/sid_view.hpp"

using namespace openlsa::win32;
namespace nt = openlsa::nt;

namespace {

struct SidConstant {
  std::string_view name;
  nt::Sid sid;
};

// "SID strings" (sddl.h): those that need no domain.
constexpr SidConstant sid_constants[] = {
    {"AN", nt::well_known::anonymous},
    {"AU", nt::well_known::authenticated_users},
    {"BA", nt::well_known::administrators},
    {"BG", nt::Sid{5, {32, 546}}},
    {"BU", nt::well_known::users},
    {"CG", nt::Sid{3, {1}}},
    {"CO", nt::Sid{3, {0}}},
    {"IU", nt::well_known::interactive},
    {"LS", nt::Sid{5, {19}}},
    {"NS", nt::Sid{5, {20}}},
    {"NU", nt::well_known::network},
    {"PS", nt::Sid{5, {10}}},
    {"RC", nt::Sid{5, {12}}},
    {"SU", nt::well_known::service},
    {"SY", nt::well_known::local_system},
    {"WD", nt::well_known::world},
};

std::optional<nt::Sid> parse(std::string_view text) {
  for (const SidConstant& constant : sid_constants)
    if (constant.name == text) return constant.sid;
  return nt::Sid::parse(text);
}

// The text with its null, in memory that LocalFree gives back.
template <class Character>
BOOL give_string(const std::basic_string<Character>& text, Character** string) {
  const std::size_t size_bytes = (text.size() + 1) * sizeof(Character);
  auto* memory = static_cast<Character*>(std::malloc(size_bytes));
  if (memory == nullptr) return fail(ERROR_NOT_ENOUGH_MEMORY);
  std::memcpy(memory, text.c_str(), size_bytes);
  *string = memory;
  return TRUE;
}

BOOL give_sid(std::optional<nt::Sid> parsed, PSID* sid) {
  if (!parsed) return fail(ERROR_INVALID_SID);
  PSID made = allocate_sid(*parsed);
  if (made == nullptr) return fail(ERROR_NOT_ENOUGH_MEMORY);
  *sid = made;
  return TRUE;
}

}  // namespace

BOOL ConvertSidToStringSidA(PSID sid, LPSTR* string) {
  if (string == nullptr) return fail(ERROR_INVALID_PARAMETER);
  const auto value = read_sid(sid);
  if (!value) return fail(ERROR_INVALID_SID);
  return at_edge([&] { return give_string(value->to_string(), string); });
}

BOOL ConvertSidToStringSidW(PSID sid, LPWSTR* string) {
  if (string == nullptr) return fail(ERROR_INVALID_PARAMETER);
  const auto value = read_sid(sid);
  if (!value) return fail(ERROR_INVALID_SID);
  return at_edge([&] {
    const std::string text = value->to_string();
    return give_string(std::basic_string<WCHAR>(text.begin(), text.end()), string);
  });
}

BOOL ConvertStringSidToSidA(LPCSTR string, PSID* sid) {
  if (string == nullptr || sid == nullptr) return fail(ERROR_INVALID_PARAMETER);
  return at_edge([&] { return give_sid(parse(string), sid); });
}

BOOL ConvertStringSidToSidW(LPCWSTR string, PSID* sid) {
  if (string == nullptr || sid == nullptr) return fail(ERROR_INVALID_PARAMETER);
  return at_edge([&] {
    const auto text = nt::to_utf8(std::basic_string_view<WCHAR>(string));
    return give_sid(text ? parse(*text) : std::nullopt, sid);
  });
}
