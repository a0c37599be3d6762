// How a call ends: well, with a status, late, never, or with its process.
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "probe.hpp"

namespace probe {
namespace {

// What a thread made with CreateThread finds: no current call.
struct ThreadReport {
  HANDLE done = nullptr;
  NTSTATUS client_info = STATUS_SUCCESS;
  BOOLEAN call_info = TRUE;
  NTSTATUS create_session = STATUS_SUCCESS;
  LUID luid{};
};

DWORD WINAPI thread_main(LPVOID parameter) {
  auto* report = static_cast<ThreadReport*>(parameter);
  SECPKG_CLIENT_INFO client{};
  SECPKG_CALL_INFO call{};
  report->client_info = lsa->GetClientInfo(&client);
  report->call_info = lsa->GetCallInfo(&call);
  // Work for no client is possible: a package may keep sessions of its own.
  AllocateLocallyUniqueId(&report->luid);
  report->create_session = lsa->CreateLogonSession(&report->luid);
  if (NT_SUCCESS(report->create_session)) lsa->DeleteLogonSession(&report->luid);
  SetEvent(report->done);
  return 7;
}

void thread(Call& call, const Arguments&) {
  ThreadReport report;
  report.done = CreateEventA(nullptr, TRUE, FALSE, nullptr);
  ULONG id = 0;
  const HANDLE handle = lsa->CreateThread(nullptr, 0, thread_main, &report, 0, &id);
  call.say_number("thread", handle != nullptr);
  if (handle != nullptr) {
    call.say_number("thread-signalled", WaitForSingleObject(report.done, 30000) == WAIT_OBJECT_0);
    call.say_number("thread-ended", WaitForSingleObject(handle, 30000) == WAIT_OBJECT_0);
    call.say_number("thread-closed", CloseHandle(handle) != FALSE);
  }
  CloseHandle(report.done);
  call.say_number("thread-id-differs", id != 0 && id != GetCurrentThreadId());
  call.say_status("thread-client-info", report.client_info);
  call.say_number("thread-call-info", report.call_info);
  call.say_status("thread-create-session", report.create_session);
}

}  // namespace

void add_flow_commands(Commands& commands) {
  commands["echo"] = [](Call& call, const Arguments& a) { call.say("echo", a[1]); };
  commands["fail"] = [](Call& call, const Arguments& a) { call.status = static_cast<NTSTATUS>(parse_number(a[1])); };
  commands["protocol"] = [](Call& call, const Arguments& a) {
    call.protocol_status = static_cast<NTSTATUS>(parse_number(a[1]));
  };
  commands["sleep"] = [](Call& call, const Arguments& a) {
    Sleep(static_cast<DWORD>(parse_number(a[1])));
    call.say("sleep", a[1]);
  };
  commands["log"] = [](Call&, const Arguments& a) { log_line("note " + a[1]); };
  // As a fault in a package does: by a signal, past every handler of the host.
  commands["crash"] = [](Call&, const Arguments&) { std::raise(SIGKILL); };
  commands["throw"] = [](Call&, const Arguments&) { throw std::runtime_error("the probe was told to throw"); };
  commands["thread"] = thread;
}

}  // namespace probe
