// Security contexts in the making, and what the two entry points share.
#pragma once

#include <variant>

#include "common/packed_context.hpp"
#include "lsa_mode/buffers.hpp"
#include "lsa_mode/credentials.hpp"
#include "lsa_mode/own_challenges.hpp"
#include "ntlm/acceptor.hpp"

namespace msv1_0 {

struct Context {
  std::mutex mutex;  // held through a leg; two legs of one context never run at once
  std::variant<std::monostate, Initiator, Acceptor> handshake;
  std::shared_ptr<Credential> credential;
  OwnName own;                            // initiator
  std::u16string target;                  // initiator
  std::optional<OwnChallenge> challenge;  // acceptor
  std::uint32_t requirements = 0;         // of the first leg
  std::uint64_t started = 0;              // FILETIME
};

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
    expiration->QuadPart = never_expires;
    *mapped = FALSE;
    *context_data = {};
  }
};

std::uint64_t now_as_file_time();
// Random bytes for a leg, and the time. False when the kernel gives none.
bool fill_inputs(LegInputs& inputs);

LSA_SEC_HANDLE add_context(Package& package, std::shared_ptr<Context> context);
std::shared_ptr<Context> find_context(Package& package, LSA_SEC_HANDLE handle);

// The administrator's policy for one side.
Policy ntlm_policy(const Package& package, Sender side);

// Writes the hand-over to the user mode.
void map_context(const Package& package, const PackedContext& packed, const Session& session, const LegOutput& output);

}  // namespace msv1_0
