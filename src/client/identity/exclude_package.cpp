#include "client/identity/identity_values.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"
#include "nt/utf.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

std::u16string_view trimmed(std::u16string_view item) {
  const std::size_t first = item.find_first_not_of(u' ');
  return first == item.npos ? item.substr(0, 0) : item.substr(first, item.find_last_not_of(u' ') + 1 - first);
}

bool has_item(std::u16string_view list, std::u16string_view item) {
  while (!list.empty()) {
    const std::size_t comma = list.find(u',');
    if (nt::equal_names(trimmed(list.substr(0, comma)), item)) return true;
    list = comma == list.npos ? list.substr(0, 0) : list.substr(comma + 1);
  }
  return false;
}

// "!package", as the page SEC_WINNT_AUTH_IDENTITY_EX has it. A mention of the package stays: without it a list that
// names this package alone would allow all others.
void exclude(const seam::Text& package, seam::Text& list) {
  const seam::Text item = u'!' + package;
  if (has_item(list, item)) return;
  if (!trimmed(list).empty()) list += u',';
  list += item;
}

nt::Status exclude_from(const void* identity, PCWSTR package, void*& block) {
  seam::OptionalText name;
  if (!copy_text(package, name) || !name) return SEC_E_INVALID_PARAMETER;
  if (name->empty() || name->find_first_of(u",! ") != name->npos) return SEC_E_INVALID_PARAMETER;
  // NULL is the caller's own identity, which an identity without names and credentials is as well.
  IdentityValues values;
  if (identity != nullptr)
    if (const nt::Status status = take_apart(identity, values); status != SEC_E_OK) return status;
  exclude(*name, values.packages);
  return make_identity(values, block);
}

}  // namespace

SECURITY_STATUS SspiExcludePackage(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity, PCWSTR pszPackageName,
                                   PSEC_WINNT_AUTH_IDENTITY_OPAQUE* ppNewAuthIdentity) {
  return sspi_edge([&]() -> nt::Status {
    if (ppNewAuthIdentity == nullptr) return SEC_E_INVALID_PARAMETER;
    void* block = nullptr;
    const nt::Status status = exclude_from(AuthIdentity, pszPackageName, block);
    if (status == SEC_E_OK) *ppNewAuthIdentity = block;
    return status;
  });
}
