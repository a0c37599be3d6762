#include "client/sasl/sasl_layer.hpp"

#include <algorithm>
#include <cstring>

#include "client/memory/client_buffers.hpp"
#include "client/sasl/sasl_cookie.hpp"

namespace openlsa::client {
namespace {

// The flags of the two sides differ in value.
struct Flags {
  ULONG integrity;
  ULONG confidentiality;
};
constexpr Flags outbound_flags{ISC_RET_INTEGRITY, ISC_RET_CONFIDENTIALITY};
constexpr Flags inbound_flags{ASC_RET_INTEGRITY, ASC_RET_CONFIDENTIALITY};
static_assert(ULONG{ISC_REQ_INTEGRITY} == ISC_RET_INTEGRITY && ULONG{ASC_REQ_INTEGRITY} == ASC_RET_INTEGRITY);
static_assert(ULONG{ISC_REQ_CONFIDENTIALITY} == ISC_RET_CONFIDENTIALITY &&
              ULONG{ASC_REQ_CONFIDENTIALITY} == ASC_RET_CONFIDENTIALITY);

const Flags& flags_of(const SaslLeg& leg) { return leg.inbound ? inbound_flags : outbound_flags; }

// What the mechanism's context can do and the caller did not rule out: who requires a protection accepts no less.
std::uint8_t acceptable_layers(const SaslStep& step) {
  const Flags& flags = flags_of(step.leg);
  const ULONG required = step.sasl.state->required;
  std::uint8_t layers = sasl_no_layer;
  if ((step.sasl.state->attributes & flags.integrity) != 0) layers |= sasl_integrity;
  if ((step.sasl.state->attributes & flags.confidentiality) != 0) layers |= sasl_privacy;
  if ((required & flags.confidentiality) != 0) return layers & sasl_privacy;
  if ((required & flags.integrity) != 0) return layers & (sasl_integrity | sasl_privacy);
  return layers;
}

nt::Status fail(const SaslStep& step, nt::Status status) {
  step.next = SaslPhase::failed;
  return status;
}

bool allocates(const SaslStep& step) { return (step.leg.requirements & ISC_REQ_ALLOCATE_MEMORY) != 0; }

// The state stays as it is, so that the caller can come again with more room.
bool has_room(const SaslStep& step, const SecPkgContext_Sizes& sizes, std::size_t message_bytes) {
  const std::size_t needed = protected_size(sizes, message_bytes);
  if (allocates(step) || (step.leg.room.pvBuffer != nullptr && needed <= step.leg.room.cbBuffer)) return true;
  *step.leg.token = {static_cast<ULONG>(needed), SECBUFFER_TOKEN, step.leg.room.pvBuffer};
  return false;
}

nt::Status put(const SaslStep& step, base::ByteView token) {
  void* place = step.leg.room.pvBuffer;
  if (allocates(step)) place = allocate_buffer(token.size(), FreedBy::free_context_buffer);
  if (place == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  if (!allocates(step) && token.size() > step.leg.room.cbBuffer) return SEC_E_BUFFER_TOO_SMALL;
  std::memcpy(place, token.data(), token.size());
  *step.leg.token = {static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, place};
  return SEC_E_OK;
}

nt::Status send(const SaslStep& step, const SecPkgContext_Sizes& sizes, const SaslCookie& cookie) {
  base::Bytes token;
  const nt::Status status = protect(step.handle, *step.sasl.package, sizes, encode(cookie), token);
  return nt::succeeded(status) ? put(step, token) : status;
}

nt::Status receive(const SaslStep& step, SaslCookie& cookie) {
  const base::ByteView token = token_bytes(step.leg.input);
  base::Bytes message;
  if (token.empty()) return SEC_E_INVALID_TOKEN;
  if (const nt::Status status = unprotect(step.handle, *step.sasl.package, token, message); status != SEC_E_OK)
    return status;
  return decode(message, cookie) ? nt::Status{SEC_E_OK} : nt::Status{SEC_E_INVALID_TOKEN};
}

ULONG own_size(const SaslOptions& options, std::uint8_t layers) {
  return layers == sasl_no_layer ? 0 : std::min(options.receive_size, max_sasl_size);
}

// SASL_OPTION_SEND_SIZE is what fits into the peer's buffer "minus the block size, the trailer size, and the maximum
// signature size". Nothing when no byte does.
std::optional<ULONG> data_size(const SaslOptions& options, const SecPkgContext_Sizes& sizes, std::uint8_t layer,
                               ULONG peer_size) {
  if (layer == sasl_no_layer) return options.send_size;
  const std::uint64_t overhead = std::uint64_t{sizes.cbBlockSize} + sizes.cbSecurityTrailer + sizes.cbMaxSignature;
  if (peer_size <= overhead) return std::nullopt;
  return std::min(options.send_size, static_cast<ULONG>(peer_size - overhead));
}

// The caller hears which protection was agreed on, not which was possible.
void finish(const SaslStep& step, std::uint8_t layer) {
  const Flags& flags = flags_of(step.leg);
  ULONG& attributes = step.sasl.state->attributes;
  if (layer != sasl_privacy) attributes &= ~flags.confidentiality;
  if (layer == sasl_no_layer) attributes &= ~flags.integrity;
  step.next = SaslPhase::done;
}

std::uint8_t weakest(std::uint8_t layers) { return static_cast<std::uint8_t>(layers & -layers); }

}  // namespace

void add_requirements(SaslState& state, const SaslLeg& leg) {
  const Flags& flags = flags_of(leg);
  state.required |= leg.requirements & (flags.integrity | flags.confidentiality);
}

nt::Status send_offer(const SaslStep& step) {
  SecPkgContext_Sizes sizes{};
  const nt::Status asked = QueryContextAttributesW(step.handle, SECPKG_ATTR_SIZES, &sizes);
  if (!nt::succeeded(asked)) return fail(step, asked);
  const std::uint8_t layers = acceptable_layers(step);
  if (layers == 0) return fail(step, SEC_E_QOP_NOT_SUPPORTED);
  const SaslCookie cookie{layers, own_size(step.sasl.state->options(), layers), {}};
  if (!has_room(step, sizes, 4)) return SEC_E_BUFFER_TOO_SMALL;
  if (const nt::Status status = send(step, sizes, cookie); status != SEC_E_OK) return fail(step, status);
  step.sasl.state->offered = layers;
  step.next = SaslPhase::await_choice;
  return SEC_I_CONTINUE_NEEDED;
}

nt::Status read_choice(const SaslStep& step) {
  SecPkgContext_Sizes sizes{};
  const nt::Status asked = QueryContextAttributesW(step.handle, SECPKG_ATTR_SIZES, &sizes);
  if (!nt::succeeded(asked)) return fail(step, asked);
  SaslCookie choice;
  if (const nt::Status status = receive(step, choice); status != SEC_E_OK) return fail(step, status);
  const bool one = choice.layers != 0 && weakest(choice.layers) == choice.layers;
  if (!one || (choice.layers & step.sasl.state->offered) == 0 ||
      (choice.layers == sasl_no_layer && choice.size_bytes != 0))
    return fail(step, SEC_E_INVALID_TOKEN);
  const SaslOptions options = step.sasl.state->options();
  if (!choice.authorization_id.empty() && options.authorization == Sasl_AuthZIDForbidden)
    return fail(step, SEC_E_ALGORITHM_MISMATCH);
  const auto send_size = data_size(options, sizes, choice.layers, choice.size_bytes);
  if (!send_size) return fail(step, SEC_E_QOP_NOT_SUPPORTED);
  step.sasl.state->set_peer(*send_size, choice.authorization_id, true);
  step.leg.token->cbBuffer = 0;
  if (allocates(step)) step.leg.token->pvBuffer = nullptr;
  finish(step, choice.layers);
  return SEC_E_OK;
}

nt::Status answer_offer(const SaslStep& step) {
  SecPkgContext_Sizes sizes{};
  const nt::Status asked = QueryContextAttributesW(step.handle, SECPKG_ATTR_SIZES, &sizes);
  if (!nt::succeeded(asked)) return fail(step, asked);
  SaslOptions options = step.sasl.state->options();
  if (!options.authorization_id.empty() && options.authorization == Sasl_AuthZIDForbidden)
    return SEC_E_ALGORITHM_MISMATCH;
  if (!has_room(step, sizes, 4 + options.authorization_id.size())) return SEC_E_BUFFER_TOO_SMALL;
  SaslCookie offer;
  if (const nt::Status status = receive(step, offer); status != SEC_E_OK) return fail(step, status);
  constexpr std::uint8_t known = sasl_no_layer | sasl_integrity | sasl_privacy;
  if (!offer.authorization_id.empty() || (offer.layers & known) == 0 ||
      ((offer.layers & known) == sasl_no_layer && offer.size_bytes != 0))
    return fail(step, SEC_E_INVALID_TOKEN);
  const std::uint8_t layer = weakest(offer.layers & acceptable_layers(step));
  if (layer == 0) return fail(step, SEC_E_QOP_NOT_SUPPORTED);
  const auto send_size = data_size(options, sizes, layer, offer.size_bytes);
  if (!send_size) return fail(step, SEC_E_QOP_NOT_SUPPORTED);
  const SaslCookie choice{layer, own_size(options, layer), std::move(options.authorization_id)};
  if (const nt::Status status = send(step, sizes, choice); status != SEC_E_OK) return fail(step, status);
  step.sasl.state->set_peer(*send_size, {}, false);
  finish(step, layer);
  return SEC_E_OK;
}

}  // namespace openlsa::client
