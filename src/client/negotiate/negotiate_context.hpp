// A context of Negotiate: the negotiation, and after it the mechanism's context, to which every call goes.
#pragma once

#include "client/negotiate/negotiation.hpp"
#include "client/negotiate/sspi_mechanism.hpp"

namespace openlsa::client::negotiate {

class Context final : public MechanismSource {
 public:
  static constexpr std::uint8_t handle_kind = 0x79;

  Context(std::shared_ptr<const Credential> credential, bool inbound);
  // Of a mechanism's context that ImportSecurityContext made.
  Context(Candidate candidate, const CtxtHandle& imported);
  ~Context() override;

  // One leg; a second thread's at the same time is out of sequence. Of the same direction as the first.
  Turn leg(LegArguments& arguments, base::ByteView token) OPENLSA_EXCLUDES(mutex_);

  // The mechanism's context once the negotiation is over; nullptr before.
  PCtxtHandle finished() { return finished_.load(std::memory_order_acquire); }

  struct State {
    ULONG state;  // SECPKG_NEGOTIATION_...
    seam::PackageInfo package;
  };
  // Nothing before there is a mechanism.
  std::optional<State> state() OPENLSA_EXCLUDES(mutex_);

  std::unique_ptr<Mechanism> start(std::size_t candidate) override;  // for the negotiation

 private:
  void note_progress() OPENLSA_REQUIRES(mutex_);

  const std::shared_ptr<const Credential> credential_;
  const bool inbound_;
  LegArguments* arguments_ = nullptr;  // of the leg that runs
  ULONG attributes_ = 0;               // of the mechanism's last leg
  TimeStamp expiry_{};
  SspiMechanism* mechanism_ = nullptr;  // the last that was started
  std::unique_ptr<Negotiation> negotiation_;
  CtxtHandle imported_;
  std::atomic<PCtxtHandle> finished_{nullptr};

  base::Mutex mutex_;
  bool in_leg_ OPENLSA_GUARDED_BY(mutex_) = false;
  std::optional<State> state_ OPENLSA_GUARDED_BY(mutex_);
};
using ContextTable = HandleTable<Context>;

}  // namespace openlsa::client::negotiate
