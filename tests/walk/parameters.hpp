// What rows are made of: a good argument of each kind, with the wrong ones that belong to it.
#pragma once

#include <openlsa/ntsecapi.h>
#include <openlsa/sspi.h>

#include <string>
#include <string_view>
#include <vector>

#include "walk/row.hpp"

namespace openlsa::walk {

// A number, as it is.
Parameter value(Word number);
// NULL, the only value.
inline Parameter null() { return value(0); }
// A number among few: each of these is refused.
Parameter choice(Word number, std::vector<Word> refused);

// A pointer to a copy of the bytes; NULL is refused.
Parameter input(std::string bytes, std::size_t alignment = 1);
template <class T>
Parameter input_of(const T& structure) {
  return input(std::string(reinterpret_cast<const char*>(&structure), sizeof structure), alignof(T));
}
// The size of the input or output before it: none, one byte too few, more than there is.
Parameter size_of(ULONG bytes);

// Zero-terminated text.
Parameter text_a(std::string text);
Parameter text_w(std::string_view text);
// Counted strings.
Parameter counted_a(std::string text);
Parameter counted_w(std::string_view text);
Parameter counted_w_array(std::string_view text, std::size_t count = 1);

Parameter sid(std::string_view text);
// A pointer to an array with a pointer to this SID.
Parameter sid_array(std::string_view text);
Parameter guid(const GUID& good);

// Handles by value, and credential and context handles by pointer.
Parameter handle(Kind kind);
Parameter sec_handle(Kind kind);

using Release = std::function<void(unsigned char*)>;
struct Output {
  std::string name;
  Release release{};
  OnFailure on_failure = OnFailure::untouched;
  std::vector<std::int32_t> written_with{};
  bool whole = true;
  bool required = true;
};
Parameter output(std::size_t size, Output what);
template <class T>
Parameter out(std::string name, Release release = {}, OnFailure on_failure = OnFailure::untouched) {
  return output(sizeof(T), {.name = std::move(name), .release = std::move(release), .on_failure = on_failure});
}
// A number that is read and written.
Parameter in_out(ULONG number, std::string name, std::vector<std::int32_t> written_with = {});

// Message buffers: descriptor, array and bytes, each at a guard of its own.
struct Buffer {
  ULONG type;
  std::function<std::string(Call&)> bytes;
  bool is_output = false;
  bool allocated = false;                    // by the function: an empty buffer to begin with
  std::vector<std::int32_t> written_with{};  // failures that answer with it too
};
Buffer filled(ULONG type, std::string bytes);
Buffer room(ULONG type, std::size_t size);
Buffer to_allocate(ULONG type);
Buffer answered_with(Buffer one, std::vector<std::int32_t> failures);
Parameter buffers(std::vector<Buffer> list);
Parameter buffer(Buffer one);
Parameter token_input();  // what a first leg says: the acceptor's input

// Releases by the function that the documentation names.
template <class R>
Release freed_by(R (*function)(void*)) {
  return [function](unsigned char* cell) {
    void* block = nullptr;
    std::memcpy(&block, cell, sizeof block);
    if (block != nullptr) function(block);
  };
}
Release deleted_context();
Release freed_credential();

// A parameter whose good value depends on the call.
inline Parameter made(Make make) { return {std::move(make), {}}; }

}  // namespace openlsa::walk
