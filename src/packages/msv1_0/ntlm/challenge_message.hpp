// CHALLENGE_MESSAGE ([MS-NLMP] 2.2.1.2).
#pragma once

#include <optional>
#include <string>

#include "crypto/ntlm_response.hpp"
#include "ntlm/av_pairs.hpp"
#include "ntlm/version.hpp"

namespace msv1_0 {

using crypto::Challenge;

struct ChallengeMessage {
  std::uint32_t flags = 0;
  Challenge server_challenge{};
  std::u16string target_name;          // may be empty (N-03)
  std::optional<AvPairs> target_info;  // none when the flag is not set
  std::optional<Version> version;

  static OrStatus<ChallengeMessage> parse(ByteView message);
  // SEC_E_INVALID_PARAMETER when a name does not fit the message or its character set.
  OrStatus<Bytes> build() const;
};

}  // namespace msv1_0
