#include "authority/sessions/packed_details.hpp"

#include <algorithm>
#include <cstring>

namespace openlsa::authority {
namespace {

constexpr std::size_t max_text_units = 1024;

// The strings in this order; each is a length and its units.
template <class Details, class Visit>
void for_each_text(Details& details, Visit&& visit) {
  visit(details.user_name);
  visit(details.logon_domain);
  visit(details.logon_server);
  visit(details.dns_domain_name);
  visit(details.upn);
}

}  // namespace

// Logon type, size of the SID in bytes, the SID, the strings.
PackedDetails::PackedDetails(const SessionDetails& details) {
  const base::Bytes sid = details.user.to_bytes();
  std::u16string units;
  units.push_back(static_cast<char16_t>(details.logon_type));
  units.push_back(static_cast<char16_t>(sid.size()));
  const std::size_t sid_at = units.size();
  units.resize(sid_at + (sid.size() + 1) / 2);
  std::memcpy(units.data() + sid_at, sid.data(), sid.size());
  for_each_text(details, [&](const std::u16string& text) {
    const std::size_t size = std::min(text.size(), max_text_units);
    units.push_back(static_cast<char16_t>(size));
    units.append(text, 0, size);
  });
  size_ = units.size();
  if (size_ > inline_units) block_ = std::make_unique<char16_t[]>(size_);
  std::copy(units.begin(), units.end(), size_ > inline_units ? block_.get() : inline_.data());
}

SessionDetails PackedDetails::unpack() const {
  SessionDetails details;
  const char16_t* next = units();
  details.logon_type = *next++;
  const std::size_t sid_bytes = *next++;
  details.user = nt::Sid::from_bytes(base::as_bytes(next, sid_bytes)).value_or(nt::Sid{});
  next += (sid_bytes + 1) / 2;
  for_each_text(details, [&](std::u16string& text) {
    const std::size_t size = *next++;
    text.assign(next, size);
    next += size;
  });
  return details;
}

}  // namespace openlsa::authority
