#include "ntlm/av_pairs.hpp"

#include <algorithm>

#include "ntlm/text.hpp"

namespace msv1_0 {
namespace {

constexpr std::size_t most_pairs = 64;
constexpr std::size_t pair_header_bytes = 4;
constexpr std::size_t single_host_bytes = 48;

bool well_formed(AvId id, ByteView value) {
  switch (id) {
    case AvId::eol:
      return value.empty();
    case AvId::nb_computer_name:
    case AvId::nb_domain_name:
    case AvId::dns_computer_name:
    case AvId::dns_domain_name:
    case AvId::dns_tree_name:
    case AvId::target_name:
      return read_utf16(value).has_value();
    case AvId::flags:
      return value.size() == 4;
    case AvId::timestamp:
      return value.size() == 8;
    case AvId::single_host:
      // Its Size is the length of the value; fields behind MachineID are for later versions (2.2.2.2).
      return value.size() >= single_host_bytes && load_le32(value.data()) == value.size();
    case AvId::channel_bindings:
      return value.size() == 16;
  }
  return true;  // an id of a later version
}

}  // namespace

OrStatus<AvPairs> AvPairs::parse(ByteView list) {
  AvPairs result;
  while (list.size() >= pair_header_bytes) {
    const auto id = static_cast<AvId>(load_le16(list.data()));
    const std::size_t size_bytes = load_le16(list.data() + 2);
    list = list.subspan(pair_header_bytes);
    if (size_bytes > list.size()) break;
    const ByteView value = list.first(size_bytes);
    list = list.subspan(size_bytes);
    if (!well_formed(id, value)) break;
    if (id == AvId::eol) return result;
    if (result.has(id) || result.pairs_.size() == most_pairs) break;
    result.pairs_.push_back({id, Bytes(value.begin(), value.end())});
  }
  return std::unexpected(SEC_E_INVALID_TOKEN);
}

Bytes AvPairs::build() const {
  Bytes list;
  for (const Pair& pair : pairs_) {
    append_number(list, static_cast<std::uint16_t>(pair.id));
    append_number(list, static_cast<std::uint16_t>(pair.value.size()));
    append(list, pair.value);
  }
  append_number(list, std::uint32_t{0});  // MsvAvEOL
  return list;
}

const AvPairs::Pair* AvPairs::find(AvId id) const {
  const auto found = std::ranges::find(pairs_, id, &Pair::id);
  return found == pairs_.end() ? nullptr : &*found;
}

std::optional<std::u16string> AvPairs::text(AvId id) const {
  const Pair* const pair = find(id);
  return pair == nullptr ? std::nullopt : read_utf16(pair->value);
}

std::optional<std::uint32_t> AvPairs::flags() const {
  const Pair* const pair = find(AvId::flags);
  return pair == nullptr ? std::nullopt : std::optional(load_le32(pair->value.data()));
}

std::optional<std::uint64_t> AvPairs::timestamp() const {
  const Pair* const pair = find(AvId::timestamp);
  return pair == nullptr ? std::nullopt : std::optional(load_le64(pair->value.data()));
}

std::optional<SingleHost> AvPairs::single_host() const {
  const Pair* const pair = find(AvId::single_host);
  if (pair == nullptr) return std::nullopt;
  SingleHost host;
  std::memcpy(host.custom_data.data(), pair->value.data() + 8, host.custom_data.size());
  std::memcpy(host.machine_id.data(), pair->value.data() + 16, host.machine_id.size());
  return host;
}

std::optional<std::array<std::uint8_t, 16>> AvPairs::channel_bindings() const {
  const Pair* const pair = find(AvId::channel_bindings);
  if (pair == nullptr) return std::nullopt;
  std::array<std::uint8_t, 16> hash;
  std::memcpy(hash.data(), pair->value.data(), hash.size());
  return hash;
}

void AvPairs::set(AvId id, Bytes value) {
  const auto found = std::ranges::find(pairs_, id, &Pair::id);
  if (found == pairs_.end())
    pairs_.push_back({id, std::move(value)});
  else
    found->value = std::move(value);
}

void AvPairs::set_text(AvId id, std::u16string_view text) { set(id, to_utf16(text)); }

void AvPairs::set_flags(std::uint32_t value) {
  Bytes bytes;
  append_number(bytes, value);
  set(AvId::flags, std::move(bytes));
}

void AvPairs::set_timestamp(std::uint64_t value) {
  Bytes bytes;
  append_number(bytes, value);
  set(AvId::timestamp, std::move(bytes));
}

void AvPairs::set_single_host(const SingleHost& value) {
  Bytes bytes;
  append_number(bytes, static_cast<std::uint32_t>(single_host_bytes));
  append_number(bytes, std::uint32_t{0});
  append(bytes, value.custom_data);
  append(bytes, value.machine_id);
  set(AvId::single_host, std::move(bytes));
}

bool AvPairs::repeats(const AvPairs& other) const {
  constexpr AvId copied[] = {AvId::nb_computer_name, AvId::nb_domain_name, AvId::dns_computer_name,
                             AvId::dns_domain_name, AvId::timestamp};
  return std::ranges::all_of(copied, [&](AvId id) {
    const Pair *const theirs = other.find(id), *const own = find(id);
    return theirs == nullptr || (own != nullptr && own->value == theirs->value);
  });
}

}  // namespace msv1_0
