// What a package does with its client beyond the call: memory that both have, a function that runs there afterwards,
// and what it can ask of the call. And UnloadPackage, after which it has no clients.
#include <cstring>

#include "probe.hpp"

namespace probe {
namespace {

const OPENLSA_PACKAGE_INTERFACE* interface() {
  return static_cast<const OPENLSA_PACKAGE_INTERFACE*>(
      OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION));
}

// Callback 3 of the user-mode half reads the text at the address, answers it, and writes it back reversed.
void exchange(Call& call, PVOID section, char* block, const std::string& text) {
  PVOID client_base = nullptr, again = nullptr;
  const NTSTATUS status = interface()->MapSharedMemory(section, &client_base);
  call.say_status("shared-map", status);
  if (!NT_SUCCESS(status)) return;
  interface()->MapSharedMemory(section, &again);
  call.say_number("shared-same-place", client_base == again);
  const ULONG_PTR there =
      reinterpret_cast<ULONG_PTR>(client_base) + static_cast<ULONG_PTR>(block - static_cast<char*>(section));
  SecBuffer output{};
  const NTSTATUS called = lsa->ClientCallback(reinterpret_cast<PCHAR>(3), there, text.size(), nullptr, &output);
  call.say_status("shared-call", called);
  if (!NT_SUCCESS(called)) return;
  call.say("shared-seen", std::string(static_cast<const char*>(output.pvBuffer), output.cbBuffer));
  lsa->FreeLsaHeap(output.pvBuffer);
  call.say("shared-back", std::string(block, text.size()));
}

// shared TEXT
void shared(Call& call, const Arguments& a) {
  PVOID section = lsa->CreateSharedMemory(65536, 4096);
  call.say_number("shared-created", section != nullptr);
  PVOID other = lsa->AllocateSharedMemory(section, 1000);
  auto* block = static_cast<char*>(lsa->AllocateSharedMemory(section, static_cast<ULONG>(a[1].size() + 1)));
  call.say_number("shared-allocated", other != nullptr && block != nullptr);
  std::memcpy(block, a[1].data(), a[1].size());
  exchange(call, section, block, a[1]);
  lsa->FreeSharedMemory(section, other);
  lsa->FreeSharedMemory(section, block);
  call.say_number("shared-deleted", lsa->DeleteSharedMemory(section));
  call.say_number("shared-deleted-again", lsa->DeleteSharedMemory(section));
  PVOID nowhere = nullptr;
  call.say_status("shared-map-deleted", interface()->MapSharedMemory(section, &nowhere));
}

// app-mode FUNCTION ARGUMENT1 ARGUMENT2 DATA [return]
void app_mode(Call& call, const Arguments& a) {
  std::string data = a[4];
  SecBuffer buffer{static_cast<ULONG>(data.size()), SECBUFFER_DATA, data.data()};
  call.say_status("app-mode", lsa->SetAppModeInfo(static_cast<ULONG>(parse_number(a[1])), parse_number(a[2]),
                                                  parse_number(a[3]), &buffer, a[5] == "return"));
  ULONG function = 0;
  ULONG_PTR first = 0, second = 0;
  BOOLEAN returns = TRUE;
  SecBuffer read{};
  const NTSTATUS status = lsa->GetAppModeInfo(&function, &first, &second, &read, &returns);
  call.say_status("app-mode-read", status);
  if (!NT_SUCCESS(status)) return;
  call.say("app-mode-values", std::to_string(function) + " " + std::to_string(first) + " " + std::to_string(second) +
                                  " " + std::string(static_cast<const char*>(read.pvBuffer), read.cbBuffer) + " " +
                                  std::to_string(returns));
  lsa->FreeLsaHeap(read.pvBuffer);
}

void extended_flags(Call& call, const Arguments&) {
  ULONG flags = 0xffff;
  call.say_status("extended-flags-status", lsa->GetExtendedCallFlags(&flags));
  call.say_number("extended-flags", flags);
}

// client-request QUERY-TYPE
void client_request(Call& call, const Arguments& a) {
  PVOID answer = nullptr;
  const NTSTATUS status = lsa->QueryClientRequest(call.request, static_cast<ULONG>(parse_number(a[1])), &answer);
  call.say_status("client-request", status);
  if (!NT_SUCCESS(status)) return;
  call.say_number("client-session", *static_cast<ULONG*>(answer));
  lsa->FreeLsaHeap(answer);
}

void unload(Call& call, const Arguments&) {
  call.say_status("unload", lsa->UnloadPackage());
  call.say_status("unload-again", lsa->UnloadPackage());
}

}  // namespace

void add_client_commands(Commands& commands) {
  commands["shared"] = shared;
  commands["app-mode"] = app_mode;
  commands["extended-flags"] = extended_flags;
  commands["client-request"] = client_request;
  commands["unload"] = unload;
}

}  // namespace probe
