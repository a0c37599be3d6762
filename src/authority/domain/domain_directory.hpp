// Which domains are behind the door. The list is asked for when somebody needs it, and kept: for some minutes when it
// came, for seconds when it could not be had; meanwhile the last one holds.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/domain/domain_door.hpp"
#include "base/mutex.hpp"

namespace openlsa::authority {

using DomainList = std::vector<seam::DomainName>;  // the machine's own domain first

class DomainDirectory {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t max_domains = 256;
  static constexpr std::chrono::seconds keeps{300};
  static constexpr std::chrono::seconds tries_again_after{10};

  DomainDirectory(DomainDoor& door, std::u16string own_name, const nt::Sid& own_sid)
      : door_(door), own_name_(std::move(own_name)), own_sid_(own_sid) {}

  // What is known, without asking. Null: the door could not be asked yet.
  std::shared_ptr<const DomainList> known() const OPENLSA_EXCLUDES(mutex_);
  bool is_due() const OPENLSA_EXCLUDES(mutex_);  // it is time to ask again
  // Asks when it is time, and waits for the answer; who comes while somebody asks waits for his.
  std::shared_ptr<const DomainList> up_to_date(DomainDoor::Deadline until) OPENLSA_EXCLUDES(mutex_);
  void forget() OPENLSA_EXCLUDES(mutex_);  // the door's file has changed

  const std::u16string& own_name() const { return own_name_; }
  const nt::Sid& own_sid() const { return own_sid_; }

 private:
  DomainList sound(DomainList said) const;

  DomainDoor& door_;
  const std::u16string own_name_;
  const nt::Sid own_sid_;
  mutable base::Mutex mutex_;
  base::ConditionVariable answered_;
  std::shared_ptr<const DomainList> list_ OPENLSA_GUARDED_BY(mutex_);
  Clock::time_point next_ OPENLSA_GUARDED_BY(mutex_){};
  bool asking_ OPENLSA_GUARDED_BY(mutex_) = false;
};

// By the NetBIOS or the DNS name; null when it is none of them.
const seam::DomainName* find_domain(const DomainList& domains, std::u16string_view name);
const seam::DomainName* find_domain(const DomainList& domains, const nt::Sid& sid);

}  // namespace openlsa::authority
