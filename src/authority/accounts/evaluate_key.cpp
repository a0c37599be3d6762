// One attempt to prove a password: the only place that opens keys for a proof, and that counts.
//
// Attempts at one account take turns, and each is counted before the next is judged: parallel guesses are evaluated as
// often as the threshold says, not more (CVE-2021-20251). A name that no account has, and an account that is locked out
// or has no password, goes the same way with a random key, to a counter and to the disk, so that neither answer nor
// time tells them apart (tests/authority_accounts/equal-path counts the instructions).
//
// A wrong guess is on its way to the disk before it is answered (a write to the log of the database), but not flushed:
// the end of this process loses none, a loss of power at most those since the last flush, and an attacker who cuts the
// power once for every few guesses has the machine in his hands. The guess that locks an account out is not flushed
// either: a flush takes a hundred times as long as everything else, and would tell each guesser that there is an
// account.
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

bool AccountStore::has_no_guess_left(const AccountRecord& record) const {
  if (is_locked(record)) return true;
  const auto on_their_way = attempts_.find(record.rid);
  return on_their_way != attempts_.end() && policy_.lockout_threshold != 0 &&
         std::uint64_t{record.guesses.bad_count} + on_their_way->second >= policy_.lockout_threshold;
}

AccountStore::Evaluation AccountStore::evaluate_key(std::string_view name, const KeyProof& proof) {
  return evaluate(name, proof, false);
}

AccountStore::Evaluation AccountStore::begin_attempt(std::string_view name, const KeyProof& proof) {
  return evaluate(name, proof, true);
}

void AccountStore::end_attempt(const nt::Sid& sid, AttemptEnd end) {
  const std::uint32_t rid = sid.rid();
  bool stored = false;
  if (end != AttemptEnd::not_judged) count_guess(rid, end == AttemptEnd::right, stored);
  base::MutexLock lock(mutex_);
  if (const auto found = attempts_.find(rid); found != attempts_.end() && --found->second == 0) attempts_.erase(found);
}

AccountStore::Evaluation AccountStore::evaluate(std::string_view name, const KeyProof& proof, bool begins) {
  const std::string folded = folded_local_name(name);
  base::MutexLock turn(turns_[name_hash(folded) % turns_.size()]);
  Evaluation evaluation;
  std::uint32_t rid = 0, bound_rid = 0;
  bool has_key = false, locked = false;
  {
    base::MutexLock lock(mutex_);
    AccountRecord* found = record_by_name(name);
    AccountRecord& record = found != nullptr ? *found : decoy_;
    rid = record.rid;
    forget_old_guesses(record, lockout_now());
    locked = has_no_guess_left(record);
    has_key = found != nullptr && !locked && record.has(account_has_key);
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
  const bool left_to_another = begins && !proof && rid != 0 && !locked;
  if (left_to_another) right = true;
  if (locked)
    store_guesses(rid);
  else if (!(begins && right) && !count_guess(rid, right, evaluation.stored))
    right = false;
  {
    // Put together for every attempt: what is only done for the right password is time that tells of it.
    base::MutexLock lock(mutex_);
    if (const AccountRecord* record = guessed_record(rid)) evaluation.account = account_of(*record);
    if (evaluation.account && right && begins) ++attempts_[rid];
  }
  if (right && evaluation.account) {
    evaluation.status = STATUS_SUCCESS;
    return evaluation;
  }
  evaluation.account.reset();
  if (locked)
    evaluation.status = STATUS_ACCOUNT_LOCKED_OUT;
  else
    evaluation.status = rid != 0 && !right ? STATUS_WRONG_PASSWORD : STATUS_NO_SUCH_USER;
  return evaluation;
}

// False: the account is gone.
bool AccountStore::count_guess(std::uint32_t rid, bool right, bool& stored) {
  {
    base::MutexLock lock(mutex_);
    AccountRecord* record = guessed_record(rid);
    if (record == nullptr) return false;
    if (right && record->guesses.bad_count == 0) return true;
    if (right) {
      record->guesses.bad_count = 0;
    } else {
      record->guesses.bad_count = std::min(record->guesses.bad_count, 0xfffeu) + 1;
      record->guesses.bad_time = lockout_now();
      if (rid != 0 && policy_.lockout_threshold != 0 && record->guesses.bad_count >= policy_.lockout_threshold)
        record->guesses.locked_at = record->guesses.bad_time;
    }
  }
  store_guesses(rid);
  stored = true;
  return true;
}

// Of an attempt at `rid`, or of those at nobody; both are looked for.
AccountRecord* AccountStore::guessed_record(std::uint32_t rid) {
  AccountRecord* const record = record_by_rid(rid);
  return rid != 0 ? record : &decoy_;
}

// As they are by now: an unlocking that came between is not undone. What the disk does not take still counts in memory.
void AccountStore::store_guesses(std::uint32_t rid) {
  base::MutexLock writing(writing_);
  GuessState state;
  {
    base::MutexLock lock(mutex_);
    const AccountRecord* record = guessed_record(rid);
    if (record == nullptr) return;
    state = record->guesses;
  }
  if (const auto stored = database_->write_guesses(rid, state, false); !stored)
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
  store_guesses(sid.rid());
}

void AccountStore::note_refusal(const nt::Sid& sid) { store_guesses(sid.rid()); }

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
