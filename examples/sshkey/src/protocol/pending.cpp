#include "protocol/pending.hpp"

namespace sshkey {
namespace {

bool is_old(const PendingChallenge& record, std::int64_t now) {
  return now < record.made_at || now - record.made_at >= challenge_life_seconds;
}

}  // namespace

void PendingTable::drop_old(std::int64_t now) {
  std::erase_if(records_, [now](const auto& entry) { return is_old(entry.second, now); });
}

bool PendingTable::add(PendingChallenge pending, std::int64_t now) {
  drop_old(now);
  std::size_t of_this_uid = 0;
  for (const auto& [challenge, record] : records_) of_this_uid += record.uid == pending.uid ? 1 : 0;
  if (of_this_uid >= max_pending_per_uid || records_.size() >= max_pending) return false;
  pending.made_at = now;
  const Fixed32 challenge = pending.fields.challenge;
  return records_.emplace(challenge, std::move(pending)).second;
}

std::optional<PendingChallenge> PendingTable::take(const Fixed32& challenge, std::uint32_t uid, std::int64_t now) {
  const auto found = records_.find(challenge);
  if (found == records_.end()) return std::nullopt;
  PendingChallenge record = std::move(found->second);
  records_.erase(found);
  if (is_old(record, now) || record.uid != uid) return std::nullopt;
  return record;
}

}  // namespace sshkey
