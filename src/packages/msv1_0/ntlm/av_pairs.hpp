// AV_PAIR lists ([MS-NLMP] 2.2.2.1): what a server says of itself in the CHALLENGE, and what the client adds to it in
// the NTLMv2 response.
//
// Decided here (row N-06): a list ends with MsvAvEOL of length 0, and what follows it is not looked at; no id stands
// twice; an unknown id is kept and passed on; at most 64 pairs; Flags have 4 bytes, Timestamp 8, ChannelBindings 16,
// SingleHost its own size of 48 or more; names are UTF-16. Anything else makes the message malformed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ntlm/bytes.hpp"

namespace msv1_0 {

enum class AvId : std::uint16_t {
  eol = 0,
  nb_computer_name = 1,
  nb_domain_name = 2,
  dns_computer_name = 3,
  dns_domain_name = 4,
  dns_tree_name = 5,
  flags = 6,
  timestamp = 7,
  single_host = 8,
  target_name = 9,
  channel_bindings = 10,
};

// MsvAvFlags
namespace av_flag {
inline constexpr std::uint32_t constrained = 1;        // the account's authentication is constrained
inline constexpr std::uint32_t mic = 2;                // a MIC is in the AUTHENTICATE_MESSAGE
inline constexpr std::uint32_t unverified_target = 4;  // the target name came from an untrusted source
}  // namespace av_flag

// Single_Host_Data ([MS-NLMP] 2.2.2.2)
struct SingleHost {
  std::array<std::uint8_t, 8> custom_data{};
  std::array<std::uint8_t, 32> machine_id{};
};

class AvPairs {
 public:
  static OrStatus<AvPairs> parse(ByteView list);
  // With the end marker; in the order in which the pairs came and were set.
  Bytes build() const;

  bool has(AvId id) const { return find(id) != nullptr; }
  std::optional<std::u16string> text(AvId id) const;
  std::optional<std::uint32_t> flags() const;
  std::optional<std::uint64_t> timestamp() const;
  std::optional<SingleHost> single_host() const;
  std::optional<std::array<std::uint8_t, 16>> channel_bindings() const;

  // Replaces the pair of this id where it stands, or appends it.
  void set(AvId id, Bytes value);
  void set_text(AvId id, std::u16string_view text);
  void set_flags(std::uint32_t value);
  void set_timestamp(std::uint64_t value);
  void set_single_host(const SingleHost& value);

  // Whether the other list's names and timestamp are here with the same values: a client copies them from the CHALLENGE
  // into its response. Not the tree's name, which WinPR leaves out.
  bool repeats(const AvPairs& other) const;

 private:
  struct Pair {
    AvId id;
    Bytes value;
  };
  const Pair* find(AvId id) const;

  std::vector<Pair> pairs_;
};

}  // namespace msv1_0
