// The support table as a whole: no slot is NULL, and what a slot answers that is not offered.
#include <iterator>

#include "probe.hpp"

namespace probe {
namespace {

struct Slot {
  const char* name;
  bool (*present)();
};

// In the order of LSA_SECPKG_FUNCTION_TABLE.
#define SLOT(member) {#member, [] { return lsa->member != nullptr; }}
constexpr Slot slots[] = {SLOT(CreateLogonSession),
                          SLOT(DeleteLogonSession),
                          SLOT(AddCredential),
                          SLOT(GetCredentials),
                          SLOT(DeleteCredential),
                          SLOT(AllocateLsaHeap),
                          SLOT(FreeLsaHeap),
                          SLOT(AllocateClientBuffer),
                          SLOT(FreeClientBuffer),
                          SLOT(CopyToClientBuffer),
                          SLOT(CopyFromClientBuffer),
                          SLOT(ImpersonateClient),
                          SLOT(UnloadPackage),
                          SLOT(DuplicateHandle),
                          SLOT(SaveSupplementalCredentials),
                          SLOT(CreateThread),
                          SLOT(GetClientInfo),
                          SLOT(RegisterNotification),
                          SLOT(CancelNotification),
                          SLOT(MapBuffer),
                          SLOT(CreateToken),
                          SLOT(AuditLogon),
                          SLOT(CallPackage),
                          SLOT(FreeReturnBuffer),
                          SLOT(GetCallInfo),
                          SLOT(CallPackageEx),
                          SLOT(CreateSharedMemory),
                          SLOT(AllocateSharedMemory),
                          SLOT(FreeSharedMemory),
                          SLOT(DeleteSharedMemory),
                          SLOT(OpenSamUser),
                          SLOT(GetUserCredentials),
                          SLOT(GetUserAuthData),
                          SLOT(CloseSamUser),
                          SLOT(ConvertAuthDataToToken),
                          SLOT(ClientCallback),
                          SLOT(UpdateCredentials),
                          SLOT(GetAuthDataForUser),
                          SLOT(CrackSingleName),
                          SLOT(AuditAccountLogon),
                          SLOT(CallPackagePassthrough),
                          SLOT(CrediRead),
                          SLOT(CrediReadDomainCredentials),
                          SLOT(CrediFreeCredentials),
                          SLOT(LsaProtectMemory),
                          SLOT(LsaUnprotectMemory),
                          SLOT(OpenTokenByLogonId),
                          SLOT(ExpandAuthDataForDomain),
                          SLOT(AllocatePrivateHeap),
                          SLOT(FreePrivateHeap),
                          SLOT(CreateTokenEx),
                          SLOT(CrediWrite),
                          SLOT(CrediUnmarshalandDecodeString),
                          SLOT(DummyFunction6),
                          SLOT(GetExtendedCallFlags),
                          SLOT(DuplicateTokenHandle),
                          SLOT(GetServiceAccountPassword),
                          SLOT(DummyFunction7),
                          SLOT(AuditLogonEx),
                          SLOT(CheckProtectedUserByToken),
                          SLOT(QueryClientRequest),
                          SLOT(GetAppModeInfo),
                          SLOT(SetAppModeInfo)};
#undef SLOT
static_assert(std::size(slots) == 63);
static_assert(sizeof(LSA_SECPKG_FUNCTION_TABLE) == 63 * sizeof(void*));

void table(Call& call, const Arguments&) {
  std::string missing;
  for (const Slot& slot : slots)
    if (!slot.present()) missing += std::string(slot.name) + ",";
  call.say_number("slots", std::size(slots));
  call.say("missing", missing);
}

// Those that answer a status.
void call_statuses(Call& call) {
  PVOID pointer = nullptr;
  ULONG number = 0, other = 0;
  ULONG_PTR argument = 0;
  BOOLEAN flag = FALSE;
  PUCHAR bytes = nullptr;
  LUID luid{};
  SecBuffer buffer{};
  WideText text("text");
  UNICODE_STRING out{};
  FILETIME time{};
  NTSTATUS protocol_status = 0;
  call.say_status("UnloadPackage", lsa->UnloadPackage());
  call.say_status("SaveSupplementalCredentials", lsa->SaveSupplementalCredentials(&luid, 0, nullptr, FALSE));
  call.say_status("CancelNotification", lsa->CancelNotification(nullptr));
  call.say_status("MapBuffer", lsa->MapBuffer(&buffer, &buffer));
  call.say_status("OpenSamUser", lsa->OpenSamUser(text.get(), SecNameFlat, nullptr, FALSE, 0, &pointer));
  call.say_status("GetUserCredentials", lsa->GetUserCredentials(nullptr, &pointer, &number, &pointer, &other));
  call.say_status("GetUserAuthData", lsa->GetUserAuthData(nullptr, &bytes, &number));
  call.say_status("CloseSamUser", lsa->CloseSamUser(nullptr));
  call.say_status("UpdateCredentials", lsa->UpdateCredentials(nullptr, nullptr));
  call.say_status("CrackSingleName", lsa->CrackSingleName(0, FALSE, text.get(), nullptr, 0, &out, &out, &number));
  call.say_status("AuditAccountLogon",
                  lsa->AuditAccountLogon(0, FALSE, text.get(), text.get(), text.get(), STATUS_SUCCESS));
  call.say_status("CallPackagePassthrough",
                  lsa->CallPackagePassthrough(text.get(), nullptr, nullptr, 0, &pointer, &number, &protocol_status));
  call.say_status("CrediRead", lsa->CrediRead(&luid, 0, nullptr, 0, 0, nullptr));
  call.say_status("CrediReadDomainCredentials",
                  lsa->CrediReadDomainCredentials(&luid, 0, nullptr, 0, &number, nullptr));
  call.say_status("ExpandAuthDataForDomain", lsa->ExpandAuthDataForDomain(nullptr, 0, nullptr, &bytes, &number));
  call.say_status("CrediWrite", lsa->CrediWrite(&luid, 0, nullptr, 0));
  call.say_status("CrediUnmarshalandDecodeString", lsa->CrediUnmarshalandDecodeString(nullptr, &bytes, &number, &flag));
  call.say_status("GetExtendedCallFlags", lsa->GetExtendedCallFlags(&number));
  HANDLE handle = nullptr;
  call.say_status("DuplicateTokenHandle", lsa->DuplicateTokenHandle(nullptr, &handle));
  call.say_status("GetServiceAccountPassword",
                  lsa->GetServiceAccountPassword(text.get(), text.get(), CredFetchDefault, &time, &out, &out, &time));
  call.say_status("CheckProtectedUserByToken", lsa->CheckProtectedUserByToken(nullptr, &flag));
  call.say_status("QueryClientRequest", lsa->QueryClientRequest(call.request, 0, &pointer));
  call.say_status("GetAppModeInfo", lsa->GetAppModeInfo(&number, &argument, &argument, &buffer, &flag));
  call.say_status("SetAppModeInfo", lsa->SetAppModeInfo(0, 0, 0, &buffer, FALSE));
  // Outputs that nothing was written to.
  call.say_number("outputs-untouched", pointer == nullptr && bytes == nullptr && handle == nullptr && number == 0);
}

DWORD WINAPI no_start(LPVOID) { return 0; }

// Those that answer a pointer, a BOOLEAN, or nothing.
void call_others(Call& call) {
  const auto say_null = [&](const char* name, const void* value) {
    call.say(name, value == nullptr ? "null" : "value");
  };
  say_null("RegisterNotification", lsa->RegisterNotification(no_start, nullptr, 0, 0, 0, 0, nullptr));
  say_null("CreateSharedMemory", lsa->CreateSharedMemory(4096, 4096));
  say_null("AllocateSharedMemory", lsa->AllocateSharedMemory(nullptr, 16));
  call.say("DeleteSharedMemory", lsa->DeleteSharedMemory(nullptr) ? "true" : "false");
  const auto say_void = [&](const char* name) { call.say(name, "void"); };
  lsa->FreeSharedMemory(nullptr, nullptr);
  say_void("FreeSharedMemory");
  lsa->CrediFreeCredentials(0, nullptr);
  say_void("CrediFreeCredentials");
  char buffer[16] = "unchanged";
  lsa->DummyFunction6(buffer, sizeof buffer);
  say_void("DummyFunction6");
  lsa->DummyFunction7(buffer, sizeof buffer);
  say_void("DummyFunction7");
  lsa->AuditLogonEx(STATUS_SUCCESS, STATUS_SUCCESS, nullptr, nullptr, nullptr, nullptr, Network, SecurityImpersonation,
                    nullptr, nullptr);
  say_void("AuditLogonEx");
  call.say_number("buffer-untouched", std::string(buffer) == "unchanged");
}

}  // namespace

void add_unsupported_commands(Commands& commands) {
  commands["table"] = table;
  commands["unsupported"] = [](Call& call, const Arguments&) {
    call_statuses(call);
    call_others(call);
  };
}

}  // namespace probe
