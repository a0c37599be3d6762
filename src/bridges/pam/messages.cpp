#include "bridges/pam/messages.hpp"

#include <openlsa/ntsecapi.h>

#include <cstring>

#include "base/utf8.hpp"

namespace openlsa::pam {
namespace {

// Units of UTF-16; nothing for what is no text. Writes them when `out` is not null.
std::optional<std::size_t> to_utf16(std::string_view text, char16_t* out) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::optional<std::uint32_t> point = base::next_utf8(text, at);
    if (!point || *point == 0) return std::nullopt;
    const bool pair = *point > 0xffff;
    if (out != nullptr && pair) {
      out[units] = static_cast<char16_t>(0xd800 + ((*point - 0x10000) >> 10));
      out[units + 1] = static_cast<char16_t>(0xdc00 + ((*point - 0x10000) & 0x3ff));
    } else if (out != nullptr) {
      out[units] = static_cast<char16_t>(*point);
    }
    units += pair ? 2 : 1;
  }
  return units;
}

// A structure, and behind it one string after the other.
template <class Structure>
class Builder {
 public:
  // UTF-16 takes at most two bytes for each byte of UTF-8.
  explicit Builder(std::size_t text_bytes) : block_(sizeof(Structure) + 2 * text_bytes) {}

  Structure* structure() { return reinterpret_cast<Structure*>(block_.reveal_mutable().data()); }
  bool place(std::string_view text, std::size_t limit, UNICODE_STRING& string) {
    auto* const here = reinterpret_cast<char16_t*>(block_.reveal_mutable().data() + used_);
    if (text.size() > limit) return false;
    const std::optional<std::size_t> units = to_utf16(text, here);
    if (!units) return false;
    string.Length = string.MaximumLength = static_cast<USHORT>(*units * sizeof(char16_t));
    string.Buffer = reinterpret_cast<PWSTR>(here);
    used_ += string.Length;
    return true;
  }
  base::Secret finish() { return base::Secret(std::move(block_)); }

 private:
  base::Secret block_;
  std::size_t used_ = sizeof(Structure);
};

}  // namespace

std::optional<base::Secret> interactive_logon_message(std::string_view domain, std::string_view user,
                                                      std::string_view password) {
  if (domain.size() > max_domain_bytes || user.size() > max_user_bytes || password.size() > max_password_bytes)
    return std::nullopt;
  Builder<MSV1_0_INTERACTIVE_LOGON> builder(domain.size() + user.size() + password.size());
  MSV1_0_INTERACTIVE_LOGON* const logon = builder.structure();
  logon->MessageType = MsV1_0InteractiveLogon;
  if (!builder.place(domain, max_domain_bytes, logon->LogonDomainName) ||
      !builder.place(user, max_user_bytes, logon->UserName) ||
      !builder.place(password, max_password_bytes, logon->Password))
    return std::nullopt;
  return builder.finish();
}

std::optional<base::Secret> change_password_message(std::string_view domain, std::string_view user,
                                                    std::string_view old_password, std::string_view new_password) {
  if (domain.size() > max_domain_bytes || user.size() > max_user_bytes || old_password.size() > max_password_bytes ||
      new_password.size() > max_password_bytes)
    return std::nullopt;
  Builder<MSV1_0_CHANGEPASSWORD_REQUEST> builder(domain.size() + user.size() + old_password.size() +
                                                 new_password.size());
  MSV1_0_CHANGEPASSWORD_REQUEST* const change = builder.structure();
  change->MessageType = MsV1_0ChangePassword;
  if (!builder.place(domain, max_domain_bytes, change->DomainName) ||
      !builder.place(user, max_user_bytes, change->AccountName) ||
      !builder.place(old_password, max_password_bytes, change->OldPassword) ||
      !builder.place(new_password, max_password_bytes, change->NewPassword))
    return std::nullopt;
  return builder.finish();
}

}  // namespace openlsa::pam
