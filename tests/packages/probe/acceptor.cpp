// AcceptLsaModeContext: session, token, and the token's place in the client, as the option a-user wants.
#include <csignal>
#include <cstring>
#include <stdexcept>

#include "sspi.hpp"

namespace probe {
namespace {

// The initiator's options travel in its token: the acceptor of a test package obeys its peer.
bool parse_token(const std::string& token, Context& context) {
  if (token.substr(0, 3) != "P1\n") return false;
  context.options = parse_options(token.substr(3));
  context.nonce = option(context.options, "nonce");
  return !context.nonce.empty();
}

NTSTATUS make_token(Context& context) {
  LUID luid{};
  AllocateLocallyUniqueId(&luid);
  NTSTATUS status = lsa->CreateLogonSession(&luid);
  if (!NT_SUCCESS(status)) {
    log_line("acceptor-refused " + hex_status(status));
    return status;
  }
  Options wanted = context.options;
  wanted["user"] = option(context.options, "a-user");
  LSA_TOKEN_INFORMATION_TYPE type{};
  PVOID information = nullptr;
  status = make_token_information(wanted, type, information);
  if (NT_SUCCESS(status)) {
    TOKEN_SOURCE source{};
    std::memcpy(source.SourceName, "Probe", 5);
    WideText account(wanted["user"]), authority("PROBE"), empty("");
    const auto level = static_cast<SECURITY_IMPERSONATION_LEVEL>(parse_number(option(context.options, "a-level", "2")));
    const auto logon_type =
        static_cast<SECURITY_LOGON_TYPE>(parse_number(option(context.options, "a-logon-type", "3")));
    NTSTATUS sub_status = 0;
    status = lsa->CreateToken(&luid, &source, logon_type, level, type, information, nullptr, account.get(),
                              authority.get(), empty.get(), empty.get(), &context.token, &sub_status);
    free_token_information(type, information);
  }
  log_line("acceptor-session " + luid_text(luid) + " " + hex_status(status));
  if (!NT_SUCCESS(status)) {
    lsa->DeleteLogonSession(&luid);
    return status;
  }
  context.user = option(context.options, "a-user");
  return lsa->DuplicateHandle(context.token, &context.client_token);
}

NTSTATUS finish(Context& context, PBOOLEAN mapped, PSecBuffer data, PULONG attributes) {
  if (option(context.options, "a-no-token") != "1" && !option(context.options, "a-user").empty()) {
    const NTSTATUS status = make_token(context);
    if (NT_SUCCESS(status)) log_line("duplicated " + std::to_string(reinterpret_cast<ULONG_PTR>(context.client_token)));
    const bool late = option(context.options, "a-late") == "1";
    // LSA mode needs its own handle no longer; the client's keeps the session.
    if (context.token != nullptr) CloseHandle(context.token);
    context.token = nullptr;
    if (!NT_SUCCESS(status)) return status;
    if (late) return SEC_E_LOGON_DENIED;
  }
  *attributes = ASC_RET_CONFIDENTIALITY | ASC_RET_INTEGRITY;
  map_context(context, mapped, data);
  return SEC_E_OK;
}

void misbehave(const Context& context) {
  Sleep(static_cast<DWORD>(parse_number(option(context.options, "a-sleep", "0"))));
  if (option(context.options, "a-crash") == "1") std::raise(SIGKILL);
  if (option(context.options, "a-throw") == "1") throw std::runtime_error("the probe was told to throw");
}

}  // namespace

NTSTATUS NTAPI accept_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, PSecBufferDesc input,
                              ULONG requirements, ULONG, PLSA_SEC_HANDLE new_context, PSecBufferDesc output,
                              PULONG attributes, PTimeStamp expiry, PBOOLEAN mapped, PSecBuffer data) {
  log_line("AcceptLsaModeContext leg=" + std::to_string(handle == 0 ? 1 : 2) + call_attributes_text());
  expiry->QuadPart = 0x7fffffffffffffff;
  const std::string token = token_text(input);
  if (handle != 0) {
    Context* context = context_of(handle);
    if (context == nullptr) return SEC_E_INVALID_HANDLE;
    *new_context = handle;
    if (token != "P3\n") return SEC_E_INVALID_TOKEN;
    // A leg without a token says so: an application sends what cbBuffer counts.
    if (const NTSTATUS status = give_token(output, requirements & ASC_REQ_ALLOCATE_MEMORY, ""); !NT_SUCCESS(status))
      return status;
    return finish(*context, mapped, data, attributes);
  }
  const Credential* mine = credential_of(credential);
  if (mine == nullptr) return SEC_E_INVALID_HANDLE;
  if ((mine->use & SECPKG_CRED_INBOUND) == 0) return SEC_E_NO_CREDENTIALS;
  Context context;
  context.package = mine->package;
  if (!parse_token(token, context)) return SEC_E_INVALID_TOKEN;
  misbehave(context);
  run_options(context, "a-run");
  if (const NTSTATUS status = status_option(context, "a-status"); !NT_SUCCESS(status)) return status;
  std::string answer = "P2\n";
  for (const std::string& name : context.call.order) answer += name + "=" + context.call.answers[name] + "\n";
  answer += std::string(parse_number(option(context.options, "a-pad", "0")), '.');
  if (const NTSTATUS status = give_token(output, requirements & ASC_REQ_ALLOCATE_MEMORY, answer); !NT_SUCCESS(status))
    return status;
  NTSTATUS status = SEC_I_CONTINUE_NEEDED;
  if (option(context.options, "legs") != "3") status = finish(context, mapped, data, attributes);
  if (NT_SUCCESS(status)) *new_context = keep(std::move(context));
  return status;
}

}  // namespace probe
