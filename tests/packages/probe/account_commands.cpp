// Accounts and their names, as the authority's database has them; and what a package says of logons.
#include <cstring>

#include "probe.hpp"

namespace probe {
namespace {

TOKEN_SOURCE source_of() {
  TOKEN_SOURCE source{};
  std::memcpy(source.SourceName, "Probe", 5);
  return source;
}

void convert(Call& call, PUCHAR data, ULONG size) {
  WideText authority("PROBE");
  TOKEN_SOURCE source = source_of();
  HANDLE token = nullptr;
  LUID luid{};
  NTSTATUS sub_status = STATUS_SUCCESS;
  const NTSTATUS status = lsa->ConvertAuthDataToToken(data, size, SecurityImpersonation, &source, Network,
                                                      authority.get(), &token, &luid, nullptr, &sub_status);
  call.say_status("convert", status);
  call.say("luid", luid_text(luid));
  call.say_number("token", reinterpret_cast<ULONG_PTR>(token));
}

// sam-user NAME TYPE [PREFIX] [guest]: opened, its data fetched, expanded and made a token, and closed twice. A prefix
// of "-" is none.
void sam_user(Call& call, const Arguments& a) {
  WideText name(a[1]), prefix(a[3]);
  PVOID user = nullptr;
  NTSTATUS status = lsa->OpenSamUser(name.get(), static_cast<SECPKG_NAME_TYPE>(parse_number(a[2])),
                                     a[3].empty() || a[3] == "-" ? nullptr : prefix.get(), a[4] == "guest", 0, &user);
  call.say_status("open-user", status);
  call.say_number("user-given", user != nullptr);
  if (!NT_SUCCESS(status)) return;
  PUCHAR data = nullptr, expanded = nullptr;
  ULONG size = 0, expanded_size = 0;
  status = lsa->GetUserAuthData(user, &data, &size);
  call.say_status("user-data", status);
  if (NT_SUCCESS(status)) {
    status = lsa->ExpandAuthDataForDomain(data, size, nullptr, &expanded, &expanded_size);
    call.say_status("expand", status);
    call.say_number("expanded-larger", expanded_size > size);
    if (NT_SUCCESS(status)) convert(call, expanded, expanded_size);
    lsa->FreeLsaHeap(expanded);
    lsa->FreeLsaHeap(data);
  }
  call.say_status("close-user", lsa->CloseSamUser(user));
  call.say_status("close-user-again", lsa->CloseSamUser(user));
  call.say_status("data-after-close", lsa->GetUserAuthData(user, &data, &size));
}

// user-credentials: what Windows has not implemented either.
void user_credentials(Call& call, const Arguments&) {
  PVOID primary = nullptr, supplemental = nullptr;
  ULONG primary_size = 0, supplemental_size = 0;
  call.say_status("user-credentials",
                  lsa->GetUserCredentials(nullptr, &primary, &primary_size, &supplemental, &supplemental_size));
}

// crack OFFERED NAME REQUESTED
void crack(Call& call, const Arguments& a) {
  WideText name(a[2]);
  UNICODE_STRING cracked{}, domain{};
  ULONG sub_status = 0xffff;
  const NTSTATUS status = lsa->CrackSingleName(static_cast<ULONG>(parse_number(a[1])), FALSE, name.get(), nullptr,
                                               static_cast<ULONG>(parse_number(a[3])), &cracked, &domain, &sub_status);
  call.say_status("crack", status);
  call.say_number("crack-sub", sub_status);
  call.say("cracked", narrow(&cracked));
  call.say("cracked-domain", narrow(&domain));
  lsa->FreeLsaHeap(cracked.Buffer);
  lsa->FreeLsaHeap(domain.Buffer);
}

// audit-account CLIENT MAPPED
void audit_account(Call& call, const Arguments& a) {
  WideText source("the-probe"), client(a[1]), mapped(a[2]);
  call.say_status("audit-account",
                  lsa->AuditAccountLogon(17, TRUE, source.get(), client.get(), mapped.get(), STATUS_SUCCESS));
}

// audit-logon-ex ACCOUNT
void audit_logon_ex(Call& call, const Arguments& a) {
  WideText account(a[1]), authority("PROBE"), workstation("WS");
  TOKEN_SOURCE source = source_of();
  lsa->AuditLogonEx(STATUS_LOGON_FAILURE, STATUS_WRONG_PASSWORD, account.get(), authority.get(), workstation.get(),
                    nullptr, Network, SecurityDelegation, &source, nullptr);
  call.say("audit-logon-ex", a[1]);
}

// service-account NAME
void service_account(Call& call, const Arguments& a) {
  WideText name(a[1]);
  UNICODE_STRING current{}, previous{};
  call.say_status("service-account", lsa->GetServiceAccountPassword(name.get(), nullptr, CredFetchDefault, nullptr,
                                                                    &current, &previous, nullptr));
}

// protected-user TOKEN
void protected_user(Call& call, const Arguments& a) {
  BOOLEAN answer = 2;
  call.say_status("protected-user",
                  lsa->CheckProtectedUserByToken(reinterpret_cast<HANDLE>(parse_number(a[1])), &answer));
  call.say_number("is-protected", answer);
}

// duplicate-token TOKEN: into the client of this call.
void duplicate_token(Call& call, const Arguments& a) {
  HANDLE in_client = nullptr;
  call.say_status("duplicate-token",
                  lsa->DuplicateTokenHandle(reinterpret_cast<HANDLE>(parse_number(a[1])), &in_client));
  call.say_number("client-handle", reinterpret_cast<ULONG_PTR>(in_client));
}

}  // namespace

void add_account_commands(Commands& commands) {
  commands["sam-user"] = sam_user;
  commands["user-credentials"] = user_credentials;
  commands["crack"] = crack;
  commands["audit-account"] = audit_account;
  commands["audit-logon-ex"] = audit_logon_ex;
  commands["service-account"] = service_account;
  commands["protected-user"] = protected_user;
  commands["duplicate-token"] = duplicate_token;
}

}  // namespace probe
