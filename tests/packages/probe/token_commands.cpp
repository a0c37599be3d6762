// Tokens that the package makes, opens, hands over, and acts as.
#include <cstring>

#include "probe.hpp"

namespace probe {
namespace {

HANDLE handle_of(const std::string& text) { return reinterpret_cast<HANDLE>(parse_number(text)); }

void say_handle(Call& call, const std::string& name, HANDLE handle) {
  call.say_number(name, reinterpret_cast<ULONG_PTR>(handle));
}

TOKEN_SOURCE source_of() {
  TOKEN_SOURCE source{};
  std::memcpy(source.SourceName, "Probe", 5);
  return source;
}

// create-token LUID USER LOGON-TYPE LEVEL [key=value,...]; USER "none" gives LSA_TOKEN_INFORMATION_NULL.
void create_token(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  Options options;
  for (const std::string& pair : split(a[5], ','))
    if (const std::size_t equals = pair.find('='); equals != std::string::npos)
      options[pair.substr(0, equals)] = pair.substr(equals + 1);
  options["user"] = a[2];
  if (a[2] == "none") options["type"] = "null";
  LSA_TOKEN_INFORMATION_TYPE type{};
  PVOID information = nullptr;
  NTSTATUS status = make_token_information(options, type, information);
  call.say_status("token-information", status);
  if (!NT_SUCCESS(status)) return;
  WideText account(a[2]), authority("PROBE"), workstation("WS"), profile("");
  TOKEN_SOURCE source = source_of();
  HANDLE token = nullptr;
  NTSTATUS sub_status = STATUS_SUCCESS;
  const auto logon_type = static_cast<SECURITY_LOGON_TYPE>(a[3].empty() ? 3 : parse_number(a[3]));
  const auto level = static_cast<SECURITY_IMPERSONATION_LEVEL>(a[4].empty() ? 2 : parse_number(a[4]));
  if (option(options, "ex") == "1") {
    SECPKG_PRIMARY_CRED primary{};
    primary.LogonId = luid;
    primary.DownlevelName = *account.get();
    primary.DomainName = *authority.get();
    status = lsa->CreateTokenEx(&luid, &source, logon_type, level, type, information, nullptr, workstation.get(),
                                profile.get(), &primary, SecSessionPrimaryCred, &token, &sub_status);
  } else {
    status = lsa->CreateToken(&luid, &source, logon_type, level, type, information, nullptr, account.get(),
                              authority.get(), workstation.get(), profile.get(), &token, &sub_status);
  }
  free_token_information(type, information);
  call.say_status("create-token", status);
  call.say_status("create-token-sub", sub_status);
  say_handle(call, "token", token);
}

void open_token(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  HANDLE token = nullptr;
  call.say_status("open-token", lsa->OpenTokenByLogonId(&luid, &token));
  say_handle(call, "token", token);
}

void close(Call& call, const Arguments& a) { call.say_number("close", CloseHandle(handle_of(a[1])) != FALSE); }

// duplicate HANDLE: into the client of this call.
void duplicate(Call& call, const Arguments& a) {
  HANDLE in_client = nullptr;
  call.say_status("duplicate", lsa->DuplicateHandle(handle_of(a[1]), &in_client));
  say_handle(call, "client-handle", in_client);
}

void token_user(Call& call, const Arguments& a) {
  UCHAR buffer[128];
  DWORD needed = 0;
  const BOOL read = GetTokenInformation(handle_of(a[1]), TokenUser, buffer, sizeof buffer, &needed);
  call.say("token-user", read ? sid_text(reinterpret_cast<TOKEN_USER*>(buffer)->User.Sid) : "none");
  TOKEN_STATISTICS statistics{};
  if (GetTokenInformation(handle_of(a[1]), TokenStatistics, &statistics, sizeof statistics, &needed))
    call.say("token-logon-id", luid_text(statistics.AuthenticationId));
}

// impersonate: ImpersonateClient sets the thread's token; the probe reverts, `stay` leaves that to the host.
void impersonate(Call& call, const Arguments& a) {
  const NTSTATUS status = lsa->ImpersonateClient();
  call.say_status("impersonate", status);
  if (!NT_SUCCESS(status)) return;
  HANDLE token = nullptr;
  const BOOL opened = OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token);
  call.say_number("thread-token", opened != FALSE);
  if (opened) {
    UCHAR buffer[128];
    DWORD needed = 0;
    if (GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &needed))
      call.say("thread-user", sid_text(reinterpret_cast<TOKEN_USER*>(buffer)->User.Sid));
    CloseHandle(token);
  }
  if (a[1] == "stay") return;
  call.say_number("revert", RevertToSelf() != FALSE);
}

void thread_token(Call& call, const Arguments&) {
  HANDLE token = nullptr;
  const BOOL opened = OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token);
  call.say_number("thread-token", opened != FALSE);
  if (opened) CloseHandle(token);
}

// auth-data NAME NAME-TYPE, and what ConvertAuthDataToToken makes of it; `spoil` flips a byte of the blob first.
void auth_data(Call& call, const Arguments& a) {
  WideText name(a[1]);
  PUCHAR data = nullptr;
  ULONG size = 0;
  UNICODE_STRING flat{};
  const auto type = static_cast<SECPKG_NAME_TYPE>(parse_number(a[2]));
  NTSTATUS status = lsa->GetAuthDataForUser(name.get(), type, nullptr, &data, &size, &flat);
  call.say_status("auth-data", status);
  if (!NT_SUCCESS(status)) return;
  call.say("flat-name", narrow(&flat));
  lsa->FreeLsaHeap(flat.Buffer);
  PUCHAR again = nullptr;
  ULONG size_again = 0;
  call.say_status("without-flat-name",
                  lsa->GetAuthDataForUser(name.get(), type, nullptr, &again, &size_again, nullptr));
  lsa->FreeLsaHeap(again);
  if (a[3] == "spoil" && size > 0) data[size / 2] ^= 1;
  WideText authority("PROBE");
  TOKEN_SOURCE source = source_of();
  HANDLE token = nullptr;
  LUID luid{};
  UNICODE_STRING account{};
  NTSTATUS sub_status = STATUS_SUCCESS;
  status = lsa->ConvertAuthDataToToken(data, size, SecurityImpersonation, &source, Network, authority.get(), &token,
                                       &luid, &account, &sub_status);
  lsa->FreeLsaHeap(data);
  call.say_status("convert", status);
  if (!NT_SUCCESS(status)) return;
  call.say("converted-account", narrow(&account));
  lsa->FreeLsaHeap(account.Buffer);
  call.say("luid", luid_text(luid));
  say_handle(call, "token", token);
}

// audit-logon ACCOUNT
void audit_logon(Call& call, const Arguments& a) {
  WideText account(a[1]), authority("PROBE"), workstation("WS");
  TOKEN_SOURCE source = source_of();
  LUID luid{};
  lsa->AuditLogon(STATUS_LOGON_FAILURE, STATUS_WRONG_PASSWORD, account.get(), authority.get(), workstation.get(),
                  nullptr, Network, &source, &luid);
  call.say("audit-logon", a[1]);
}

}  // namespace

void add_token_commands(Commands& commands) {
  commands["create-token"] = create_token;
  commands["open-token"] = open_token;
  commands["close"] = close;
  commands["duplicate"] = duplicate;
  commands["token-user"] = token_user;
  commands["impersonate"] = impersonate;
  commands["thread-token"] = thread_token;
  commands["auth-data"] = auth_data;
  commands["audit-logon"] = audit_logon;
}

}  // namespace probe
