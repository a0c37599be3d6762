// The accounts database (<state>/accounts.db): accounts, their keys, groups, the password policy. A change that was
// acknowledged survives SIGKILL and power loss; reads are answered from memory. Nothing here asks the passwd functions:
// our own NSS module would answer. Who logs on is judged in logon_check.hpp.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "authority/accounts/account.hpp"
#include "authority/accounts/account_failure.hpp"
#include "authority/accounts/account_policy.hpp"
#include "authority/accounts/account_record.hpp"
#include "authority/accounts/id_pool.hpp"
#include "authority/accounts/local_group.hpp"
#include "authority/accounts/slot_index.hpp"
#include "authority/policy/configuration.hpp"
#include "base/mutex.hpp"
#include "base/result.hpp"

namespace openlsa::authority {

class AccountDatabase;
class SecretBox;
struct Sealed;

class AccountStore {
 public:
  struct Options {
    std::string path;
    std::string domain;
    std::uint32_t minimum_uid = 1000;
    UidRange uid_range{70000, 99999};
    // What lock-outs are measured with; otherwise the wall clock at the start and the time since then, so that setting
    // the clock neither ends a lock-out nor prolongs it.
    std::function<nt::FileTime()> lockout_clock = {};
  };
  static base::OrFailure<std::unique_ptr<AccountStore>> open(const Configuration& configuration);
  static base::OrFailure<std::unique_ptr<AccountStore>> open(Options options);
  ~AccountStore();

  AccountResult<Account> add(const NewAccount& account) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  // All of them in one transaction. One that add() would refuse is left out and has its reason in its place; the
  // failure of the whole is the disk's.
  AccountResult<std::vector<AccountResult<Account>>> add_all(std::span<const NewAccount> accounts)
      OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  AccountResult<Account> change(const nt::Sid& sid, const AccountChange& change) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  AccountResult<Account> rename(const nt::Sid& sid, const std::string& name) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  AccountResult<> remove(const nt::Sid& sid) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  AccountResult<> set_disabled(const nt::Sid& sid, bool disabled) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  AccountResult<> unlock(const nt::Sid& sid) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);

  // "name" or "DOMAIN\name" (or ".\name": this machine), without case.
  std::optional<Account> find_by_name(std::string_view name) const OPENLSA_EXCLUDES(mutex_);
  std::optional<Account> find_by_name(std::u16string_view name) const OPENLSA_EXCLUDES(mutex_);
  std::optional<Account> find_by_sid(const nt::Sid& sid) const OPENLSA_EXCLUDES(mutex_);
  std::optional<Account> find_by_uid(std::uint32_t uid) const OPENLSA_EXCLUDES(mutex_);
  std::vector<Account> list() const OPENLSA_EXCLUDES(mutex_);
  // A part of the list: at most `limit`, from `from` on (0: the first); sets `from` to the next part, or to 0 after the
  // last.
  std::vector<Account> list(std::size_t& from, std::size_t limit) const OPENLSA_EXCLUDES(mutex_);
  std::size_t count() const OPENLSA_EXCLUDES(mutex_);

  // As the name service asks (posix_ids.cpp). The least uid of an account that is `from` or more; the same for gids
  // that are a group's, or an account's own (which is its uid).
  std::optional<std::uint32_t> next_uid(std::uint32_t from) const OPENLSA_EXCLUDES(mutex_);
  std::optional<std::uint32_t> next_gid(std::uint32_t from) const OPENLSA_EXCLUDES(mutex_);
  // The accounts that have the gid among their groups, by rid: at most `limit`, from the rid `from` on (0: the first);
  // sets `from` to the next part, or to 0 after the last.
  struct Member {
    std::string name;
    std::uint32_t uid = 0;
  };
  std::vector<Member> members_of_gid(std::uint32_t gid, std::uint32_t& from, std::size_t limit) const
      OPENLSA_EXCLUDES(mutex_);

  // Groups (local_groups.cpp). Names are one space with those of accounts, RIDs, too.
  AccountResult<LocalGroup> add_group(const NewLocalGroup& group) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  AccountResult<LocalGroup> change_group(const nt::Sid& sid, std::optional<std::string> name,
                                         std::optional<std::string> description) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  AccountResult<> remove_group(const nt::Sid& sid) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  AccountResult<> add_member(const nt::Sid& group, const nt::Sid& account) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  // The same for many, in one transaction; all of them must be there.
  AccountResult<> add_members(std::span<const std::pair<nt::Sid, nt::Sid>> group_and_account) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  AccountResult<> remove_member(const nt::Sid& group, const nt::Sid& account) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  std::optional<LocalGroup> find_group(std::string_view name) const OPENLSA_EXCLUDES(mutex_);
  std::optional<LocalGroup> find_group(const nt::Sid& sid) const OPENLSA_EXCLUDES(mutex_);
  std::optional<LocalGroup> find_group_by_gid(std::uint32_t gid) const OPENLSA_EXCLUDES(mutex_);
  std::vector<LocalGroup> list_groups() const OPENLSA_EXCLUDES(mutex_);
  std::vector<LocalGroup> groups_of(const nt::Sid& account) const OPENLSA_EXCLUDES(mutex_);
  std::vector<Account> members_of(const nt::Sid& group) const OPENLSA_EXCLUDES(mutex_);

  AccountPolicy policy() const OPENLSA_EXCLUDES(mutex_);
  AccountResult<> set_policy(const AccountPolicy& policy) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);

  // Keys (evaluate_key.cpp). What came of one attempt to prove a password: STATUS_SUCCESS, STATUS_NO_SUCH_USER,
  // STATUS_WRONG_PASSWORD, STATUS_ACCOUNT_LOCKED_OUT (then `proof` was asked of nobody's key, as for a name that nobody
  // has), STATUS_INTERNAL_DB_CORRUPTION. Only logon_check.cpp and change_password.cpp call this: a right password alone
  // is no logon.
  struct Evaluation {
    nt::Status status = STATUS_NO_SUCH_USER;
    std::optional<Account> account;  // after a right password
    bool blank = false;              // and that was the empty one
    bool stored = false;             // the attempt has cost a write
    std::array<std::uint8_t, AccountRecord::sealed_key_bytes> sealed_key{};
  };
  Evaluation evaluate_key(std::string_view name, const KeyProof& proof) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  // The same for an attempt in which another has a say, who is asked with no lock held (sub-authentication): it counts
  // once he has answered. Without `proof` he alone judges. After STATUS_SUCCESS end_attempt() must follow; until then
  // the attempt counts like a wrong guess, so that parallel ones are not more than the threshold.
  Evaluation begin_attempt(std::string_view name, const KeyProof& proof) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  enum class AttemptEnd { right, wrong, not_judged };
  void end_attempt(const nt::Sid& sid, AttemptEnd end) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  void note_logon(const nt::Sid& sid, nt::FileTime now) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  // The password was right, and the account may not log on: costs what a wrong password costs.
  void note_refusal(const nt::Sid& sid) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  // Whether `key` is the present one, or one of the last `length` - 1 before it. Fails closed: true when it cannot be
  // known.
  bool is_in_history(const nt::Sid& sid, const NtKey& key, std::uint32_t length) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  // `was`: what the change rests on; STATUS_WRONG_PASSWORD when the key has changed meanwhile.
  AccountResult<> replace_key(const nt::Sid& sid, const NtKey& key, nt::FileTime now, bool must_change,
                              const Evaluation* was) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  // Whether the account's key is this one: for imports that begin again. Counts as no guess.
  bool has_key(const nt::Sid& sid, const NtKey& key) const OPENLSA_EXCLUDES(mutex_);
  // For an export to another authority, the administrator's alone; and for a sub-authentication package with the right
  // to account keys.
  std::optional<NtKey> export_key(const nt::Sid& sid) const OPENLSA_EXCLUDES(mutex_);

  // The SID of any uid: the account's, SYSTEM for uid 0, or S-1-22-1-uid for a uid without an account.
  nt::Sid sid_of_uid(std::uint32_t uid) const OPENLSA_EXCLUDES(mutex_);
  // The SID of any gid: the group's, or S-1-22-2-gid.
  nt::Sid sid_of_gid(std::uint32_t gid) const OPENLSA_EXCLUDES(mutex_);
  // The way back: SYSTEM is uid 0, S-1-22-1-uid is uid when that has no account, an account's SID is its uid.
  std::optional<std::uint32_t> uid_of_sid(const nt::Sid& sid) const OPENLSA_EXCLUDES(mutex_);

  const std::string& domain_name() const { return options_.domain; }
  const nt::Sid& domain_sid() const { return domain_sid_; }
  const std::string& path() const { return options_.path; }

 private:
  using SealedKey = std::array<std::uint8_t, AccountRecord::sealed_key_bytes>;
  struct GroupEntry {
    LocalGroup group;
    std::vector<std::uint32_t> members;  // rids, sorted
  };
  // The names and uids of one add_all, which the cache does not know yet.
  struct Batch;

  explicit AccountStore(Options options);
  base::OrFailure<> load() OPENLSA_REQUIRES(writing_) OPENLSA_EXCLUDES(mutex_);
  base::OrFailure<> load_account(AccountRecord&& record) OPENLSA_REQUIRES(mutex_);
  base::OrFailure<> load_group(std::uint32_t rid, LocalGroup group, std::vector<std::uint32_t> members)
      OPENLSA_REQUIRES(mutex_);
  base::OrFailure<> make_decoy();

  // Checks; the caller holds writing_, so nothing changes under them.
  AccountResult<> check_name(const std::string& name) const OPENLSA_EXCLUDES(mutex_);
  AccountResult<> check_uid(std::uint32_t uid) const OPENLSA_EXCLUDES(mutex_);
  AccountResult<> check_new(const NewAccount& account) const OPENLSA_EXCLUDES(mutex_);
  AccountResult<AccountRecord> record_of(const NewAccount& account, Batch& batch) OPENLSA_REQUIRES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  AccountResult<std::uint32_t> free_id() const OPENLSA_EXCLUDES(mutex_);
  template <class Edit>
  AccountResult<Account> edit(const nt::Sid& sid, Edit&& edit) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  std::unexpected<AccountFailure> disk_failed(const base::Failure& failure) const OPENLSA_REQUIRES(writing_);

  // The cache.
  AccountRecord* record_by_name(std::string_view name) const OPENLSA_REQUIRES(mutex_);
  AccountRecord* record_by_rid(std::uint32_t rid) const OPENLSA_REQUIRES(mutex_);
  AccountRecord* record_by_uid(std::uint32_t uid) const OPENLSA_REQUIRES(mutex_);
  AccountRecord* record_by_sid(const nt::Sid& sid) const OPENLSA_REQUIRES(mutex_);
  GroupEntry* group_by_name(std::string_view name) const OPENLSA_REQUIRES(mutex_);
  GroupEntry* group_by_sid(const nt::Sid& sid) const OPENLSA_REQUIRES(mutex_);
  void remember(AccountRecord record) OPENLSA_REQUIRES(mutex_);
  void forget(std::uint32_t rid) OPENLSA_REQUIRES(mutex_);
  void take_ids(const AccountRecord& record) OPENLSA_REQUIRES(mutex_);
  void enter_ids(const AccountRecord& record) OPENLSA_REQUIRES(mutex_);
  void leave_ids(const AccountRecord& record) OPENLSA_REQUIRES(mutex_);
  std::uint64_t name_hash(std::uint32_t slot) const OPENLSA_REQUIRES(mutex_);
  std::uint64_t name_hash(std::string_view folded) const;
  Account account_of(const AccountRecord& record) const OPENLSA_REQUIRES(mutex_);
  // The part behind the domain, when that is this machine's.
  std::optional<std::string_view> local_part(std::string_view name) const;
  std::string folded_local_name(std::string_view name) const;

  // Keys and wrong guesses.
  AccountResult<base::Secret> read_history(std::uint32_t rid) OPENLSA_REQUIRES(writing_);
  SealedKey seal_key(std::uint32_t rid, const NtKey& key) const;
  std::optional<NtKey> open_key(std::uint32_t rid, const SealedKey& sealed) const;
  Evaluation evaluate(std::string_view name, const KeyProof& proof, bool begins) OPENLSA_EXCLUDES(writing_)
      OPENLSA_EXCLUDES(mutex_);
  nt::FileTime lockout_now() const;
  bool is_locked(const AccountRecord& record) const OPENLSA_REQUIRES(mutex_);
  // Locked, or so many attempts are on their way that it would be if they all were wrong.
  bool has_no_guess_left(const AccountRecord& record) const OPENLSA_REQUIRES(mutex_);
  void forget_old_guesses(AccountRecord& record, nt::FileTime now) const OPENLSA_REQUIRES(mutex_);
  bool count_guess(std::uint32_t rid, bool right, bool& stored) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);
  AccountRecord* guessed_record(std::uint32_t rid) OPENLSA_REQUIRES(mutex_);
  void store_guesses(std::uint32_t rid) OPENLSA_EXCLUDES(writing_) OPENLSA_EXCLUDES(mutex_);

  Options options_;
  nt::Sid domain_sid_;
  std::unique_ptr<SecretBox> box_;
  std::uint64_t hash_seed_ = 0;
  nt::FileTime opened_wall_;
  std::int64_t opened_ticks_ = 0;
  // One attempt at an account at a time: guesses are counted before the next one is judged. By the hash of the name.
  std::array<base::Mutex, 64> turns_;
  base::Mutex writing_;  // one change at a time; held while the disk works. Taken before mutex_
  std::unique_ptr<AccountDatabase> database_ OPENLSA_GUARDED_BY(writing_);
  mutable base::Mutex mutex_;  // the cache; never held while the disk works
  mutable std::deque<AccountRecord> records_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<std::uint32_t> free_slots_ OPENLSA_GUARDED_BY(mutex_);
  SlotIndex by_name_ OPENLSA_GUARDED_BY(mutex_);
  SlotIndex by_rid_ OPENLSA_GUARDED_BY(mutex_);
  SlotIndex by_uid_ OPENLSA_GUARDED_BY(mutex_);
  IdPool free_ids_ OPENLSA_GUARDED_BY(mutex_);
  IdSet uids_ OPENLSA_GUARDED_BY(mutex_);
  IdSet own_gids_ OPENLSA_GUARDED_BY(mutex_);  // uids of accounts whose gid is their uid
  // Of the rows' own groups, sorted; members of the authority's groups are in groups_.
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> rids_of_gid_ OPENLSA_GUARDED_BY(mutex_);
  mutable std::unordered_map<std::uint32_t, GroupEntry> groups_ OPENLSA_GUARDED_BY(mutex_);  // by rid
  std::unordered_map<std::string, std::uint32_t> group_of_name_ OPENLSA_GUARDED_BY(mutex_);  // folded
  std::map<std::uint32_t, std::uint32_t> group_of_gid_ OPENLSA_GUARDED_BY(mutex_);
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> groups_of_account_ OPENLSA_GUARDED_BY(mutex_);
  std::unordered_map<std::uint32_t, std::uint32_t> attempts_ OPENLSA_GUARDED_BY(mutex_);  // on their way, by rid
  AccountPolicy policy_ OPENLSA_GUARDED_BY(mutex_);
  // Stands in for accounts that are not there and for keys that are not set; its key is random.
  AccountRecord decoy_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
