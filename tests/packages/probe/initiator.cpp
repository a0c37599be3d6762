// InitLsaModeContext.
#include <fcntl.h>
#include <unistd.h>
#include <csignal>

#include "sspi.hpp"

namespace probe {
namespace {

std::string random_nonce() {
  unsigned char bytes[16] = {};
  const int file = ::open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    static_cast<void>(!::read(file, bytes, sizeof bytes));
    ::close(file);
  }
  return hex({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

Options options_of(PUNICODE_STRING target) {
  std::string text = narrow(target);
  for (char& c : text) c = c == '&' ? '\n' : c;
  return parse_options(text);
}

NTSTATUS first_leg(const Credential& credential, PUNICODE_STRING target, ULONG requirements,
                   PLSA_SEC_HANDLE new_context, PSecBufferDesc output) {
  Context context;
  context.package = credential.package;
  context.initiator = true;
  context.leg = 1;
  context.options = options_of(target);
  context.nonce = random_nonce();
  run_options(context, "i-run");
  if (const NTSTATUS status = status_option(context, "i1-status"); !NT_SUCCESS(status)) return status;
  std::string token = "P1\nnonce=" + context.nonce + "\n";
  for (const auto& [name, value] : context.options) token += name + "=" + value + "\n";
  token += std::string(parse_number(option(context.options, "i-pad", "0")), '.');
  if (const NTSTATUS status = give_token(output, requirements & ISC_REQ_ALLOCATE_MEMORY, token); !NT_SUCCESS(status))
    return status;
  *new_context = keep(std::move(context));
  return SEC_I_CONTINUE_NEEDED;
}

NTSTATUS second_leg(Context& context, const std::string& token, ULONG requirements, PSecBufferDesc output,
                    PULONG attributes, PBOOLEAN mapped, PSecBuffer data) {
  if (token.substr(0, 3) != "P2\n") return SEC_E_INVALID_TOKEN;
  if (context.leg != 1) return SEC_E_OUT_OF_SEQUENCE;
  run_options(context, "i-run");
  if (const NTSTATUS status = status_option(context, "i2-status"); !NT_SUCCESS(status)) return status;
  const bool three = option(context.options, "legs") == "3";
  if (const NTSTATUS status = give_token(output, requirements & ISC_REQ_ALLOCATE_MEMORY, three ? "P3\n" : "");
      !NT_SUCCESS(status))
    return status;
  context.leg = 2;
  *attributes = ISC_RET_CONFIDENTIALITY | ISC_RET_INTEGRITY | (requirements & ISC_REQ_MUTUAL_AUTH);
  map_context(context, mapped, data);
  return option(context.options, "complete") == "1" ? SEC_I_COMPLETE_NEEDED : SEC_E_OK;
}

}  // namespace

NTSTATUS NTAPI initialize_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, PUNICODE_STRING target,
                                  ULONG requirements, ULONG, PSecBufferDesc input, PLSA_SEC_HANDLE new_context,
                                  PSecBufferDesc output, PULONG attributes, PTimeStamp expiry, PBOOLEAN mapped,
                                  PSecBuffer data) {
  log_line("InitLsaModeContext leg=" + std::to_string(handle == 0 ? 1 : 2) + call_attributes_text());
  expiry->QuadPart = 0x7fffffffffffffff;
  if (handle == 0) {
    const Credential* mine = credential_of(credential);
    if (mine == nullptr) return SEC_E_INVALID_HANDLE;
    if ((mine->use & SECPKG_CRED_OUTBOUND) == 0) return SEC_E_NO_CREDENTIALS;
    return first_leg(*mine, target, requirements, new_context, output);
  }
  Context* context = context_of(handle);
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  *new_context = handle;
  return second_leg(*context, token_text(input), requirements, output, attributes, mapped, data);
}

}  // namespace probe
