#include "authority/support/auth_data.hpp"

#include <algorithm>
#include <string_view>

namespace openlsa::authority {
namespace {

// The box seals other secrets too: the first bytes say that this is none of them.
constexpr std::string_view magic = "OpenLSA auth data 2";
constexpr std::size_t head_bytes = magic.size() + sizeof(std::uint32_t) + sizeof(std::int64_t);
constexpr std::size_t max_sealed_bytes = 256 + AuthData::max_groups * nt::Sid::max_size_bytes;

template <class T>
void append(base::Bytes& bytes, T value) {
  const base::ByteView view = base::as_bytes(&value, sizeof value);
  bytes.insert(bytes.end(), view.begin(), view.end());
}

template <class T>
T read(base::ByteView bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

// The SID at the front of the bytes, which then begin behind it.
std::optional<nt::Sid> take_sid(base::ByteView& bytes) {
  constexpr std::size_t head = 8;
  if (bytes.size() < head) return std::nullopt;
  const std::size_t size = head + 4 * std::size_t{bytes[1]};
  if (bytes.size() < size) return std::nullopt;
  const std::optional<nt::Sid> sid = nt::Sid::from_bytes(bytes.first(size));
  bytes = bytes.subspan(size);
  return sid;
}

}  // namespace

std::expected<AuthData, nt::Status> AuthData::of(const Account& account, seam::PackageId package) {
  if (account.disabled) return std::unexpected(STATUS_ACCOUNT_DISABLED);
  AuthData data;
  data.package = package;
  data.expires = Clock::now() + lifetime;
  data.user = account.sid;
  return data;
}

// The key lives in this process only, so the form needs no fixed byte order.
base::Secret AuthData::seal(const SecretBox& box) const {
  base::Bytes plain = base::to_bytes(base::as_bytes(magic));
  append<std::uint32_t>(plain, package);
  append<std::int64_t>(plain, expires.time_since_epoch().count());
  user.append_to(plain);
  for (const nt::Sid& group : groups) group.append_to(plain);
  return base::Secret(box.seal(plain).bytes);
}

std::optional<AuthData> AuthData::open(const SecretBox& box, const base::Secret& sealed) {
  if (sealed.size() > max_sealed_bytes) return std::nullopt;
  const std::optional<base::Secret> opened = box.open({base::to_bytes(sealed.reveal())});
  if (!opened) return std::nullopt;
  const base::ByteView plain = opened->reveal();
  if (plain.size() < head_bytes || !base::equal(plain.first(magic.size()), base::as_bytes(magic))) return std::nullopt;
  AuthData data;
  data.package = read<std::uint32_t>(plain, magic.size());
  data.expires = Clock::time_point(Clock::duration(read<std::int64_t>(plain, magic.size() + sizeof(std::uint32_t))));
  if (data.expires < Clock::now()) return std::nullopt;
  base::ByteView rest = plain.subspan(head_bytes);
  const std::optional<nt::Sid> user = take_sid(rest);
  if (!user) return std::nullopt;
  data.user = *user;
  while (!rest.empty()) {
    const std::optional<nt::Sid> group = take_sid(rest);
    if (!group) return std::nullopt;
    data.groups.push_back(*group);
  }
  return data;
}

}  // namespace openlsa::authority
