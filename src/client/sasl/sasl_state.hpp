// What SASL adds to a security context: the security layer's negotiation after the mechanism (RFC 4752, section 3), and
// the options. It lives with the context's handle.
#pragma once

#include <openlsa/sspi.h>

#include <utility>

#include "base/bytes.hpp"
#include "base/mutex.hpp"

namespace openlsa::client {

// `none`: a context that the Sasl functions did not make. The mechanism's own legs come first; then the server sends
// what it offers, and the client what it chose.
enum class SaslPhase : std::uint8_t { none, mechanism, offer, await_offer, await_choice, done, failed };

inline constexpr ULONG default_sasl_size = 0xffff;  // SaslSetContextOption, SASL_OPTION_SEND_SIZE and _RECV_SIZE

struct SaslOptions {
  ULONG send_size = default_sasl_size;
  ULONG receive_size = default_sasl_size;
  ULONG authorization = Sasl_AuthZIDProcessed;  // SASL_OPTION_AUTHZ_PROCESSING
  base::Bytes authorization_id;                 // SASL_OPTION_AUTHZ_STRING
};

class SaslState {
 public:
  SaslPhase phase() OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    return phase_;
  }
  SaslOptions options() OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    return options_;
  }
  // False, with nothing changed, when the context is no SASL context or its negotiation is over.
  template <class Change>
  bool change_options(Change&& change) OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    if (phase_ == SaslPhase::none || phase_ == SaslPhase::done || phase_ == SaslPhase::failed) return false;
    change(options_);
    return true;
  }

  // One leg at a time: false while another thread makes one.
  bool begin_leg(SaslPhase& phase) OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    phase = phase_;
    return !std::exchange(in_leg_, true);
  }
  void end_leg(SaslPhase phase) OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    phase_ = phase;
    in_leg_ = false;
  }
  // The mechanism went on under another handle; the state of the old one goes there.
  void take_over(SaslOptions options) OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    options_ = std::move(options);
    in_leg_ = true;
  }
  // Of the leg that runs.
  void set_peer(ULONG send_size, base::ByteView authorization_id, bool inbound) OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    options_.send_size = send_size;
    if (inbound) options_.authorization_id = base::to_bytes(authorization_id);
  }

  // Of the leg that runs.
  ULONG required = 0;        // integrity and confidentiality, by any leg
  ULONG attributes = 0;      // that the mechanism's last leg returned
  std::uint8_t offered = 0;  // layers, by this side

 private:
  base::Mutex mutex_;
  SaslPhase phase_ OPENLSA_GUARDED_BY(mutex_) = SaslPhase::none;
  bool in_leg_ OPENLSA_GUARDED_BY(mutex_) = false;
  SaslOptions options_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::client
