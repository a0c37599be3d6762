// Handles as parameters, and what is no handle.
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

Word word(HANDLE handle) { return reinterpret_cast<Word>(handle); }
Word pointer(Call& call, const SecHandle& handle) { return reinterpret_cast<Word>(call.memory.copy(handle)); }

SecHandle sec_handle_of(Call& call, Kind kind) {
  return kind == Kind::credential ? call.objects.credential() : call.objects.context(kind);
}

}  // namespace

Parameter handle(Kind kind) {
  const Kind other = kind == Kind::policy ? Kind::connection : kind == Kind::token ? Kind::event : Kind::token;
  Parameter parameter;
  parameter.handle = kind;
  parameter.good = [kind](Call& call) { return word(call.objects.handle(kind)); };
  parameter.wrongs = {
      {"no handle", [](Call&) { return Word{0}; }},
      {"a closed handle", [kind](Call&) { return word(stale_handle(kind)); }},
      {"a handle of another kind", [other](Call& call) { return word(call.objects.handle(other)); }},
      {"a handle with other bits",
       [kind](Call& call) { return word(call.objects.handle(kind)) ^ Word { 0x00100000 }; }},
      {"a handle beyond 32 bits", [kind](Call& call) { return word(call.objects.handle(kind)) | Word{1} << 40; }},
      {"bits that are none", [](Call&) { return Word{0x7ffffff8}; }}};
  return parameter;
}

Parameter sec_handle(Kind kind) {
  const Kind other = kind == Kind::credential ? Kind::acceptor : Kind::credential;
  Parameter parameter;
  parameter.handle = kind;
  parameter.good = [kind](Call& call) { return pointer(call, sec_handle_of(call, kind)); };
  parameter.wrongs = {
      {"NULL", [](Call&) { return Word{0}; }},
      {"a handle of zeroes", [](Call& call) { return pointer(call, {0, 0}); }},
      {"an invalidated handle", [](Call& call) { return pointer(call, {~ULONG_PTR{0}, ~ULONG_PTR{0}}); }},
      {"a closed handle", [kind](Call& call) { return pointer(call, stale_sec_handle(kind)); }},
      {"a handle of another kind", [other](Call& call) { return pointer(call, sec_handle_of(call, other)); }},
      {"a handle with another lower half",
       [kind](Call& call) {
         SecHandle spoilt = sec_handle_of(call, kind);
         spoilt.dwLower ^= 0x40;
         return pointer(call, spoilt);
       }},
      {"a handle with another upper half", [kind](Call& call) {
         SecHandle spoilt = sec_handle_of(call, kind);
         spoilt.dwUpper ^= 0x40;
         return pointer(call, spoilt);
       }}};
  return parameter;
}

}  // namespace openlsa::walk
