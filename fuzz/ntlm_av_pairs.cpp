// AV pairs and the NTLMv2 client challenge that carries them.
#include <algorithm>

#include "fuzz/ntlm.hpp"

using namespace openlsa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (const auto pairs = msv1_0::AvPairs::parse({data, size})) {
    const msv1_0::Bytes built = pairs->build();
    fuzz::require(built.size() <= size && std::equal(built.begin(), built.end(), data));
    fuzz::require(pairs->repeats(*pairs));
    pairs->flags();
    pairs->timestamp();
    pairs->single_host();
    pairs->channel_bindings();
    fuzz::require(!pairs->has(msv1_0::AvId::target_name) || pairs->text(msv1_0::AvId::target_name).has_value());
  }
  if (const auto challenge = msv1_0::ClientChallenge::parse({data, size}))
    fuzz::require(msv1_0::ClientChallenge::parse(challenge->build()).has_value());
  if (const auto bindings = msv1_0::read_channel_bindings({data, size})) msv1_0::channel_bindings_hash(*bindings);
  return 0;
}
