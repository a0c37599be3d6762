#include "authority/support/token_arguments.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_source_name_bytes = 8;  // TOKEN_SOURCE_LENGTH
constexpr std::size_t max_text_units = 256;

// SECURITY_LOGON_TYPE: Interactive (2) to CachedUnlock (13), without Proxy (6), which is not supported.
bool is_logon_type(std::uint32_t type) { return type >= 2 && type <= 13 && type != 6; }

}  // namespace

// "TOKEN_SOURCE: the source module must be named": a token without one cannot be traced to its package.
nt::Status check_token_arguments(std::uint32_t logon_type, nt::ImpersonationLevel level,
                                 const nt::TokenSource& source) {
  if (!is_logon_type(logon_type)) return STATUS_INVALID_LOGON_TYPE;
  if (level > nt::ImpersonationLevel::delegation) return STATUS_BAD_IMPERSONATION_LEVEL;
  if (source.name.empty() || source.name.size() > max_source_name_bytes) return STATUS_INVALID_PARAMETER;
  return STATUS_SUCCESS;
}

std::u16string bounded_text(const seam::OptionalText& first, const seam::OptionalText& second) {
  std::u16string text = first && !first->empty() ? *first : second.value_or(u"");
  if (text.size() > max_text_units) text.resize(max_text_units);
  return text;
}

}  // namespace openlsa::authority
