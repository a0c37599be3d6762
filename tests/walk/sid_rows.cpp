// SIDs and LUIDs.
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

constexpr const char* account = "S-1-5-21-1-2-3-1000";
constexpr std::size_t account_bytes = 8 + 5 * 4;

const std::initializer_list<std::int32_t> of_sids = {ERROR_INVALID_SID, ERROR_INVALID_PARAMETER,
                                                     ERROR_INSUFFICIENT_BUFFER};

Row& yes(Row& row) { return row.as(Answer::boolean).fails(of_sids); }

SID_IDENTIFIER_AUTHORITY authority() { return SECURITY_NT_AUTHORITY; }
Parameter text_out() { return out<void*>("the text", freed_by(LocalFree)); }
Parameter sid_out() { return out<void*>("the SID", freed_by(LocalFree)); }

void add_texts() {
  yes(ROW(ConvertSidToStringSidA, sid(account), text_out()));
  yes(ROW(ConvertSidToStringSidW, sid(account), text_out()));
  yes(ROW(ConvertStringSidToSidA, text_a(account), sid_out()));
  yes(ROW(ConvertStringSidToSidW, text_w(account), sid_out()));
}

}  // namespace

void add_sid_rows() {
  yes(ROW(AllocateLocallyUniqueId, out<LUID>("the LUID")));
  yes(ROW(IsValidSid, sid(account)));
  yes(ROW(GetLengthSid, sid(account)));
  yes(ROW(GetSidLengthRequired, value(3)));
  yes(ROW(CopySid, value(account_bytes).wrong("nothing", 0).wrong("a byte too few", account_bytes - 1),
          output(account_bytes, {.name = "the copy", .whole = true}), sid(account)));
  yes(ROW(EqualSid, sid(account), sid(account)));
  yes(ROW(EqualPrefixSid, sid(account), sid(account)));
  yes(ROW(InitializeSid, output(8, {.name = "the SID"}), input_of(authority()), choice(0, {16, 255})));
  yes(ROW(AllocateAndInitializeSid, input_of(authority()), choice(1, {9, 255}), value(7), value(0), value(0), value(0),
          value(0), value(0), value(0), value(0), out<void*>("the SID", freed_by(FreeSid))));
  // NULL when it was freed.
  ROW(FreeSid, made([](Call&) {
                 PSID made_sid = nullptr;
                 SID_IDENTIFIER_AUTHORITY nt = authority();
                 AllocateAndInitializeSid(&nt, 0, 0, 0, 0, 0, 0, 0, 0, 0, &made_sid);
                 return reinterpret_cast<Word>(made_sid);
               }).wrong("NULL", 0))
      .as(Answer::nothing);
  // What these return for no SID is undefined: not to crash is all.
  ROW(GetSidSubAuthority, sid(account), choice(0, {15, 0xffffffff})).as(Answer::nothing);
  ROW(GetSidSubAuthorityCount, sid(account)).as(Answer::nothing);
  ROW(GetSidIdentifierAuthority, sid(account)).as(Answer::nothing);
  add_texts();
}

}  // namespace openlsa::walk
