#include "client/sspi/packages.hpp"

#include <algorithm>
#include <type_traits>

#include "client/bare/bare_providers.hpp"
#include "client/connection/current_client.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/negotiate/candidates.hpp"
#include "client/sspi/text.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {

nt::Status list_hosted_packages(std::vector<seam::PackageInfo>& packages) {
  auto reply = CurrentClient().call(&seam::AuthorityCalls::enumerate_packages, {});
  if (!nt::succeeded(reply.status)) return reply.status;
  packages = std::move(reply.packages);
  std::erase_if(packages, [](const seam::PackageInfo& package) { return !package.supports_sspi; });
  return SEC_E_OK;
}

nt::Status list_packages(std::vector<seam::PackageInfo>& packages) {
  const nt::Status status = list_hosted_packages(packages);
  if (auto negotiate = negotiate::package_info(packages)) packages.push_back(std::move(*negotiate));
  const std::vector<BarePackage> bare = BareProviders::of_process().packages();
  if (!nt::succeeded(status) && bare.empty()) return status;
  for (const BarePackage& package : bare)
    if (std::none_of(packages.begin(), packages.end(),
                     [&](const seam::PackageInfo& other) { return nt::equal_names(other.name, package.info.name); }))
      packages.push_back(package.info);
  return SEC_E_OK;
}

template <class Info>
nt::Status make_package_block(std::span<const seam::PackageInfo> packages, Info*& block) {
  constexpr bool ansi = std::is_same_v<Info, SecPkgInfoA>;
  std::size_t size = packages.size() * sizeof(Info);
  for (const seam::PackageInfo& package : packages)
    for (const seam::Text* text : {&package.name, &package.comment}) {
      const auto bytes = text_bytes(*text, ansi);
      if (!bytes) return SEC_E_INTERNAL_ERROR;
      size += *bytes;
    }
  auto* const made = static_cast<Info*>(allocate_buffer(size, FreedBy::free_context_buffer));
  if (made == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  auto* next = reinterpret_cast<std::uint8_t*>(made + packages.size());
  const auto place = [&next](const seam::Text& text, auto*& out) {
    write_text(text, ansi, next);
    out = reinterpret_cast<std::remove_reference_t<decltype(out)>>(next);
    next += *text_bytes(text, ansi);
  };
  for (std::size_t i = 0; i < packages.size(); ++i) {
    made[i].fCapabilities = packages[i].capabilities;
    made[i].wVersion = packages[i].version;
    made[i].wRPCID = packages[i].rpc_id;
    made[i].cbMaxToken = packages[i].max_token;
    place(packages[i].name, made[i].Name);
    place(packages[i].comment, made[i].Comment);
  }
  block = made;
  return SEC_E_OK;
}

template <class Info>
nt::Status enumerate_packages(ULONG* count, Info** block) {
  if (count == nullptr || block == nullptr) return SEC_E_INVALID_PARAMETER;
  std::vector<seam::PackageInfo> packages;
  if (const nt::Status status = list_packages(packages); status != SEC_E_OK) return status;
  const nt::Status status = make_package_block<Info>(packages, *block);
  if (status == SEC_E_OK) *count = static_cast<ULONG>(packages.size());
  return status;
}

template <class Info, class Char>
nt::Status query_package(const Char* name, Info** block) {
  if (block == nullptr) return SEC_E_INVALID_PARAMETER;
  seam::OptionalText wanted;
  if (!copy_text(name, wanted) || !wanted) return SEC_E_SECPKG_NOT_FOUND;
  std::vector<seam::PackageInfo> packages;
  if (const nt::Status status = list_packages(packages); status != SEC_E_OK) return status;
  const auto found = std::find_if(packages.begin(), packages.end(), [&](const seam::PackageInfo& package) {
    return nt::equal_names(package.name, *wanted);
  });
  return found == packages.end() ? SEC_E_SECPKG_NOT_FOUND : make_package_block<Info>({&*found, 1}, *block);
}

template nt::Status make_package_block(std::span<const seam::PackageInfo>, SecPkgInfoA*&);
template nt::Status make_package_block(std::span<const seam::PackageInfo>, SecPkgInfoW*&);
template nt::Status enumerate_packages(ULONG*, SecPkgInfoA**);
template nt::Status enumerate_packages(ULONG*, SecPkgInfoW**);
template nt::Status query_package(const SEC_CHAR*, SecPkgInfoA**);
template nt::Status query_package(const SEC_WCHAR*, SecPkgInfoW**);

}  // namespace openlsa::client
