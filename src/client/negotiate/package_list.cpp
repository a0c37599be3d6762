#include "client/negotiate/package_list.hpp"

#include <algorithm>
#include <cstring>

#include "client/identity/identity_view.hpp"
#include "client/identity/submit_identity.hpp"
#include "client/sspi/submission.hpp"
#include "nt/utf.hpp"

namespace openlsa::client::negotiate {
namespace {

bool has(const std::vector<std::u16string>& names, std::u16string_view package) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::u16string& name) { return nt::equal_names(name, package); });
}

std::u16string_view trimmed(std::u16string_view item) {
  const std::size_t first = item.find_first_not_of(u' ');
  return first == item.npos ? item.substr(0, 0) : item.substr(first, item.find_last_not_of(u' ') + 1 - first);
}

nt::Status parse(const IdentityView& view, PackageList& list) {
  const base::ByteView bytes = view.packages;
  if (bytes.empty()) return SEC_E_OK;
  std::u16string text(bytes.size() / sizeof(char16_t), u'\0');
  if (view.ansi()) {
    auto wide = nt::to_utf16({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!wide) return SEC_E_UNKNOWN_CREDENTIALS;
    text = std::move(*wide);
  } else {
    std::memcpy(text.data(), bytes.data(), text.size() * sizeof(char16_t));
  }
  list = PackageList(text.substr(0, text.find(u'\0')));
  return SEC_E_OK;
}

}  // namespace

PackageList::PackageList(std::u16string_view text) {
  while (!text.empty()) {
    const std::size_t comma = text.find(u',');
    const std::u16string_view item = trimmed(text.substr(0, comma));
    if (!item.empty() && item.front() == u'!')
      excluded_.emplace_back(trimmed(item.substr(1)));
    else if (!item.empty())
      allowed_.emplace_back(item);
    text = comma == text.npos ? text.substr(0, 0) : text.substr(comma + 1);
  }
}

bool PackageList::allows(std::u16string_view package) const {
  return !has(excluded_, package) && (allowed_.empty() || has(allowed_, package));
}

// An identity that this process encrypted is looked at as it would be submitted, in memory that is wiped.
nt::Status read_package_list(const void* identity, PackageList& list) {
  if (identity == nullptr) return SEC_E_OK;
  const auto view = view_identity(identity);
  if (!view) return SEC_E_UNKNOWN_CREDENTIALS;
  if (!view->is_protected()) return parse(*view, list);
  std::vector<seam::ClientMemory> pieces;
  const Submitted submitted(pieces);
  if (const nt::Status status = submit_identity(identity, pieces); status != SEC_E_OK) return status;
  const auto opened = view_identity_block(pieces.front().bytes);
  return opened ? parse(*opened, list) : nt::Status{SEC_E_UNKNOWN_CREDENTIALS};
}

}  // namespace openlsa::client::negotiate
