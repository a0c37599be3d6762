// What the client stated in its response is believed once the response is proven right, and is checked then.
#include <algorithm>

#include "ntlm/acceptor.hpp"
#include "ntlm/text.hpp"

namespace msv1_0 {
namespace {

constexpr std::uint64_t max_lifetime = std::uint64_t{36} * 3600 * 10'000'000;  // 3.2.1.1: 36 hours

bool in_time(std::uint64_t stated, std::uint64_t now) {
  return (stated > now ? stated - now : now - stated) <= max_lifetime;
}

}  // namespace

SECURITY_STATUS Acceptor::check_proven(const AuthenticateMessage& message, ByteView input, std::uint64_t now) {
  if (message.is_ntlmv2()) {
    const ClientChallenge& client = *message.client_challenge;
    if (!in_time(client.timestamp, now)) return SEC_E_LOGON_DENIED;
    if (const SECURITY_STATUS status = check_mic(message, input); status != SEC_E_OK) return status;
    // Somebody in between took the target info, or the flag that says there is some, out of the CHALLENGE: without it
    // the client sends neither MIC nor channel bindings (N-09, N-11).
    if (!client.pairs.repeats(own_pairs_)) return SEC_E_MESSAGE_ALTERED;
    target_name_ = client.pairs.text(AvId::target_name).value_or(u"");
    single_host_ = client.pairs.single_host();
  }
  if (const SECURITY_STATUS status = check_bindings(message); status != SEC_E_OK) return status;
  return check_target(message);
}

SECURITY_STATUS Acceptor::check_mic(const AuthenticateMessage& message, ByteView input) {
  if ((message.client_challenge->pairs.flags().value_or(0) & av_flag::mic) == 0)
    return config_.policy.require_mic ? SEC_E_LOGON_DENIED : SEC_E_OK;
  if (!message.mic) return SEC_E_MESSAGE_ALTERED;
  Bytes without_mic(input.begin(), input.end());
  std::fill_n(without_mic.begin() + mic_place, sizeof(Mic), std::uint8_t{0});
  const Mic expected = message_integrity_code(exported_, negotiate_, challenge_, without_mic);
  if (!crypto::equal_constant_time(expected, *message.mic)) return SEC_E_MESSAGE_ALTERED;
  had_mic_ = true;
  return SEC_E_OK;
}

SECURITY_STATUS Acceptor::check_bindings(const AuthenticateMessage& message) {
  const auto stated = message.client_challenge ? message.client_challenge->pairs.channel_bindings() : std::nullopt;
  if (!stated)
    bindings_ = BindingsState::absent;
  else if (is_zero(*stated))
    bindings_ = BindingsState::missing;
  else
    bindings_ = config_.channel_bindings && crypto::equal_constant_time(*stated, *config_.channel_bindings)
                    ? BindingsState::matched
                    : BindingsState::mismatched;
  if (bindings_ == BindingsState::matched) return SEC_E_OK;
  switch (config_.policy.channel_bindings) {
    case Demand::ignore:
      return SEC_E_OK;
    case Demand::if_present:  // a server without a channel of its own has nothing to compare with
      return bindings_ == BindingsState::mismatched && config_.channel_bindings ? SEC_E_BAD_BINDINGS : SEC_E_OK;
    case Demand::require:
      break;
  }
  return SEC_E_BAD_BINDINGS;
}

SECURITY_STATUS Acceptor::check_target(const AuthenticateMessage& message) {
  if (config_.policy.target_name == Demand::ignore) return SEC_E_OK;
  const auto flags = message.client_challenge ? message.client_challenge->pairs.flags() : std::nullopt;
  const bool stated = !target_name_.empty() && (flags.value_or(0) & av_flag::unverified_target) == 0;
  if (!stated) return config_.policy.target_name == Demand::require ? SEC_E_TARGET_UNKNOWN : SEC_E_OK;
  const bool known = std::ranges::any_of(config_.policy.own_target_names,
                                         [this](const auto& own) { return same_name(own, target_name_); });
  return known ? SEC_E_OK : SEC_E_TARGET_UNKNOWN;
}

}  // namespace msv1_0
