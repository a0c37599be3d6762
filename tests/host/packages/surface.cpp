// A security package with the slots that SSPI reaches beside the handshake. What a call is given says what it does.
// Built three times: as the newest version, with NULL in these slots (SURFACE_NULL), and as a version that does not
// count them (SURFACE_OLD).
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

#include <cstring>
#include <string>
#include <string_view>

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT char test_seen[256];  // what the last call was given, as text
char test_seen[256];
EXPORT unsigned test_deleted;
unsigned test_deleted;

namespace {

PLSA_SECPKG_FUNCTION_TABLE lsa;
LSA_SEC_HANDLE next_handle = 100;

NTSTATUS NTAPI initialize(ULONG_PTR, PSECPKG_PARAMETERS, PLSA_SECPKG_FUNCTION_TABLE table) {
  lsa = table;
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI get_info(PSecPkgInfoW info) {
  static char16_t name[] = u"Surface";
  info->fCapabilities = SECPKG_FLAG_CONNECTION;
  info->wVersion = 1;
  info->wRPCID = SECPKG_ID_NONE;
  info->Name = info->Comment = reinterpret_cast<SEC_WCHAR*>(name);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI acquire(PUNICODE_STRING, ULONG, PLUID, PVOID, PVOID, PVOID, PLSA_SEC_HANDLE handle, PTimeStamp) {
  *handle = ++next_handle;
  return SEC_E_OK;
}

NTSTATUS NTAPI initialize_context(LSA_SEC_HANDLE, LSA_SEC_HANDLE, PUNICODE_STRING, ULONG, ULONG, PSecBufferDesc,
                                  PLSA_SEC_HANDLE new_context, PSecBufferDesc, PULONG, PTimeStamp, PBOOLEAN,
                                  PSecBuffer) {
  *new_context = ++next_handle;
  return SEC_I_CONTINUE_NEEDED;
}

NTSTATUS NTAPI delete_context(LSA_SEC_HANDLE) {
  ++test_deleted;
  return SEC_E_OK;
}

#ifndef SURFACE_NULL

void saw(std::string_view text) {
  std::memset(test_seen, 0, sizeof test_seen);
  text.copy(test_seen, sizeof test_seen - 1);
}

std::string narrow(PUNICODE_STRING string) {
  std::string text;
  if (string == nullptr) return "(null)";
  for (unsigned i = 0; i < string->Length / 2u; ++i)
    text += static_cast<char>(reinterpret_cast<const char16_t*>(string->Buffer)[i]);
  return text;
}

std::string bytes_of(const void* bytes, ULONG size) { return {static_cast<const char*>(bytes), size}; }

void* heap_copy(std::string_view text) {
  void* block = lsa->AllocateLsaHeap(static_cast<ULONG>(text.size()));
  std::memcpy(block, text.data(), text.size());
  return block;
}

NTSTATUS NTAPI add(LSA_SEC_HANDLE, PUNICODE_STRING principal, PUNICODE_STRING package, ULONG use, PVOID authorization,
                   PVOID get_key, PVOID argument, PTimeStamp expiry) {
  char submitted[4] = {};
  const NTSTATUS status = authorization == nullptr
                              ? STATUS_SUCCESS
                              : lsa->CopyFromClientBuffer(nullptr, sizeof submitted, submitted, authorization);
  saw(narrow(principal) + " " + narrow(package) + " " + std::to_string(use) + " " + bytes_of(submitted, 4) + " " +
      std::to_string(reinterpret_cast<ULONG_PTR>(get_key)) + " " +
      std::to_string(reinterpret_cast<ULONG_PTR>(argument)));
  expiry->QuadPart = 88;
  return status;
}

// What lies at the address that the structure's first eight bytes name.
NTSTATUS NTAPI set(LSA_SEC_HANDLE, ULONG attribute, PVOID buffer, ULONG size) {
  void* pointer = nullptr;
  if (size < sizeof pointer) return STATUS_INVALID_PARAMETER;
  std::memcpy(&pointer, buffer, sizeof pointer);
  char there[6] = {};
  const NTSTATUS status = lsa->CopyFromClientBuffer(nullptr, sizeof there, there, pointer);
  saw(std::to_string(attribute) + " " + std::to_string(size) + " " + bytes_of(there, sizeof there));
  std::memset(buffer, 'x', size);  // a copy of its own
  return status;
}

// The account says how the response comes.
NTSTATUS NTAPI change_password(PUNICODE_STRING domain, PUNICODE_STRING account, PUNICODE_STRING old_password,
                               PUNICODE_STRING new_password, BOOLEAN impersonating, PSecBufferDesc output) {
  SecBuffer& response = output->pBuffers[0];
  const std::string how = narrow(account);
  saw(narrow(domain) + " " + how + " " + narrow(old_password) + " " + narrow(new_password) + " " +
      std::to_string(impersonating) + " " + std::to_string(response.cbBuffer));
  if (how == "ours") {
    std::memcpy(response.pvBuffer, "ours", 4);
    response.cbBuffer = 4;
  } else if (how == "heap" || how == "refused") {
    response.pvBuffer = heap_copy("heap");
    response.cbBuffer = 4;
  } else if (how == "client") {
    lsa->AllocateClientBuffer(nullptr, 6, &response.pvBuffer);
    char text[] = "client";
    lsa->CopyToClientBuffer(nullptr, 6, response.pvBuffer, text);
    response.cbBuffer = 6;
  } else if (how == "wild") {
    response.pvBuffer = test_seen;
    response.cbBuffer = 4;
  } else if (how == "long") {
    response.cbBuffer += 1;
  }
  return how == "refused" ? STATUS_PASSWORD_RESTRICTION : STATUS_SUCCESS;
}

// The target name says what goes wrong.
NTSTATUS NTAPI query_meta_data(LSA_SEC_HANDLE credential, PUNICODE_STRING target, ULONG requirements, PULONG size,
                               PUCHAR* data, PLSA_SEC_HANDLE context) {
  const std::string how = narrow(target);
  saw(std::to_string(credential != 0) + " " + how + " " + std::to_string(requirements) + " " +
      std::to_string(*context != 0));
  if (how != "none" && *context == 0) *context = ++next_handle;
  if (how == "fails") return SEC_E_NO_CREDENTIALS;
  *size = how == "long" ? 100 : 4;
  *data = how == "wild" ? reinterpret_cast<PUCHAR>(test_seen) : static_cast<PUCHAR>(heap_copy("meta"));
  return SEC_E_OK;
}

NTSTATUS NTAPI exchange_meta_data(LSA_SEC_HANDLE, PUNICODE_STRING, ULONG, ULONG size, PUCHAR data,
                                  PLSA_SEC_HANDLE context) {
  saw(bytes_of(data, size));
  if (*context == 0) *context = ++next_handle;
  return SEC_E_OK;
}

// Flags say what goes wrong: 1 the structure, 2 a string, 3 the SID lies elsewhere, 4 nothing at all.
NTSTATUS NTAPI get_user_info(PLUID luid, ULONG flags, PSecurityUserData* out) {
  saw(std::to_string(luid->LowPart) + " " + std::to_string(flags));
  if (flags == 4) return STATUS_SUCCESS;
  static SECURITY_USER_DATA here{};
  static char16_t name[] = u"alice";
  UCHAR sid[12] = {1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0};
  SECURITY_USER_DATA data{};
  PVOID block = nullptr;
  lsa->AllocateClientBuffer(nullptr, sizeof data + 10 + sizeof sid, &block);
  auto* address = static_cast<UCHAR*>(block);
  data.UserName.Length = data.UserName.MaximumLength = 10;
  data.UserName.Buffer = reinterpret_cast<decltype(data.UserName.Buffer)>(flags == 2 ? reinterpret_cast<UCHAR*>(name)
                                                                                     : address + sizeof data);
  data.pSid = flags == 3 ? static_cast<PSID>(&here) : static_cast<PSID>(address + sizeof data + 10);
  lsa->CopyToClientBuffer(nullptr, sizeof data, address, &data);
  lsa->CopyToClientBuffer(nullptr, 10, address + sizeof data, name);
  lsa->CopyToClientBuffer(nullptr, sizeof sid, address + sizeof data + 10, sid);
  *out = flags == 1 ? &here : static_cast<PSecurityUserData>(block);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI get_cred_ui_context(LSA_SEC_HANDLE, GUID* type, PULONG size, PUCHAR* flat) {
  *size = type->Data1 == 1 ? 100 : 4;
  *flat = static_cast<PUCHAR>(heap_copy("flat"));
  return SEC_E_OK;
}

NTSTATUS NTAPI update_credentials(LSA_SEC_HANDLE, GUID* type, ULONG size, PUCHAR flat) {
  saw(std::to_string(type->Data1) + " " + bytes_of(flat, size));
  return SEC_E_OK;
}

NTSTATUS NTAPI hand_in(LSA_SEC_HANDLE, PSecBuffer buffer) {
  saw(std::to_string(buffer->BufferType) + " " + bytes_of(buffer->pvBuffer, buffer->cbBuffer));
  return SEC_E_OK;
}

NTSTATUS NTAPI get_credentials(LSA_SEC_HANDLE, PSecBuffer buffer) {
  const ULONG how = buffer->BufferType;
  buffer->BufferType = SECBUFFER_DATA;
  if (how == 50) {  // too much for the buffer
    buffer->cbBuffer = 10;
    return SEC_E_BUFFER_TOO_SMALL;
  }
  if (how == 51) buffer->pvBuffer = test_seen;
  if (how == 52) {
    lsa->AllocateClientBuffer(nullptr, 6, &buffer->pvBuffer);
    char text[] = "client";
    lsa->CopyToClientBuffer(nullptr, 6, buffer->pvBuffer, text);
    buffer->cbBuffer = 6;
    return SEC_E_OK;
  }
  if (buffer->pvBuffer == nullptr)
    buffer->pvBuffer = heap_copy("cred");
  else if (how != 51)
    std::memcpy(buffer->pvBuffer, "cred", 4);
  buffer->cbBuffer = how == 53 ? 100 : 4;
  return SEC_E_OK;
}

void add_surface(SECPKG_FUNCTION_TABLE& table) {
  table.SaveCredentials = table.DeleteCredentials = hand_in;
  table.GetCredentials = get_credentials;
  table.GetUserInfo = get_user_info;
  table.AddCredentials = add;
  table.SetContextAttributes = table.SetCredentialsAttributes = set;
  table.ChangeAccountPassword = change_password;
  table.QueryMetaData = query_meta_data;
  table.ExchangeMetaData = exchange_meta_data;
  table.GetCredUIContext = get_cred_ui_context;
  table.UpdateCredentials = update_credentials;
}

#else
void add_surface(SECPKG_FUNCTION_TABLE&) {}
#endif

SECPKG_FUNCTION_TABLE table;

}  // namespace

EXPORT NTSTATUS NTAPI SpLsaModeInitialize(ULONG, PULONG version, PSECPKG_FUNCTION_TABLE* out, PULONG count) {
  table.Initialize = initialize;
  table.GetInfo = get_info;
  table.AcquireCredentialsHandle = acquire;
  table.InitLsaModeContext = initialize_context;
  table.DeleteContext = delete_context;
  add_surface(table);
#ifdef SURFACE_OLD
  *version = SECPKG_INTERFACE_VERSION;  // ends with SetExtendedInformation
#else
  *version = SECPKG_INTERFACE_VERSION_10;
#endif
  *out = &table;
  *count = 1;
  return STATUS_SUCCESS;
}
