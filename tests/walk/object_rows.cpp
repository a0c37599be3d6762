// Handles, events, the last error, time and memory of libopenlsa.
#include <openlsa/subauth.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

const std::initializer_list<std::int32_t> of_objects = {ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER,
                                                        ERROR_NOT_SUPPORTED};

void close_result(HANDLE handle) { CloseHandle(handle); }

// The result of a function that returns a handle or a block is released by what wrote it down.
template <class R, class... P>
Row& add_making_row(const char* name, R (*function)(P...), void (*release)(R),
                    std::array<Parameter, sizeof...(P)> list) {
  Row& row = add_row(name, function, std::move(list));
  row.call = [function, release](const Word* words) {
    const Word made = invoke(function, words, std::index_sequence_for<P...>());
    if (made != 0) release(reinterpret_cast<R>(made));
    return made;
  };
  return row;
}

}  // namespace

void add_object_rows() {
  Parameter event = handle(Kind::event);
  std::erase_if(event.wrongs, [](const Wrong& wrong) { return wrong.what == "a handle of another kind"; });
  ROW(CloseHandle, event).as(Answer::boolean).fails(of_objects).consuming();
  add_making_row("CreateEventW", &CreateEventW, &close_result,
                 {{null(), value(TRUE), value(FALSE), made(text_w("name").good)}})
      .always_fails(ERROR_NOT_SUPPORTED)
      .called("with a name");
  add_making_row("CreateEventW", &CreateEventW, &close_result, {{null(), value(TRUE), value(FALSE), null()}})
      .fails(of_objects);
  add_making_row("CreateEventA", &CreateEventA, &close_result, {{null(), value(TRUE), value(FALSE), null()}})
      .fails(of_objects);
  ROW(SetEvent, handle(Kind::event)).as(Answer::boolean).fails(of_objects);
  ROW(ResetEvent, handle(Kind::event)).as(Answer::boolean).fails(of_objects);
  ROW(WaitForSingleObject, handle(Kind::event), value(1000)).fails({static_cast<std::int32_t>(WAIT_FAILED)});
  ROW(GetLastError).as(Answer::nothing);
  ROW(SetLastError, value(5));
  ROW(GetCurrentProcess);
  ROW(GetCurrentThread);
  ROW(GetCurrentProcessId).as(Answer::boolean);
  ROW(GetCurrentThreadId).as(Answer::boolean);
  ROW(GetSystemTimeAsFileTime, out<FILETIME>("the time"));
  ROW(GetTickCount64).as(Answer::boolean);
  ROW(Sleep, value(0));
  add_making_row<HLOCAL>("LocalAlloc", &LocalAlloc, [](HLOCAL block) { LocalFree(block); },
                         {{choice(0, {LMEM_MOVEABLE}), value(10)}})
      .fails(of_objects);
  // NULL when it was freed: that is what it returns.
  ROW(LocalFree, made([](Call&) { return reinterpret_cast<Word>(LocalAlloc(0, 10)); }).wrong("NULL", 0))
      .as(Answer::nothing);
  add_making_row<PVOID>("MIDL_user_allocate", &MIDL_user_allocate, [](PVOID block) { MIDL_user_free(block); },
                        {{value(10)}})
      .fails(of_objects);
  ROW(MIDL_user_free,
      made([](Call&) { return reinterpret_cast<Word>(MIDL_user_allocate(10)); }).wrong("NULL", 0, Expect::either))
      .as(Answer::nothing);
}

}  // namespace openlsa::walk
