// Calls out of the package: to another package, and back into the client.
#include "probe.hpp"

namespace probe {
namespace {

// call PACKAGE SCRIPT: what the other package answers comes back under "inner." names. call-through PACKAGE SCRIPT
// BASE: the same through CallPackagePassthrough.
void call_package(Call& call, const Arguments& a) {
  WideText name(a[1]);
  std::string script = inner_script(a[2]);
  PVOID returned = nullptr;
  ULONG size = 0;
  NTSTATUS protocol_status = STATUS_SUCCESS;
  const NTSTATUS status =
      a[0] == "call-through"
          ? lsa->CallPackagePassthrough(name.get(), reinterpret_cast<PVOID>(parse_number(a[3])), script.data(),
                                        static_cast<ULONG>(script.size()), &returned, &size, &protocol_status)
          : lsa->CallPackage(name.get(), script.data(), static_cast<ULONG>(script.size()), &returned, &size,
                             &protocol_status);
  call.say_status("call", status);
  call.say_number("call-thread", GetCurrentThreadId());
  call.say_status("call-protocol", protocol_status);
  if (returned == nullptr) return;
  for (const std::string& line : split({static_cast<const char*>(returned), size}, '\n'))
    if (const std::size_t equals = line.find('='); equals != std::string::npos)
      call.say("inner." + line.substr(0, equals), line.substr(equals + 1));
  lsa->FreeReturnBuffer(returned);
}

// call-ex PACKAGE SCRIPT BASE: as the other package's ClientBufferBase sees it.
void call_package_ex(Call& call, const Arguments& a) {
  WideText name(a[1]);
  std::string script = inner_script(a[2]);
  PVOID returned = nullptr;
  ULONG size = 0;
  NTSTATUS protocol_status = STATUS_SUCCESS;
  const NTSTATUS status = lsa->CallPackageEx(name.get(), reinterpret_cast<PVOID>(parse_number(a[3])), script.data(),
                                             static_cast<ULONG>(script.size()), &returned, &size, &protocol_status);
  call.say_status("call-ex", status);
  if (returned != nullptr) lsa->FreeReturnBuffer(returned);
}

const OPENLSA_TARGET_INTERFACE* target_interface() {
  return static_cast<const OPENLSA_TARGET_INTERFACE*>(
      OpenLsaGetInterface(OPENLSA_TARGET_INTERFACE_NAME, OPENLSA_TARGET_INTERFACE_VERSION));
}

// validate-target PACKAGE NAME, with the submit buffer of this call.
void validate_target(Call& call, const Arguments& a) {
  WideText package(a[1]);
  std::u16string name = widen(a[2]);
  SECPKG_TARGETINFO target{nullptr, reinterpret_cast<PCWSTR>(name.c_str())};
  call.say_status("validate-target", target_interface()->ValidateTargetInfo(package.get(), call.submit,
                                                                            call.client_base, call.size, &target));
}

// extract-target PACKAGE
void extract_target(Call& call, const Arguments& a) {
  WideText package(a[1]);
  PSECPKG_TARGETINFO target = nullptr;
  const NTSTATUS status =
      target_interface()->ExtractTargetInfo(package.get(), call.submit, call.client_base, call.size, &target);
  call.say_status("extract-target", status);
  if (target == nullptr) return;
  call.say("target-name", narrow_terminated(target->ComputerName));
  call.say("target-domain", sid_text(target->DomainSid));
  lsa->FreeLsaHeap(target);
}

// thread-call PACKAGE SCRIPT: `call` on a thread of CreateThread, which works for nobody.
struct ThreadCall {
  Call answers;
  Arguments arguments;
};

DWORD WINAPI call_on_thread(LPVOID parameter) {
  auto* work = static_cast<ThreadCall*>(parameter);
  SECPKG_CALL_INFO info{};
  work->answers.say_number("thread-call-info", lsa->GetCallInfo(&info));
  call_package(work->answers, work->arguments);
  return 0;
}

void thread_call(Call& call, const Arguments& a) {
  ThreadCall work{{}, a};
  const HANDLE thread = lsa->CreateThread(nullptr, 0, call_on_thread, &work, 0, nullptr);
  call.say_number("thread-call", thread != nullptr);
  if (thread == nullptr) return;
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
  for (const std::string& name : work.answers.order) call.say(name, work.answers.answers[name]);
}

// callback NAME-OR-#ID ARGUMENT1 ARGUMENT2 TEXT: a function of the user-mode half.
void callback(Call& call, const Arguments& a) {
  std::string name = a[1], text = a[4];
  PCHAR target = name.data();
  if (name[0] == '#') target = reinterpret_cast<PCHAR>(parse_number(name.substr(1)));
  SecBuffer input{static_cast<ULONG>(text.size()), SECBUFFER_DATA, text.data()};
  SecBuffer output{};
  const NTSTATUS status = lsa->ClientCallback(target, parse_number(a[2]), parse_number(a[3]), &input, &output);
  call.say_status("callback", status);
  if (!NT_SUCCESS(status)) return;
  call.say("callback-output", std::string(static_cast<const char*>(output.pvBuffer), output.cbBuffer));
  lsa->FreeLsaHeap(output.pvBuffer);
}

}  // namespace

void add_package_commands(Commands& commands) {
  commands["call"] = call_package;
  commands["call-through"] = call_package;
  commands["validate-target"] = validate_target;
  commands["extract-target"] = extract_target;
  commands["call-ex"] = call_package_ex;
  commands["thread-call"] = thread_call;
  commands["own-thread"] = [](Call& call, const Arguments&) { call.say_number("own-thread", GetCurrentThreadId()); };
  commands["callback"] = callback;
}

}  // namespace probe
