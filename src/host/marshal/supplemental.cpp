#include "host/marshal/supplemental.hpp"

#include <algorithm>
#include <cstddef>
#include <set>

#include "host/lsa_heap.hpp"

namespace openlsa::host::marshal {
namespace {

constexpr std::size_t max_credentials = 64;
// Credentials of one package; all of a reply must fit a message.
constexpr std::size_t max_credential_bytes = 1u << 20;
constexpr std::size_t head_bytes = offsetof(SECPKG_SUPPLEMENTAL_CRED_ARRAY, Credentials);

}  // namespace

Copied<std::vector<seam::SupplementalCredential>> copy_supplemental(const SECPKG_SUPPLEMENTAL_CRED_ARRAY* array,
                                                                    Reach reach) {
  std::vector<seam::SupplementalCredential> result;
  if (array == nullptr) return result;
  if (!reachable(array, head_bytes, reach))
    return std::unexpected(Refusal{"supplemental credentials outside the LSA heap"});
  const std::size_t count = array->CredentialCount;
  if (count > max_credentials || !reachable(array, head_bytes + count * sizeof(SECPKG_SUPPLEMENTAL_CRED), reach))
    return std::unexpected(Refusal{"supplemental credentials that leave their block"});
  for (std::size_t i = 0; i < count; ++i) {
    const SECPKG_SUPPLEMENTAL_CRED& credential = array->Credentials[i];
    auto name = copy_text_member(credential.PackageName, reach);
    if (!name) return std::unexpected(name.error());
    if (!*name || (*name)->empty()) return std::unexpected(Refusal{"supplemental credentials for no package"});
    if (credential.CredentialSize > max_credential_bytes ||
        !reachable(credential.Credentials, credential.CredentialSize, reach))
      return std::unexpected(Refusal{"a supplemental credential that leaves its block"});
    result.push_back(
        {std::move(**name), base::Secret(base::as_bytes(credential.Credentials, credential.CredentialSize))});
  }
  return result;
}

void free_supplemental(SECPKG_SUPPLEMENTAL_CRED_ARRAY* array) {
  const std::size_t readable = lsa_heap::readable_bytes(array);
  if (array == nullptr || readable < head_bytes) return;
  std::set<const void*> blocks;
  const std::size_t fitting = (readable - head_bytes) / sizeof(SECPKG_SUPPLEMENTAL_CRED);
  for (std::size_t i = 0; i < std::min<std::size_t>(array->CredentialCount, fitting); ++i) {
    blocks.insert(array->Credentials[i].PackageName.Buffer);
    blocks.insert(array->Credentials[i].Credentials);
  }
  blocks.erase(array);
  for (const void* block : blocks) lsa_heap::free_if_block(block);
  lsa_heap::free_if_block(array);
}

SECPKG_SUPPLEMENTAL_CRED view_of(const seam::SupplementalCredential& value) {
  SECPKG_SUPPLEMENTAL_CRED view{};
  view.PackageName = view_of(value.package_name);
  view.CredentialSize = static_cast<ULONG>(value.credentials.size());
  view.Credentials = value.credentials.empty() ? nullptr : const_cast<UCHAR*>(value.credentials.reveal().data());
  return view;
}

}  // namespace openlsa::host::marshal
