// Security contexts: the two entry points, one file each, and what they share.
#pragma once

#include "lsa_mode/buffers.hpp"
#include "protocol/packed_context.hpp"

namespace sshkey {

NTSTATUS NTAPI init_lsa_mode_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, PUNICODE_STRING target,
                                     ULONG requirements, ULONG data_representation, PSecBufferDesc input,
                                     PLSA_SEC_HANDLE new_context, PSecBufferDesc output, PULONG attributes,
                                     PTimeStamp expiration, PBOOLEAN mapped, PSecBuffer context_data) noexcept;
NTSTATUS NTAPI accept_lsa_mode_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, PSecBufferDesc input,
                                       ULONG requirements, ULONG data_representation, PLSA_SEC_HANDLE new_context,
                                       PSecBufferDesc output, PULONG attributes, PTimeStamp expiration, PBOOLEAN mapped,
                                       PSecBuffer context_data) noexcept;
NTSTATUS NTAPI delete_context(LSA_SEC_HANDLE context) noexcept;

// What the leg gives back besides its token.
struct LegOutput {
  PLSA_SEC_HANDLE new_context;
  PSecBufferDesc buffers;
  PULONG attributes;
  PTimeStamp expiration;
  PBOOLEAN mapped;
  PSecBuffer context_data;

  void clear() const {
    *attributes = 0;
    *expiration = {};
    *mapped = FALSE;
    *context_data = {};
  }
};

// The second leg is the last, whatever it brings: the keys of the handshake go with it. Its mutex is held.
class EndOfHandshake {
 public:
  explicit EndOfHandshake(Context& context) : context_(context) {}
  EndOfHandshake(const EndOfHandshake&) = delete;
  EndOfHandshake& operator=(const EndOfHandshake&) = delete;
  ~EndOfHandshake() { context_.handshake = std::monostate{}; }

 private:
  Context& context_;
};

// The handle's key, for one direction; SEC_E_INVALID_HANDLE or SEC_E_NO_CREDENTIALS otherwise.
struct LegCredential {
  std::uint64_t logon_id = 0;
  std::shared_ptr<const Credential> credential;
};
std::expected<LegCredential, NTSTATUS> credential_of_leg(Package& package, LSA_SEC_HANDLE handle, Role role);

// Names a new context. SEC_E_NO_CREDENTIALS when its session ended while the leg ran.
NTSTATUS add_context(Package& package, std::shared_ptr<Context> context, LSA_SEC_HANDLE& handle);
// Null for a handle that names no context of this role.
std::shared_ptr<Context> find_context(Package& package, LSA_SEC_HANDLE handle, Role role);

// Everything but role-specific members of a finished handshake's hand-over, written to `output` with its attributes and
// expiry.
NTSTATUS map_context(const Package& package, const Context& context, const Finished& finished, std::uint32_t attributes,
                     HANDLE token, const LegOutput& output);

}  // namespace sshkey
