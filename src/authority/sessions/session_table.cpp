#include "authority/sessions/session_table.hpp"

#include <algorithm>

namespace openlsa::authority {

nt::Luid SessionTable::allocate(std::uint32_t count) {
  base::MutexLock lock(mutex_);
  // A package may have named a session by a number of its own.
  for (std::uint64_t id = next_luid_; id < next_luid_ + count; ++id)
    if (sessions_.find(nt::Luid{id}) != nullptr) next_luid_ = id + 1;
  const nt::Luid first{next_luid_};
  next_luid_ += count;
  return first;
}

nt::Status SessionTable::create(nt::Luid id, seam::PackageId owner, seam::ChainId chain) {
  base::MutexLock lock(mutex_);
  // Below the dynamic range are the machine's own sessions, which a package cannot make.
  if (owner != 0 && id.value < nt::first_dynamic_luid)
    return sessions_.find(id) != nullptr ? STATUS_LOGON_SESSION_COLLISION : STATUS_INVALID_PARAMETER;
  if (sessions_.size() >= max_sessions) return STATUS_TOO_MANY_SESSIONS;
  if (sessions_.find(id) != nullptr) return STATUS_LOGON_SESSION_COLLISION;
  sessions_.insert(std::make_shared<Session>(weak_from_this(), id, owner, chain));
  creating_.insert(id);
  return STATUS_SUCCESS;
}

nt::Status SessionTable::remove(nt::Luid id) {
  base::MutexLock lock(mutex_);
  const std::shared_ptr<Session>* const found = sessions_.find(id);
  if (found == nullptr) return STATUS_NO_SUCH_LOGON_SESSION;
  if ((*found)->state_ != SessionState::creating) return STATUS_BAD_LOGON_SESSION_STATE;
  (*found)->state_ = SessionState::gone;
  creating_.erase(id);
  sessions_.erase(id);
  return STATUS_SUCCESS;
}

template <class Selects>
std::vector<nt::Luid> SessionTable::drop_where(Selects selects) {
  base::MutexLock lock(mutex_);
  std::vector<nt::Luid> dropped;
  for (const nt::Luid id : creating_)
    if (selects(**sessions_.find(id))) dropped.push_back(id);
  for (const nt::Luid id : dropped) {
    (*sessions_.find(id))->state_ = SessionState::gone;
    sessions_.erase(id);
    creating_.erase(id);
  }
  return dropped;
}

std::vector<nt::Luid> SessionTable::drop_unfinished(seam::ChainId chain) {
  if (!chain) return {};
  return drop_where([&](const Session& session) { return session.chain_ == chain; });
}

std::vector<nt::Luid> SessionTable::drop_unfinished(const std::vector<seam::PackageId>& owners) {
  return drop_where(
      [&](const Session& session) { return std::find(owners.begin(), owners.end(), session.owner_) != owners.end(); });
}

std::shared_ptr<Session> SessionTable::find(nt::Luid id) {
  base::MutexLock lock(mutex_);
  const std::shared_ptr<Session>* const found = sessions_.find(id);
  return found == nullptr ? nullptr : *found;
}

SessionState SessionTable::state(const Session& session) {
  base::MutexLock lock(mutex_);
  return session.state_;
}

std::optional<SessionState> SessionTable::state(nt::Luid id) {
  base::MutexLock lock(mutex_);
  const std::shared_ptr<Session>* const found = sessions_.find(id);
  if (found == nullptr) return std::nullopt;
  return (*found)->state_;
}

bool SessionTable::opens_tokens(const Session& session) {
  base::MutexLock lock(mutex_);
  return session.state_ == SessionState::creating || session.state_ == SessionState::live;
}

void SessionTable::describe(Session& session, const SessionDetails& details) {
  PackedDetails described(details);
  base::MutexLock lock(mutex_);
  if (session.details_.empty()) session.details_ = std::move(described);
}

std::optional<SessionDetails> SessionTable::details(const Session& session) {
  base::MutexLock lock(mutex_);
  if (session.details_.empty()) return std::nullopt;
  return session.details_.unpack();
}

std::optional<DescribedSession> SessionTable::look_up(nt::Luid id) {
  base::MutexLock lock(mutex_);
  const std::shared_ptr<Session>* const found = sessions_.find(id);
  if (found == nullptr || (*found)->details_.empty()) return std::nullopt;
  return DescribedSession{(*found)->details_.unpack(), (*found)->owner_, (*found)->logon_time_};
}

std::vector<nt::Luid> SessionTable::list() {
  base::MutexLock lock(mutex_);
  std::vector<nt::Luid> ids;
  sessions_.for_each([&](const Session& session) {
    if (session.state_ != SessionState::terminating) ids.push_back(session.id_);
  });
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<nt::Luid> SessionTable::list_live() {
  base::MutexLock lock(mutex_);
  std::vector<nt::Luid> ids;
  sessions_.for_each([&](const Session& session) {
    if (session.state_ == SessionState::live) ids.push_back(session.id_);
  });
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::size_t SessionTable::size() {
  base::MutexLock lock(mutex_);
  return sessions_.size();
}

bool SessionTable::token_opened(Session& session, const std::shared_ptr<const PackedInformation>& information) {
  base::MutexLock lock(mutex_);
  if (session.state_ != SessionState::creating && session.state_ != SessionState::live) return false;
  if (session.state_ == SessionState::creating) creating_.erase(session.id_);
  session.state_ = SessionState::live;
  ++session.tokens_;
  if (session.information_.expired()) session.information_ = information;
  return true;
}

std::shared_ptr<const PackedInformation> SessionTable::information(const Session& session) {
  base::MutexLock lock(mutex_);
  return session.information_.lock();
}

void SessionTable::token_closed(const std::shared_ptr<Session>& session) {
  {
    base::MutexLock lock(mutex_);
    if (--session->tokens_ != 0) return;
    if (session->state_ != SessionState::live) return;
    session->state_ = SessionState::terminating;
  }
  ended_(session);
}

bool SessionTable::abandon(nt::Luid id) {
  std::shared_ptr<Session> session;
  {
    base::MutexLock lock(mutex_);
    const std::shared_ptr<Session>* const found = sessions_.find(id);
    if (found == nullptr || (*found)->state_ != SessionState::creating) return false;
    session = *found;
    creating_.erase(id);
    session->state_ = SessionState::terminating;
  }
  ended_(session);
  return true;
}

void SessionTable::finish(nt::Luid id) {
  std::shared_ptr<Session> finished;
  base::MutexLock lock(mutex_);
  const std::shared_ptr<Session>* const found = sessions_.find(id);
  if (found == nullptr || (*found)->state_ != SessionState::terminating) return;
  finished = *found;
  finished->state_ = SessionState::gone;
  sessions_.erase(id);
}

}  // namespace openlsa::authority
