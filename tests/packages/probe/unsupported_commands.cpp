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
  ULONG number = 0;
  BOOLEAN flag = FALSE;
  PUCHAR bytes = nullptr;
  LUID luid{};
  WideText text("text");
  call.say_status("SaveSupplementalCredentials", lsa->SaveSupplementalCredentials(&luid, 0, nullptr, FALSE));
  call.say_status("CrediUnmarshalandDecodeString", lsa->CrediUnmarshalandDecodeString(nullptr, &bytes, &number, &flag));
  // Outputs that nothing was written to.
  call.say_number("outputs-untouched", pointer == nullptr && bytes == nullptr && number == 0);
}

// Those that answer a pointer, a BOOLEAN, or nothing.
void call_others(Call& call) {
  const auto say_void = [&](const char* name) { call.say(name, "void"); };
  char buffer[16] = "unchanged";
  lsa->DummyFunction6(buffer, sizeof buffer);
  say_void("DummyFunction6");
  lsa->DummyFunction7(buffer, sizeof buffer);
  say_void("DummyFunction7");
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
