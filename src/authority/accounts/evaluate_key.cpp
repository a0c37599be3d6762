// One attempt to prove a password: the only place that opens keys for a proof, and that counts.
//
// Attempts at one account take turns, and each is counted before the next is judged: parallel guesses are evaluated as
// often as the threshold says, not more (CVE-2021-20251). A name that no account has goes the same way with a random
// key, to its counter and to the disk, so that neither answer nor time tells the two apart.
//
// A wrong guess is on its way to the disk before it is answered (a write to the log of the database), but not flushed:
// the end of this process loses none, a loss of power at most those since the last flush, and an attacker who cuts the
// power once for every few guesses has the machine in his hands. The guess that locks the account out is flushed.
#include <algorithm>

#include "authority/accounts/account_database.hpp"
#include "authority/accounts/account_names.hpp"
#include "authority/accounts/account_store.hpp"
#include "base/log.hpp"

namespace openlsa::authority {
namespace {

constexpr std::int64_t logon_note_seconds = 3600;

std::int64_t ticks_of(std::uint32_t seconds) { return std::int64_t{seconds} * nt::ticks_per_second; }

}  // namespace

bool AccountStore::is_locked(const AccountRecord& record) const {
  if (record.guesses.locked_at.ticks == 0) return false;
  if (policy_.lockout_duration_seconds == 0) return true;
  return lockout_now().ticks - record.guesses.locked_at.ticks < ticks_of(policy_.lockout_duration_seconds);
}

void AccountStore::forget_old_guesses(AccountRecord& record, nt::FileTime now) const {
  GuessState& state = record.guesses;
  if (state.locked_at.ticks != 0 && !is_locked(record)) {
    state.locked_at = {};
    state.bad_count = 0;
  }
  if (state.bad_count != 0 && now.ticks - state.bad_time.ticks >= ticks_of(policy_.lockout_window_seconds))
    state.bad_count = 0;
}

AccountStore::Evaluation AccountStore::evaluate_key(std::string_view name, const KeyProof& proof) {
  const std::string folded = folded_local_name(name);
  base::MutexLock turn(turns_[name_hash(folded) % turns_.size()]);
  Evaluation evaluation;
  std::uint32_t rid = 0, bound_rid = 0;
  bool has_key = false;
  {
    base::MutexLock lock(mutex_);
    AccountRecord* found = record_by_name(name);
    AccountRecord& record = found != nullptr ? *found : decoy_;
    rid = record.rid;
    has_key = found != nullptr && record.has(account_has_key);
    forget_old_guesses(record, lockout_now());
    if (is_locked(record)) {
      evaluation.status = STATUS_ACCOUNT_LOCKED_OUT;
      return evaluation;
    }
    bound_rid = has_key ? rid : 0;
    evaluation.sealed_key = has_key ? record.sealed_key : decoy_.sealed_key;
  }
  const std::optional<NtKey> key = open_key(bound_rid, evaluation.sealed_key);
  if (!key) {
    base::log(base::LogLevel::error, options_.path +
                                         ": the password of an account cannot be opened; its row or master.key is "
                                         "damaged. Restore both files from one backup.");
    evaluation.status = STATUS_INTERNAL_DB_CORRUPTION;
    return evaluation;
  }
  bool right = proof && proof(*key);
  right &= has_key;
  evaluation.blank = is_blank(*key);
  if (!count_guess(rid, right)) right = false;
  if (right) {
    base::MutexLock lock(mutex_);
    if (const AccountRecord* record = record_by_rid(rid); record != nullptr && rid != 0)
      evaluation.account = account_of(*record);
    evaluation.status = evaluation.account ? STATUS_SUCCESS : STATUS_NO_SUCH_USER;
  } else {
    evaluation.status = rid != 0 ? STATUS_WRONG_PASSWORD : STATUS_NO_SUCH_USER;
  }
  return evaluation;
}

// False: the account is gone.
bool AccountStore::count_guess(std::uint32_t rid, bool right) {
  bool locks = false;
  {
    base::MutexLock lock(mutex_);
    AccountRecord* record = rid != 0 ? record_by_rid(rid) : &decoy_;
    if (record == nullptr) return false;
    if (right && record->guesses.bad_count == 0) return true;
    if (right) {
      record->guesses.bad_count = 0;
    } else {
      record->guesses.bad_count = std::min(record->guesses.bad_count, 0xfffeu) + 1;
      record->guesses.bad_time = lockout_now();
      locks = rid != 0 && policy_.lockout_threshold != 0 && record->guesses.bad_count >= policy_.lockout_threshold;
      if (locks) record->guesses.locked_at = record->guesses.bad_time;
    }
  }
  store_guesses(rid, locks);
  return true;
}

// As they are by now: an unlocking that came between is not undone. What the disk does not take still counts in memory.
void AccountStore::store_guesses(std::uint32_t rid, bool durable) {
  base::MutexLock writing(writing_);
  GuessState state;
  {
    base::MutexLock lock(mutex_);
    const AccountRecord* record = rid != 0 ? record_by_rid(rid) : &decoy_;
    if (record == nullptr) return;
    state = record->guesses;
  }
  if (const auto stored = database_->write_guesses(rid, state, durable); !stored)
    base::log(base::LogLevel::warning, stored.error().message);
}

// To the hour on the disk, exactly in memory: a logon does not wait for the disk.
void AccountStore::note_logon(const nt::Sid& sid, nt::FileTime now) {
  {
    base::MutexLock lock(mutex_);
    AccountRecord* record = record_by_sid(sid);
    if (record == nullptr) return;
    const std::int64_t since = now.ticks - record->guesses.last_logon.ticks;
    record->guesses.last_logon = now;
    if (since >= 0 && since < logon_note_seconds * nt::ticks_per_second) return;
  }
  store_guesses(sid.rid(), false);
}

AccountResult<> AccountStore::unlock(const nt::Sid& sid) {
  base::MutexLock writing(writing_);
  GuessState state;
  {
    base::MutexLock lock(mutex_);
    const AccountRecord* record = record_by_sid(sid);
    if (record == nullptr)
      return account_failure(STATUS_NO_SUCH_USER,
                             "There is no account " + sid.to_string() + ". List them with `lsactl account list`.");
    state = record->guesses;
  }
  state.bad_count = 0;
  state.locked_at = {};
  if (const auto stored = database_->write_guesses(sid.rid(), state, true); !stored) return disk_failed(stored.error());
  base::MutexLock lock(mutex_);
  if (AccountRecord* record = record_by_sid(sid)) {
    record->guesses.bad_count = 0;
    record->guesses.locked_at = {};
  }
  return {};
}

}  // namespace openlsa::authority
