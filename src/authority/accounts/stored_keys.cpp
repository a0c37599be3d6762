// Keys at rest: sealed to their account, with those before them.
#include <algorithm>

#include "authority/accounts/account_database.hpp"
#include "authority/accounts/account_store.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t most_history_bytes = 24 * NtKey::size_bytes;

// A seal belongs to its account: the row of another cannot lend its key.
std::array<std::uint8_t, 12> bound_to(const char (&what)[9], std::uint32_t rid) {
  std::array<std::uint8_t, 12> bound{};
  std::memcpy(bound.data(), what, 8);
  std::memcpy(bound.data() + 8, &rid, sizeof rid);
  return bound;
}

// The newest first.
base::Secret with_key(const NtKey& key, const base::Secret& history) {
  base::Secret longer(NtKey::size_bytes + std::min(history.size(), most_history_bytes - NtKey::size_bytes));
  std::memcpy(longer.reveal_mutable().data(), key.reveal().data(), NtKey::size_bytes);
  if (longer.size() > NtKey::size_bytes)
    std::memcpy(longer.reveal_mutable().data() + NtKey::size_bytes, history.reveal().data(),
                longer.size() - NtKey::size_bytes);
  return longer;
}

}  // namespace

AccountStore::SealedKey AccountStore::seal_key(std::uint32_t rid, const NtKey& key) const {
  const Sealed sealed = box_->seal(key.reveal(), bound_to("nt-key  ", rid));
  SealedKey bytes{};
  std::copy(sealed.bytes.begin(), sealed.bytes.end(), bytes.begin());
  return bytes;
}

std::optional<NtKey> AccountStore::open_key(std::uint32_t rid, const SealedKey& sealed) const {
  const std::optional<base::Secret> opened = box_->open(Sealed{base::to_bytes(sealed)}, bound_to("nt-key  ", rid));
  if (!opened || opened->size() != NtKey::size_bytes) return std::nullopt;
  return NtKey(opened->reveal().first<NtKey::size_bytes>());
}

bool AccountStore::has_key(const nt::Sid& sid, const NtKey& key) const {
  const std::optional<NtKey> present = export_key(sid);
  return present && *present == key;
}

std::optional<NtKey> AccountStore::export_key(const nt::Sid& sid) const {
  base::MutexLock lock(mutex_);
  const AccountRecord* record = record_by_sid(sid);
  if (record == nullptr || !record->has(account_has_key)) return std::nullopt;
  return open_key(record->rid, record->sealed_key);
}

// The keys before the present one, sealed as one. Empty: there are none.
AccountResult<base::Secret> AccountStore::read_history(std::uint32_t rid) {
  const auto sealed = database_->read_history(rid);
  if (!sealed) return disk_failed(sealed.error());
  if (sealed->bytes.empty()) return base::Secret();
  std::optional<base::Secret> history = box_->open(*sealed, bound_to("history ", rid));
  if (!history || history->size() % NtKey::size_bytes != 0)
    return account_failure(STATUS_INTERNAL_DB_CORRUPTION,
                           options_.path + ": the password history of the account with rid " + std::to_string(rid) +
                               " cannot be opened. Restore accounts.db and master.key from one backup.");
  return std::move(*history);
}

bool AccountStore::is_in_history(const nt::Sid& sid, const NtKey& key, std::uint32_t length) {
  if (length == 0) return false;
  if (has_key(sid, key)) return true;
  base::MutexLock writing(writing_);
  const AccountResult<base::Secret> history = read_history(sid.rid());
  if (!history) return true;
  const std::size_t kept = std::min<std::size_t>(history->size() / NtKey::size_bytes, length - 1);
  bool found = false;
  for (std::size_t i = 0; i < kept; ++i)
    found |=
        base::equal_constant_time(history->reveal().subspan(i * NtKey::size_bytes, NtKey::size_bytes), key.reveal());
  return found;
}

AccountResult<> AccountStore::replace_key(const nt::Sid& sid, const NtKey& key, nt::FileTime now, bool must_change,
                                          const Evaluation* was) {
  base::MutexLock writing(writing_);
  AccountRecord copy;
  {
    base::MutexLock lock(mutex_);
    const AccountRecord* record = record_by_sid(sid);
    if (record == nullptr)
      return account_failure(STATUS_NO_SUCH_USER, "There is no account " + sid.to_string() + " any more.");
    copy = record->duplicate();
  }
  if (was != nullptr && was->sealed_key != copy.sealed_key)
    return account_failure(STATUS_WRONG_PASSWORD, "The password has changed meanwhile. Begin again with the new one.");
  base::Secret history = OPENLSA_TRY(read_history(copy.rid));
  if (copy.has(account_has_key)) {
    const std::optional<NtKey> present = open_key(copy.rid, copy.sealed_key);
    if (!present)
      return account_failure(STATUS_INTERNAL_DB_CORRUPTION,
                             options_.path + ": the password of '" + copy.name +
                                 "' cannot be opened. Restore accounts.db and master.key from one backup.");
    history = with_key(*present, history);
  }
  copy.sealed_key = seal_key(copy.rid, key);
  copy.set(account_has_key, true);
  copy.set(account_must_change_password, must_change);
  copy.password_set = now;
  const auto stored = database_->replace_key(copy, box_->seal(history.reveal(), bound_to("history ", copy.rid)));
  if (!stored) return disk_failed(stored.error());
  base::MutexLock lock(mutex_);
  if (AccountRecord* record = record_by_sid(sid)) {
    copy.guesses = record->guesses;
    *record = std::move(copy);
  }
  return {};
}

}  // namespace openlsa::authority
