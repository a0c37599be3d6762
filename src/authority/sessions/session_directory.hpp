// Sessions by LUID. LUIDs are given out in order, so neighbours stand together in pages: a look-up among a million
// reads one place of one page, where a hash table would walk from node to node (session.lookup.1m of the bench).
#pragma once

#include <array>
#include <memory>
#include <unordered_map>

#include "authority/sessions/session.hpp"

namespace openlsa::authority {

class SessionDirectory {
 public:
  // Nullptr when no session has this LUID. Valid until the directory changes.
  const std::shared_ptr<Session>* find(nt::Luid id) const {
    const auto page = pages_.find(id.value / page_size);
    if (page == pages_.end()) return nullptr;
    const std::shared_ptr<Session>& place = page->second->places[id.value % page_size];
    return place == nullptr ? nullptr : &place;
  }
  // The LUID has no session yet.
  void insert(std::shared_ptr<Session> session) {
    const std::uint64_t id = session->id().value;
    std::unique_ptr<Page>& page = pages_[id / page_size];
    if (page == nullptr) page = std::make_unique<Page>();
    page->places[id % page_size] = std::move(session);
    ++page->used;
    ++size_;
  }
  // The LUID has a session.
  void erase(nt::Luid id) {
    const auto page = pages_.find(id.value / page_size);
    page->second->places[id.value % page_size].reset();
    --size_;
    if (--page->second->used == 0) pages_.erase(page);
  }
  std::size_t size() const { return size_; }
  // In no order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const auto& [number, page] : pages_)
      for (const std::shared_ptr<Session>& session : page->places)
        if (session != nullptr) visit(*session);
  }

 private:
  // 4 KiB: a session under a LUID that its package chose may have a page for itself, and must cost little. Smaller
  // pages are so many that to find them costs what the page saves.
  static constexpr std::size_t page_size = 256;
  struct Page {
    std::array<std::shared_ptr<Session>, page_size> places;
    std::uint32_t used = 0;
  };

  std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;
  std::size_t size_ = 0;
};

}  // namespace openlsa::authority
