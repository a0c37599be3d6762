#include "client/negotiate/negotiate_context.hpp"

#include "client/negotiate/acceptor.hpp"
#include "client/negotiate/initiator.hpp"

namespace openlsa::client::negotiate {
namespace {

ULONG number_of(Progress progress) {
  switch (progress) {
    case Progress::optimistic:
      return SECPKG_NEGOTIATION_OPTIMISTIC;
    case Progress::direct:
      return SECPKG_NEGOTIATION_DIRECT;
    case Progress::complete:
      return SECPKG_NEGOTIATION_COMPLETE;
    default:
      return SECPKG_NEGOTIATION_IN_PROGRESS;
  }
}

}  // namespace

Context::Context(std::shared_ptr<const Credential> credential, bool inbound)
    : credential_(std::move(credential)), inbound_(inbound) {
  SecInvalidateHandle(&imported_);
  if (inbound_)
    negotiation_ = std::make_unique<Acceptor>(credential_->offers(), *this, credential_->ntlm());
  else
    negotiation_ = std::make_unique<Initiator>(credential_->offers(), *this);
}

Context::Context(Candidate candidate, const CtxtHandle& imported)
    : inbound_(false),
      imported_(imported),
      finished_(&imported_),
      state_(State{SECPKG_NEGOTIATION_COMPLETE, std::move(candidate.package)}) {}

Context::~Context() {
  if (SecIsValidHandle(&imported_)) DeleteSecurityContext(&imported_);
}

std::unique_ptr<Mechanism> Context::start(std::size_t candidate) {
  auto mechanism = std::make_unique<SspiMechanism>(credential_, candidate, arguments_);
  mechanism_ = mechanism.get();
  return mechanism;
}

Turn Context::leg(LegArguments& arguments, base::ByteView token) {
  if (!negotiation_ || arguments.inbound != inbound_) return {SEC_E_INVALID_HANDLE, {}};
  {
    const base::MutexLock lock(mutex_);
    if (in_leg_) return {SEC_E_OUT_OF_SEQUENCE, {}};
    in_leg_ = true;
  }
  // A leg that only ends the negotiation does not reach the mechanism: what that said last still holds.
  arguments.attributes = attributes_;
  arguments.expiry = expiry_;
  arguments_ = &arguments;
  Turn turn = negotiation_->step(token);
  arguments_ = nullptr;
  attributes_ = arguments.attributes;
  expiry_ = arguments.expiry;
  if (turn.status == SEC_E_OK) finished_.store(mechanism_->context(), std::memory_order_release);
  const base::MutexLock lock(mutex_);
  in_leg_ = false;
  note_progress();
  return turn;
}

void Context::note_progress() {
  const auto candidate = negotiation_->candidate();
  if (!candidate) return;
  state_ = State{number_of(negotiation_->progress()), credential_->mechanisms[*candidate]->candidate.package};
}

std::optional<Context::State> Context::state() {
  const base::MutexLock lock(mutex_);
  return state_;
}

}  // namespace openlsa::client::negotiate
