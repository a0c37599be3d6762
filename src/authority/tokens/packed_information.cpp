#include "authority/tokens/packed_information.hpp"

#include <cstring>

namespace openlsa::authority {
namespace {

constexpr std::uint32_t information_v3 = 3;  // LsaTokenInformationV3

// The block is written and read only here, so a reader may trust its own writer.
class Writer {
 public:
  void number(std::uint64_t value, std::size_t size_bytes) {
    for (std::size_t i = 0; i < size_bytes; ++i) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void sid(const nt::Sid& value) {
    number(value.size_bytes(), 1);
    value.append_to(out_);
  }
  void bytes(base::ByteView value) { out_.insert(out_.end(), value.begin(), value.end()); }
  void text(const std::u16string& value) {
    number(value.size(), 4);
    bytes(base::as_bytes(value.data(), value.size() * sizeof(char16_t)));
  }
  std::size_t size() const { return out_.size(); }
  const base::Bytes& result() const { return out_; }

 private:
  base::Bytes out_;
};

class Reader {
 public:
  explicit Reader(base::ByteView in) : in_(in) {}
  std::uint64_t number(std::size_t size_bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size_bytes; ++i) value |= std::uint64_t{in_[position_ + i]} << (8 * i);
    position_ += size_bytes;
    return value;
  }
  std::uint32_t number32() { return static_cast<std::uint32_t>(number(4)); }
  nt::Sid sid() { return nt::Sid::from_bytes(bytes(number(1))).value_or(nt::Sid{}); }
  std::u16string text() {
    std::u16string value(number32(), u'\0');
    const base::ByteView view = bytes(value.size() * sizeof(char16_t));
    if (!view.empty()) std::memcpy(value.data(), view.data(), view.size());
    return value;
  }
  base::ByteView bytes(std::size_t size_bytes) {
    const base::ByteView view = in_.subspan(position_, size_bytes);
    position_ += size_bytes;
    return view;
  }

 private:
  base::ByteView in_;
  std::size_t position_ = 0;
};

void write(Writer& out, const nt::SidAndAttributes& value) {
  out.sid(value.sid);
  out.number(value.attributes, 4);
}
nt::SidAndAttributes read_sid_and_attributes(Reader& in) {
  nt::SidAndAttributes value;
  value.sid = in.sid();
  value.attributes = in.number32();
  return value;
}

void write(Writer& out, const std::vector<nt::SidAndAttributes>& values) {
  out.number(values.size(), 4);
  for (const nt::SidAndAttributes& value : values) write(out, value);
}
std::vector<nt::SidAndAttributes> read_sids_and_attributes(Reader& in) {
  std::vector<nt::SidAndAttributes> values;
  for (std::uint32_t left = in.number32(); left != 0; --left) values.push_back(read_sid_and_attributes(in));
  return values;
}

void write(Writer& out, const std::vector<nt::Claim>& claims) {
  out.number(claims.size(), 4);
  for (const nt::Claim& claim : claims) {
    out.text(claim.name);
    out.number(claim.type, 2);
    out.number(claim.flags, 4);
    out.number(claim.numbers.size(), 4);
    for (const std::uint64_t number : claim.numbers) out.number(number, 8);
    out.number(claim.texts.size(), 4);
    for (const std::u16string& text : claim.texts) out.text(text);
    out.number(claim.octets.size(), 4);
    for (const base::Bytes& octets : claim.octets) {
      out.number(octets.size(), 4);
      out.bytes(octets);
    }
  }
}
std::vector<nt::Claim> read_claims(Reader& in) {
  std::vector<nt::Claim> claims(in.number32());
  for (nt::Claim& claim : claims) {
    claim.name = in.text();
    claim.type = static_cast<std::uint16_t>(in.number(2));
    claim.flags = in.number32();
    for (std::uint32_t left = in.number32(); left != 0; --left) claim.numbers.push_back(in.number(8));
    for (std::uint32_t left = in.number32(); left != 0; --left) claim.texts.push_back(in.text());
    for (std::uint32_t left = in.number32(); left != 0; --left)
      claim.octets.push_back(base::to_bytes(in.bytes(in.number32())));
  }
  return claims;
}

}  // namespace

// user, groups, type, expiration, primary group, privileges, owner, default DACL; of V3 the claims and the device's
// groups; then the POSIX identity, if any.
PackedInformation::PackedInformation(const nt::TokenInformation& information,
                                     const std::optional<nt::PosixIdentity>& posix) {
  Writer out;
  write(out, information.user);
  write(out, information.groups);
  out.number(information.type, 4);
  out.number(static_cast<std::uint64_t>(information.expiration.ticks), 8);
  out.sid(information.primary_group);
  out.number(information.privileges.size(), 4);
  for (const nt::Privilege& privilege : information.privileges) {
    out.number(privilege.luid.value, 8);
    out.number(privilege.attributes, 4);
  }
  out.number(information.owner.has_value(), 1);
  if (information.owner) out.sid(*information.owner);
  out.number(information.default_dacl.size(), 4);
  out.bytes(information.default_dacl);
  if (information.type == information_v3) {
    write(out, information.user_claims);
    write(out, information.device_claims);
    write(out, information.device_groups);
  }
  if (posix) {
    posix_offset_ = static_cast<std::uint32_t>(out.size());
    out.number(posix->uid, 4);
    out.number(posix->gid, 4);
    out.number(posix->groups.size(), 4);
    for (const std::uint32_t group : posix->groups) out.number(group, 4);
  }
  size_ = static_cast<std::uint32_t>(out.size());
  block_ = std::make_unique<std::uint8_t[]>(size_);
  std::memcpy(block_.get(), out.result().data(), size_);
}

nt::TokenInformation PackedInformation::information() const {
  Reader in(bytes());
  nt::TokenInformation information;
  information.user = read_sid_and_attributes(in);
  information.groups = read_sids_and_attributes(in);
  information.type = in.number32();
  information.expiration.ticks = static_cast<std::int64_t>(in.number(8));
  information.primary_group = in.sid();
  for (std::uint32_t left = in.number32(); left != 0; --left) {
    nt::Privilege privilege;
    privilege.luid.value = in.number(8);
    privilege.attributes = in.number32();
    information.privileges.push_back(privilege);
  }
  if (in.number(1) != 0) information.owner = in.sid();
  information.default_dacl = base::to_bytes(in.bytes(in.number32()));
  if (information.type == information_v3) {
    information.user_claims = read_claims(in);
    information.device_claims = read_claims(in);
    information.device_groups = read_sids_and_attributes(in);
  }
  return information;
}

std::optional<nt::PosixIdentity> PackedInformation::posix() const {
  if (posix_offset_ == 0) return std::nullopt;
  Reader in(bytes().subspan(posix_offset_));
  nt::PosixIdentity posix;
  posix.uid = in.number32();
  posix.gid = in.number32();
  for (std::uint32_t left = in.number32(); left != 0; --left) posix.groups.push_back(in.number32());
  return posix;
}

nt::Sid PackedInformation::user() const { return Reader(bytes()).sid(); }

bool PackedInformation::has_group(const nt::Sid& sid) const {
  Reader in(bytes());
  read_sid_and_attributes(in);
  for (std::uint32_t left = in.number32(); left != 0; --left)
    if (read_sid_and_attributes(in).sid == sid) return true;
  return false;
}

bool PackedInformation::has_enabled_group(const nt::Sid& sid) const {
  constexpr std::uint32_t enabled = 0x4, deny_only = 0x10;  // SE_GROUP_ENABLED, SE_GROUP_USE_FOR_DENY_ONLY
  Reader in(bytes());
  read_sid_and_attributes(in);
  for (std::uint32_t left = in.number32(); left != 0; --left)
    if (const nt::SidAndAttributes group = read_sid_and_attributes(in); group.sid == sid)
      return (group.attributes & (enabled | deny_only)) == enabled;
  return false;
}

bool PackedInformation::has_privilege(nt::Luid privilege) const {
  for (const nt::Privilege& held : information().privileges)
    if (held.luid == privilege) return true;
  return false;
}

}  // namespace openlsa::authority
