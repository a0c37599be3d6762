// The probe's handshake, in text. The target name is the initiator's script; parts are separated by '&'.
//
//   token 1 (initiator)   "P1\n" nonce and all options of the target name
//   token 2 (acceptor)    "P2\n" the status of the acceptor's own side
//   token 3 (initiator)   "P3\n", only with legs=3
//
// Options: i1-status, i2-status, a-status (fail that leg); a-late=1 (the acceptor fails after DuplicateHandle);
// a-user, a-level, a-logon-type (the acceptor makes a token); a-no-token=1; i-run, a-run (commands, ';' and '_');
// i-pad, a-pad (bytes to add to the token); complete=1 (SEC_I_COMPLETE_NEEDED); legs=3; a-sleep, a-crash, a-throw.
#pragma once

#include "probe.hpp"

namespace probe {

struct Credential {
  unsigned package = 0;
  std::string principal;
  std::string identity;  // user\domain\password of a SEC_WINNT_AUTH_IDENTITY, or empty
  ULONG use = 0;
  LUID logon_id{};
  LUID caller{};
};

struct Context {
  unsigned package = 0;
  bool initiator = false;
  unsigned leg = 0;
  Options options;
  std::string nonce;
  std::string user;        // whom the acceptor's token names
  HANDLE token = nullptr;  // in LSA mode
  HANDLE client_token = nullptr;
  Call call;  // what i-run and a-run answered
};

Credential* credential_of(LSA_SEC_HANDLE handle);
Context* context_of(LSA_SEC_HANDLE handle);
LSA_SEC_HANDLE keep(Context context);
bool forget_context(LSA_SEC_HANDLE handle);
LSA_SEC_HANDLE keep(Credential credential);
bool forget_credential(LSA_SEC_HANDLE handle);

// The parts of one leg that both sides share (leg.cpp).
std::string token_text(PSecBufferDesc buffers);
NTSTATUS give_token(PSecBufferDesc buffers, ULONG allocate, const std::string& token);
void map_context(const Context& context, PBOOLEAN mapped, PSecBuffer data);
void run_options(Context& context, const std::string& name);
NTSTATUS status_option(const Context& context, const std::string& name);

NTSTATUS NTAPI initialize_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, PUNICODE_STRING target,
                                  ULONG requirements, ULONG data_representation, PSecBufferDesc input,
                                  PLSA_SEC_HANDLE new_context, PSecBufferDesc output, PULONG attributes,
                                  PTimeStamp expiry, PBOOLEAN mapped, PSecBuffer data);
NTSTATUS NTAPI accept_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, PSecBufferDesc input,
                              ULONG requirements, ULONG data_representation, PLSA_SEC_HANDLE new_context,
                              PSecBufferDesc output, PULONG attributes, PTimeStamp expiry, PBOOLEAN mapped,
                              PSecBuffer data);

// attributes.cpp
NTSTATUS NTAPI query_context(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer);
NTSTATUS NTAPI query_credential(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer);

}  // namespace probe
