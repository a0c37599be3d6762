// A mechanism that is a security package, driven through this library's own public functions: one direct leg to its
// host, as if the application had chosen it itself.
#pragma once

#include <openlsa/sspi.h>

#include "client/negotiate/negotiate_credential.hpp"

namespace openlsa::client::negotiate {

// What the application gave for this leg, and what the mechanism says of it.
struct LegArguments {
  bool inbound = false;
  SEC_WCHAR* target = nullptr;
  ULONG requirements = 0;
  ULONG data_representation = 0;
  PSecBufferDesc input = nullptr;  // everything but the token is for the mechanism, channel bindings above all
  ULONG attributes = 0;
  TimeStamp expiry{};
};

class SspiMechanism final : public Mechanism {
 public:
  // `arguments` is the pointer to those of the leg that runs.
  SspiMechanism(std::shared_ptr<const Credential> credential, std::size_t candidate, LegArguments* const& arguments);
  ~SspiMechanism() override;

  Leg step(base::ByteView token) override;
  bool has_integrity() const override { return integrity_; }
  nt::Status make_mic(base::ByteView mechanism_list, base::Bytes& mic) override;
  nt::Status verify_mic(base::ByteView mechanism_list, base::ByteView mic) override;

  // Valid from the first successful leg on.
  PCtxtHandle context() { return &context_; }

 private:
  nt::Status call(PSecBufferDesc input, PSecBufferDesc output);
  nt::Status complete(nt::Status status, PSecBufferDesc output);
  void reset_keys(bool verified);

  const std::shared_ptr<const Credential> credential_;
  MechanismCredential& mechanism_;
  LegArguments* const& arguments_;
  CtxtHandle context_{};
  bool exists_ = false;
  bool integrity_ = false;
};

}  // namespace openlsa::client::negotiate
