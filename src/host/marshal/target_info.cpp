#include "host/marshal/target_info.hpp"

#include <algorithm>
#include <cstddef>

#include "host/lsa_heap.hpp"
#include "win32/claims_layout.hpp"
#include "win32/structure_layout.hpp"

namespace openlsa::host::marshal {
namespace {

constexpr std::size_t max_name_units = 1024;

}  // namespace

Copied<seam::TargetInfo> copy_target_info(const SECPKG_TARGETINFO* info, Reach reach) {
  seam::TargetInfo result;
  if (info == nullptr) return result;
  if (!reachable(info, sizeof *info, reach)) return std::unexpected(Refusal{"target information outside the LSA heap"});
  const auto sid = copy_sid(info->DomainSid, reach);
  if (!sid) return std::unexpected(sid.error());
  result.domain_sid = *sid;
  if (info->ComputerName == nullptr) return result;
  std::size_t limit = max_name_units + 1;
  if (reach == Reach::heap_only) limit = std::min(limit, lsa_heap::readable_bytes(info->ComputerName) / sizeof(WCHAR));
  const auto* units = reinterpret_cast<const char16_t*>(info->ComputerName);
  std::size_t size = 0;
  while (size < limit && units[size] != 0) ++size;
  if (size == limit) return std::unexpected(Refusal{"a computer name without an end"});
  result.computer_name = seam::Text(units, size);
  return result;
}

void free_target_info(SECPKG_TARGETINFO* info) {
  if (lsa_heap::readable_bytes(info) < sizeof *info) return;
  for (const void* member : {static_cast<const void*>(info->DomainSid), static_cast<const void*>(info->ComputerName)})
    lsa_heap::free_if_block(member);  // an address within the structure's own block is the start of no other
  lsa_heap::free_if_block(info);
}

SECPKG_TARGETINFO* give_target_info(const seam::TargetInfo& value) {
  win32::InformationBlock block;
  block.reserve(sizeof(SECPKG_TARGETINFO), alignof(SECPKG_TARGETINFO));
  if (value.domain_sid) win32::point_to_sid(block, offsetof(SECPKG_TARGETINFO, DomainSid), *value.domain_sid);
  if (value.computer_name)
    block.point(offsetof(SECPKG_TARGETINFO, ComputerName), win32::append_wide_text(block, *value.computer_name));
  void* const copy = lsa_heap::allocate(block.size());
  if (copy != nullptr) block.copy_to(copy);
  return static_cast<SECPKG_TARGETINFO*>(copy);
}

TargetInfoView::TargetInfoView(const seam::TargetInfo& value) {
  if (value.domain_sid) {
    sid_ = value.domain_sid->to_bytes();
    structure_.DomainSid = sid_.data();
  }
  if (value.computer_name) structure_.ComputerName = reinterpret_cast<PCWSTR>(value.computer_name->c_str());
}

}  // namespace openlsa::host::marshal
