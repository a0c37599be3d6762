// Calls out of the package: to another package, and back into the client.
#include "probe.hpp"

namespace probe {
namespace {

// The rest of the line, with ';' for the end of a line and '_' for a space.
std::string inner_script(const std::string& text) {
  std::string script = text;
  for (char& c : script) c = c == ';' ? '\n' : c == '_' ? ' ' : c;
  return script;
}

// call PACKAGE SCRIPT: what the other package answers comes back under "inner." names.
void call_package(Call& call, const Arguments& a) {
  WideText name(a[1]);
  std::string script = inner_script(a[2]);
  PVOID returned = nullptr;
  ULONG size = 0;
  NTSTATUS protocol_status = STATUS_SUCCESS;
  const NTSTATUS status = lsa->CallPackage(name.get(), script.data(), static_cast<ULONG>(script.size()), &returned,
                                           &size, &protocol_status);
  call.say_status("call", status);
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
  commands["call-ex"] = call_package_ex;
  commands["callback"] = callback;
}

}  // namespace probe
