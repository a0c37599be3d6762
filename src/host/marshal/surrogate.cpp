#include "host/marshal/surrogate.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "host/lsa_heap.hpp"

namespace openlsa::host::marshal {
namespace {

// The authority's own limits are lower (authority/logon/surrogates.cpp).
constexpr std::size_t max_entries = 64;
constexpr std::size_t max_data_bytes = 1u << 20;

using Entry = SECPKG_SURROGATE_LOGON_ENTRY;

}  // namespace

Copied<std::vector<seam::SurrogateEntry>> copy_surrogate_entries(const SECPKG_SURROGATE_LOGON& logon) {
  std::vector<seam::SurrogateEntry> result;
  const std::size_t count = logon.EntryCount;
  if (count > max_entries || !reachable(logon.Entries, count * sizeof(Entry), Reach::heap_only))
    return std::unexpected(Refusal{"surrogate entries that leave their block"});
  for (std::size_t i = 0; i < count; ++i) {
    const Entry& source = logon.Entries[i];
    seam::SurrogateEntry& entry = result.emplace_back();
    static_assert(sizeof source.Type == sizeof entry.type);
    std::memcpy(entry.type.data(), &source.Type, sizeof source.Type);
    if (source.Data == nullptr) continue;
    const std::size_t size = lsa_heap::readable_bytes(source.Data);
    if (size == 0 || size > max_data_bytes)
      return std::unexpected(Refusal{"surrogate data that is no block of the LSA heap"});
    entry.data = base::Secret(base::as_bytes(source.Data, size));
  }
  return result;
}

void free_surrogate_entries(SECPKG_SURROGATE_LOGON& logon) {
  std::set<const void*> blocks{logon.Entries};
  const std::size_t fitting = lsa_heap::readable_bytes(logon.Entries) / sizeof(Entry);
  for (std::size_t i = 0; i < std::min<std::size_t>(logon.EntryCount, fitting); ++i)
    blocks.insert(logon.Entries[i].Data);
  std::erase_if(blocks, [](const void* block) { return !lsa_heap::is_block(block); });
  for (const void* block : blocks) lsa_heap::free_if_block(block);
  logon = {};
}

SurrogateView::SurrogateView(const seam::SurrogateLogon& value) {
  for (const seam::SurrogateEntry& entry : value.entries) {
    Entry view{};
    std::memcpy(&view.Type, entry.type.data(), sizeof view.Type);
    if (entry.data) view.Data = const_cast<std::uint8_t*>(entry.data->reveal().data());
    entries_.push_back(view);
  }
  structure_.Version = SECPKG_SURROGATE_LOGON_VERSION_1;
  structure_.SurrogateLogonID = {value.id.low(), value.id.high()};
  structure_.EntryCount = static_cast<ULONG>(entries_.size());
  structure_.Entries = entries_.empty() ? nullptr : entries_.data();
}

}  // namespace openlsa::host::marshal
