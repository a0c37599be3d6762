// Counted strings of libopenlsa. Their functions return nothing, or a comparison: a pointer that is not there has no
// effect.
#include <openlsa/ntstatus.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

constexpr USHORT room_bytes = 64;

// A destination with room of its own; 0 bytes of room: the function allocates.
template <class String>
Parameter destination(USHORT room, void (*release)(String*) = nullptr) {
  const auto place = [=](USHORT maximum, bool with_buffer) {
    return [=](Call& call) {
      String string{0, maximum, nullptr};
      if (with_buffer && maximum != 0)
        string.Buffer = reinterpret_cast<decltype(string.Buffer)>(
            call.memory.output({.name = "the text", .size = maximum, .whole = false}));
      auto* const at = call.memory.copy(string);
      Cell cell{.name = "the string", .at = reinterpret_cast<unsigned char*>(at), .size = sizeof *at, .whole = false};
      if (release != nullptr)
        cell.release = [release](unsigned char* there) { release(reinterpret_cast<String*>(there)); };
      call.memory.watch(std::move(cell));
      return reinterpret_cast<Word>(at);
    };
  };
  Parameter parameter{place(room, true), {{"NULL", [](Call&) { return Word{0}; }}}};
  if (room != 0) {
    parameter.wrongs.push_back({"no room", place(0, false), Expect::either});
    parameter.wrongs.push_back({"room for one", place(2, true), Expect::either});
    parameter.wrongs.push_back({"room that is not there", place(room, false), Expect::either});
  }
  return parameter;
}

template <class String>
Parameter uninitialised() {
  return output(sizeof(String), {.name = "the string", .whole = false});
}

// Frees what the conversion to it allocates.
Parameter allocated_unicode() {
  return made([](Call& call) {
           UNICODE_STRING string{};
           ANSI_STRING source{};
           RtlInitAnsiString(&source, "text");
           RtlAnsiStringToUnicodeString(&string, &source, TRUE);
           return reinterpret_cast<Word>(call.memory.copy(string));
         })
      .wrong("NULL", 0);
}
Parameter allocated_ansi() {
  return made([](Call& call) {
           ANSI_STRING string{};
           const WCHAR text[] = {'t', 0};
           UNICODE_STRING source{};
           RtlInitUnicodeString(&source, text);
           RtlUnicodeStringToAnsiString(&string, &source, TRUE);
           return reinterpret_cast<Word>(call.memory.copy(string));
         })
      .wrong("NULL", 0);
}

void add_conversions() {
  const std::initializer_list<std::int32_t> statuses = {STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER_2,
                                                        STATUS_BUFFER_OVERFLOW, STATUS_UNMAPPABLE_CHARACTER};
  ROW(RtlAnsiStringToUnicodeString, destination<UNICODE_STRING>(room_bytes), counted_a("text"), value(FALSE))
      .fails(statuses);
  ROW(RtlAnsiStringToUnicodeString, destination<UNICODE_STRING>(0, &RtlFreeUnicodeString), counted_a("text"),
      value(TRUE))
      .fails(statuses)
      .called("allocating");
  ROW(RtlUnicodeStringToAnsiString, destination<ANSI_STRING>(room_bytes), counted_w("text"), value(FALSE))
      .fails(statuses);
  ROW(RtlUnicodeStringToAnsiString, destination<ANSI_STRING>(0, &RtlFreeAnsiString), counted_w("text"), value(TRUE))
      .fails(statuses)
      .called("allocating");
}

}  // namespace

void add_string_rows() {
  ROW(RtlInitUnicodeString, uninitialised<UNICODE_STRING>(), text_w("text").optional());
  ROW(RtlInitString, uninitialised<STRING>(), text_a("text").optional());
  ROW(RtlInitAnsiString, uninitialised<ANSI_STRING>(), text_a("text").optional());
  ROW(RtlCopyUnicodeString, destination<UNICODE_STRING>(room_bytes), counted_w("text").optional());
  ROW(RtlCopyString, destination<STRING>(room_bytes), counted_a("text").optional());
  ROW(RtlEqualUnicodeString, counted_w("text"), counted_w("TEXT"), value(TRUE)).as(Answer::nothing);
  ROW(RtlEqualString, counted_a("text"), counted_a("TEXT"), value(TRUE)).as(Answer::nothing);
  ROW(RtlCompareUnicodeString, counted_w("text"), counted_w("TEXT"), value(TRUE)).as(Answer::nothing);
  add_conversions();
  ROW(RtlFreeUnicodeString, allocated_unicode());
  ROW(RtlFreeAnsiString, allocated_ansi());
  ROW(RtlNtStatusToDosError, value(static_cast<ULONG>(STATUS_ACCESS_DENIED))).as(Answer::nothing);
}

}  // namespace openlsa::walk
