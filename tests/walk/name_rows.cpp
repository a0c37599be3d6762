// secext.h: names of accounts.
#include <openlsa/secext.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

constexpr ULONG characters = 300;

const std::initializer_list<std::int32_t> of_names = {ERROR_INVALID_PARAMETER, ERROR_MORE_DATA,
                                                      ERROR_INSUFFICIENT_BUFFER, ERROR_NONE_MAPPED,
                                                      ERROR_NO_UNICODE_TRANSLATION};

Parameter format() { return choice(NameSamCompatible, {NameUnknown, 4, 77, 0xffffffff}); }
// A NULL buffer asks for the size.
Parameter name(std::size_t character_bytes) {
  return output(characters * character_bytes, {.name = "the name", .whole = false}).lenient();
}
Parameter size() { return in_out(characters, "the size", {ERROR_MORE_DATA, ERROR_INSUFFICIENT_BUFFER}); }

}  // namespace

void add_name_rows() {
  ROW(GetUserNameExW, format(), name(2), size()).as(Answer::boolean).fails(of_names);
  ROW(GetUserNameExA, format(), name(1), size()).as(Answer::boolean).fails(of_names);
  // The machine is in no domain.
  ROW(GetComputerObjectNameW, format(), name(2), size())
      .as(Answer::boolean)
      .always_fails(ERROR_CANT_ACCESS_DOMAIN_INFO)
      .fails(of_names);
  ROW(GetComputerObjectNameA, format(), name(1), size())
      .as(Answer::boolean)
      .always_fails(ERROR_CANT_ACCESS_DOMAIN_INFO)
      .fails(of_names);
  ROW(TranslateNameW, text_w("alice"), choice(NameUnknown, {4, 77}), format(), name(2), size())
      .as(Answer::boolean)
      .fails(of_names);
  ROW(TranslateNameA, text_a("alice"), choice(NameUnknown, {4, 77}), format(), name(1), size())
      .as(Answer::boolean)
      .fails(of_names);
}

}  // namespace openlsa::walk
