#include "names.hpp"

#include "text.hpp"

namespace winbind {

std::optional<AskedName> asked_name(const UNICODE_STRING& user, const UNICODE_STRING& domain, char separator) {
  auto user_text = to_utf8(view_of(user)), domain_text = to_utf8(view_of(domain));
  if (!user_text || !domain_text || user_text->empty()) return std::nullopt;
  // "DOMAIN\user" is one field there.
  if (user_text->size() + 1 + domain_text->size() > max_field_bytes) return std::nullopt;
  const auto has = [](const std::string& text, char c) { return text.find(c) != text.npos; };
  if (has(*user_text, '\\') || has(*domain_text, '\\') || has(*domain_text, separator)) return std::nullopt;
  if (domain_text->empty() && (!has(*user_text, '@') || has(*user_text, separator))) return std::nullopt;
  return AskedName{std::move(*user_text), std::move(*domain_text)};
}

wbc::Error separator_of(const Connection& connection, char& separator) {
  Given<wbc::InterfaceDetails> details;
  const wbc::Error result = library().wbcCtxInterfaceDetails(connection.get(), details.out());
  if (result == wbc::success) separator = details ? details->separator : '\\';
  return result;
}

}  // namespace winbind
