// Tokens of processes and threads.
#include <openlsa/openlsa.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

const std::initializer_list<std::int32_t> of_tokens = {
    ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER,       ERROR_BAD_LENGTH,    ERROR_INSUFFICIENT_BUFFER,
    ERROR_NO_TOKEN,       ERROR_BAD_IMPERSONATION_LEVEL, ERROR_BAD_TOKEN_TYPE};

Row& yes(Row& row) { return row.as(Answer::boolean).fails(of_tokens); }

Parameter token() { return handle(Kind::token); }
Parameter token_out() { return out<HANDLE>("the token", freed_by(CloseHandle)); }

Parameter pseudo(HANDLE good) {
  return value(reinterpret_cast<Word>(good)).wrong("no handle", 0).wrong("an event", [](Call& call) {
    return reinterpret_cast<Word>(call.objects.handle(Kind::event));
  });
}

// The thread has this token until the call's undo.
Parameter impersonating_thread() {
  return made([](Call& call) {
           OpenLsaImpersonateTokenOnly(call.objects.handle(Kind::token));
           return reinterpret_cast<Word>(GetCurrentThread());
         })
      .wrong("no handle", 0)
      .wrong("a thread without a token", [](Call&) {
        RevertToSelf();
        return reinterpret_cast<Word>(GetCurrentThread());
      });
}

Parameter impersonation_token() {
  return made([](Call& call) { return reinterpret_cast<Word>(call.objects.impersonation_token()); })
      .wrong(
          "a primary token", [](Call& call) { return reinterpret_cast<Word>(call.objects.handle(Kind::token)); },
          Expect::either)
      .wrong("a closed handle", [](Call&) { return reinterpret_cast<Word>(stale_handle(Kind::token)); })
      .wrong("an event", [](Call& call) { return reinterpret_cast<Word>(call.objects.handle(Kind::event)); });
}

void back(Call&) { RevertToSelf(); }

}  // namespace

void add_token_rows() {
  yes(ROW(OpenProcessToken, pseudo(GetCurrentProcess()), value(TOKEN_QUERY), token_out()));
  yes(ROW(OpenThreadToken, impersonating_thread(), value(TOKEN_QUERY), value(TRUE), token_out())).then(back);
  const ULONG size = sizeof(TOKEN_STATISTICS);
  yes(ROW(GetTokenInformation, token(), choice(TokenStatistics, {0, 99, 0xffffffff}),
          output(size, {.name = "the information"}), value(size).wrong("nothing", 0).wrong("a byte too few", size - 1),
          output(sizeof(DWORD), {.name = "the length",
                                 .on_failure = OnFailure::written,
                                 .written_with = {ERROR_BAD_LENGTH, ERROR_INSUFFICIENT_BUFFER}})));
  yes(ROW(DuplicateToken, token(), choice(SecurityImpersonation, {4, 0xffffffff}), token_out()));
  yes(ROW(DuplicateTokenEx, token(), value(0), null(), choice(SecurityImpersonation, {4, 0xffffffff}),
          choice(TokenImpersonation, {0, 3}), token_out()));
  yes(ROW(ImpersonateLoggedOnUser, token())).as_root().then(back);
  yes(ROW(SetThreadToken,
          null().wrong("a thread that is none",
                       [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(HANDLE{})); }),
          impersonation_token()))
      .as_root()
      .then(back);
  yes(ROW(RevertToSelf));
}

}  // namespace openlsa::walk
