// What a CtxtHandle names: the half of a context at the host, and the half in this process once it is mapped.
#pragma once

#include <optional>

#include "client/channels/direct_channel.hpp"
#include "client/handles/handle_table.hpp"
#include "client/sasl/sasl_state.hpp"
#include "client/user_mode/user_half.hpp"

namespace openlsa::client {

class Context {
 public:
  static constexpr std::uint8_t handle_kind = 0x58;

  // A context at the host; `inbound` is not known yet when its meta-data came first (OpenLsaQueryMetaData).
  Context(std::shared_ptr<DirectChannel> channel, seam::SecHandleValue name, std::optional<bool> inbound, bool ansi)
      : channel_(std::move(channel)), name_(name), imported_(false), ansi_(ansi) {
    if (inbound) direction_ = *inbound ? Direction::inbound : Direction::outbound;
  }
  // One that ImportSecurityContext made: finished, with no half in LSA mode. `token` is its own handle, or 0.
  Context(std::shared_ptr<DirectChannel> channel, UserHalf& half, LSA_SEC_HANDLE user_context, std::uint32_t token,
          bool ansi)
      : channel_(std::move(channel)),
        name_{},
        imported_(true),
        imported_token_(token),
        ansi_(ansi),
        finished_(true),
        user_context_(user_context),
        half_(&half) {}
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  DirectChannel& channel() const { return *channel_; }
  const std::shared_ptr<DirectChannel>& shared_channel() const { return channel_; }
  seam::SecHandleValue name() const { return name_; }                       // at the host
  bool inbound() const { return direction_.load() == Direction::inbound; }  // of AcceptSecurityContext
  bool ansi() const { return ansi_; }
  bool imported() const { return imported_; }
  std::uint32_t imported_token() const { return imported_token_; }

  // Whether it can be continued so; the first leg decides, where nothing has before.
  bool continues(bool inbound);

  // A leg came back: the user-mode half gets its data (SpInitUserModeContext), on the first such leg after the half
  // was loaded.
  nt::Status map(base::Secret packed, std::uint64_t lsa_context);
  void finish() { finished_.store(true, std::memory_order_release); }
  bool finished() const { return finished_.load(std::memory_order_acquire); }
  bool mapped() const { return half() != nullptr; }

  // SEC_E_OK when the package in LSA mode can be asked. A half-open context of a lost channel is no context any more;
  // of a finished one the part in LSA mode is gone, and the rest goes on. An imported one has none:
  // SEC_E_INVALID_HANDLE.
  nt::Status lsa_mode() const;

  // The half in this process: SEC_E_INVALID_HANDLE before the context is mapped, SEC_E_UNSUPPORTED_FUNCTION when a
  // finished context has none. `half` then takes calls with user_context().
  nt::Status user_mode(UserHalf*& found) const;
  LSA_SEC_HANDLE user_context() const { return user_context_; }

  // Both halves go, this process's first, once.
  nt::Status free();

  SaslState sasl;

 private:
  enum class Direction : std::uint8_t { open, outbound, inbound };
  UserHalf* half() const { return half_.load(std::memory_order_acquire); }

  const std::shared_ptr<DirectChannel> channel_;
  const seam::SecHandleValue name_;
  std::atomic<Direction> direction_{Direction::open};
  const bool imported_;
  const std::uint32_t imported_token_ = 0;
  const bool ansi_;
  std::atomic<bool> finished_{false};
  bool freed_ = false;

  base::Mutex mapping_;              // two legs of one context at once are a mistake, but not a crash
  LSA_SEC_HANDLE user_context_ = 0;  // set before half_
  std::atomic<UserHalf*> half_{nullptr};
};
using ContextTable = HandleTable<Context>;

}  // namespace openlsa::client
