// The packed form: numbers in little-endian order, texts and SIDs with their length before them. It lies sealed on the
// disk of this machine alone; what does not read whole is damaged, and no logon rests on it.
#include "authority/domain/cached_logon.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t form = 1;
constexpr std::uint32_t most_units = 1024;
constexpr std::uint32_t most_entries = 4096;
constexpr std::size_t usual_bytes = 64 * 1024;  // so that no copy stays behind when it grows

class Packer {
 public:
  Packer() { bytes_.reserve(usual_bytes); }
  void number(std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> 8 * i));
  }
  void u32(std::size_t value) { number(value, 4); }
  void time(std::int64_t value) { number(static_cast<std::uint64_t>(value), 8); }
  void raw(base::ByteView view) { bytes_.insert(bytes_.end(), view.begin(), view.end()); }
  void text(std::u16string_view text) {
    u32(text.size());
    for (const char16_t unit : text) number(unit, 2);
  }
  void sid(const nt::Sid& sid) {
    u32(sid.size_bytes());
    sid.append_to(bytes_);
  }
  base::Secret take() {
    base::Secret secret{base::ByteView(bytes_)};
    base::wipe(bytes_);
    return secret;
  }

 private:
  base::Bytes bytes_;
};

// Reads until one fails; then all that follows is nothing.
class Reader {
 public:
  explicit Reader(base::ByteView bytes) : bytes_(bytes) {}
  bool done() const { return good_ && bytes_.empty(); }
  bool good() const { return good_; }
  void fail() { good_ = false; }
  base::ByteView take(std::size_t size) {
    if (size > bytes_.size()) good_ = false;
    if (!good_) return {};
    const base::ByteView taken = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return taken;
  }
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    const base::ByteView taken = take(size);
    for (std::size_t i = 0; i < taken.size(); ++i) value |= std::uint64_t{taken[i]} << 8 * i;
    return value;
  }
  std::uint32_t u32(std::uint32_t most = 0xffffffff) {
    const auto value = static_cast<std::uint32_t>(number(4));
    if (value > most) good_ = false;
    return good_ ? value : 0;
  }
  std::int64_t time() { return static_cast<std::int64_t>(number(8)); }
  std::u16string text() {
    std::u16string text(u32(most_units), u'\0');
    for (char16_t& unit : text) unit = static_cast<char16_t>(number(2));
    return text;
  }
  nt::Sid sid() {
    const std::optional<nt::Sid> read = nt::Sid::from_bytes(take(u32(nt::Sid::max_size_bytes)));
    if (!read) good_ = false;
    return read.value_or(nt::Sid());
  }
  template <std::size_t size>
  void array(std::array<std::uint8_t, size>& out) {
    const base::ByteView taken = take(size);
    if (taken.size() == size) std::memcpy(out.data(), taken.data(), size);
  }

 private:
  base::ByteView bytes_;
  bool good_ = true;
};

void pack_posix(Packer& out, const std::optional<nt::PosixIdentity>& posix) {
  out.u32(posix ? 1 : 0);
  if (!posix) return;
  out.u32(posix->uid);
  out.u32(posix->gid);
  out.u32(posix->groups.size());
  for (const std::uint32_t group : posix->groups) out.u32(group);
}

std::optional<nt::PosixIdentity> read_posix(Reader& in) {
  if (in.u32(1) == 0) return std::nullopt;
  nt::PosixIdentity posix;
  posix.uid = in.u32();
  posix.gid = in.u32();
  for (std::uint32_t left = in.u32(most_entries); left != 0 && in.good(); --left) posix.groups.push_back(in.u32());
  return posix;
}

}  // namespace

base::Secret CachedLogon::pack() const {
  Packer out;
  out.u32(form);
  for (const std::u16string* text : {&identity.user_name, &identity.full_name, &identity.domain_name,
                                     &identity.dns_domain_name, &submitted_name, &logon_server})
    out.text(*text);
  out.sid(identity.user);
  out.sid(identity.primary_group);
  out.u32(identity.groups.size());
  for (const nt::SidAndAttributes& group : identity.groups) {
    out.sid(group.sid);
    out.u32(group.attributes);
  }
  pack_posix(out, identity.posix);
  for (const std::int64_t time :
       {times.logon, times.kick_off, times.password_set, times.password_can_change, times.password_must_change})
    out.time(time);
  out.raw(verifier.salt);
  out.u32(verifier.iterations);
  out.raw(verifier.hash);
  return out.take();
}

std::optional<CachedLogon> CachedLogon::unpack(base::ByteView bytes) {
  Reader in(bytes);
  if (in.u32() != form) return std::nullopt;
  CachedLogon logon;
  DomainIdentity& identity = logon.identity;
  for (std::u16string* text : {&identity.user_name, &identity.full_name, &identity.domain_name,
                               &identity.dns_domain_name, &logon.submitted_name, &logon.logon_server})
    *text = in.text();
  identity.user = in.sid();
  identity.primary_group = in.sid();
  for (std::uint32_t left = in.u32(most_entries); left != 0 && in.good(); --left) {
    const nt::Sid sid = in.sid();
    identity.groups.push_back({sid, in.u32()});
  }
  identity.posix = read_posix(in);
  for (std::int64_t* time : {&logon.times.logon, &logon.times.kick_off, &logon.times.password_set,
                             &logon.times.password_can_change, &logon.times.password_must_change})
    *time = in.time();
  in.array(logon.verifier.salt);
  logon.verifier.iterations = in.u32(PasswordVerifier::most_iterations);
  in.array(logon.verifier.hash);
  if (!in.done() || logon.verifier.iterations < PasswordVerifier::least_iterations) return std::nullopt;
  return logon;
}

}  // namespace openlsa::authority
