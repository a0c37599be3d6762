#include "authority/domain/cached_logons.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "authority/accounts/database.hpp"
#include "authority/policy/master_key.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// A seal belongs to its account.
base::Bytes bound_to(const nt::Sid& sid) { return base::to_bytes(base::as_bytes("cached logon " + sid.to_string())); }

void log_failure(const base::OrFailure<>& done) {
  if (!done) base::log(base::LogLevel::warning, done.error().message);
}

}  // namespace

CachedLogons::CachedLogons(Options options) : options_(std::move(options)) {}
CachedLogons::~CachedLogons() = default;

base::OrFailure<std::unique_ptr<CachedLogons>> CachedLogons::open(Options options) {
  std::unique_ptr<CachedLogons> logons(new CachedLogons(std::move(options)));
  OPENLSA_TRY(logons->load());
  return logons;
}

base::OrFailure<> CachedLogons::load() {
  base::MutexLock writing(writing_);
  database_ = OPENLSA_TRY(Database::open(options_.state_directory + "/accounts.db"));
  const bool may_make_key = !OPENLSA_TRY(database_->holds_sealed());
  box_ = OPENLSA_TRY(SecretBox::create(OPENLSA_TRY(load_master_key(options_.state_directory, may_make_key))));
  std::vector<nt::Sid> damaged;
  {
    Statement rows(database_->connection(), "SELECT sid, stored, sealed FROM cached_logon ORDER BY stored");
    int result;
    base::MutexLock lock(mutex_);
    while ((result = rows.step()) == SQLITE_ROW) {
      Entry entry;
      entry.sid = nt::Sid::parse(rows.text(0)).value_or(nt::Sid());
      entry.sealed = Sealed{rows.bytes(2)};
      const std::optional<CachedLogon> logon = open_seal(entry);
      if (!logon) {  // it is a cache: the next logon makes it anew
        base::log(base::LogLevel::warning,
                  fmt::format("{}: the cached logon of {} is damaged and not used.", database_->path(), rows.text(0)));
        continue;
      }
      Sealed sealed = std::move(entry.sealed);
      entry = entry_of(*logon, rows.number(1));
      entry.sealed = std::move(sealed);
      entries_.push_back(std::move(entry));
    }
    if (result != SQLITE_DONE) return database_->failed("read the cached logons");
  }
  make_room({}, options_.limit);
  return {};
}

CachedLogons::Entry CachedLogons::entry_of(const CachedLogon& logon, std::int64_t order) const {
  Entry entry;
  entry.sid = logon.identity.user;
  entry.user = logon.identity.user_name;
  entry.domain = logon.identity.domain_name;
  entry.dns_domain = logon.identity.dns_domain_name;
  entry.submitted = logon.submitted_name;
  entry.order = order;
  return entry;
}

std::optional<CachedLogon> CachedLogons::open_seal(const Entry& entry) const {
  const std::optional<base::Secret> opened = box_->open(entry.sealed, bound_to(entry.sid));
  if (!opened) return std::nullopt;
  std::optional<CachedLogon> logon = CachedLogon::unpack(opened->reveal());
  return logon && logon->identity.user == entry.sid ? std::move(logon) : std::nullopt;
}

base::OrFailure<> CachedLogons::write(const Entry& entry) {
  return database_->transaction([&]() -> base::OrFailure<> {
    Statement row(database_->connection(), "INSERT OR REPLACE INTO cached_logon(sid, stored, sealed) VALUES(?, ?, ?)");
    row.bind(entry.sid.to_string()).bind(entry.order).bind(base::ByteView(entry.sealed.bytes));
    if (row.step() != SQLITE_DONE) return database_->failed("store a cached logon");
    return {};
  });
}

base::OrFailure<> CachedLogons::erase(const nt::Sid& sid) {
  return database_->transaction([&]() -> base::OrFailure<> {
    Statement row(database_->connection(), "DELETE FROM cached_logon WHERE sid = ?");
    if (row.bind(sid.to_string()).step() != SQLITE_DONE) return database_->failed("remove a cached logon");
    return {};
  });
}

// The oldest go until at most so many are left besides the one that is excepted.
void CachedLogons::make_room(const nt::Sid& except, std::size_t most) {
  for (;;) {
    nt::Sid oldest;
    {
      base::MutexLock lock(mutex_);
      std::size_t others = 0;
      std::int64_t order = 0;
      for (const Entry& entry : entries_) {
        if (entry.sid == except) continue;
        if (others++ != 0 && entry.order >= order) continue;
        oldest = entry.sid;
        order = entry.order;
      }
      if (others <= most) return;
      std::erase_if(entries_, [&](const Entry& entry) { return entry.sid == oldest; });
    }
    log_failure(erase(oldest));
  }
}

void CachedLogons::keep(CachedLogon logon, const NtKey& key) {
  if (options_.limit == 0) return;
  const std::optional<PasswordVerifier> verifier = PasswordVerifier::of(key);
  if (!verifier) return;
  logon.verifier = *verifier;
  base::MutexLock writing(writing_);
  make_room(logon.identity.user, options_.limit - 1);
  std::int64_t order = 0;
  {
    base::MutexLock lock(mutex_);
    for (const Entry& entry : entries_) order = std::max(order, entry.order);
  }
  Entry entry = entry_of(logon, order + 1);
  entry.sealed = box_->seal(logon.pack().reveal(), bound_to(entry.sid));
  if (const base::OrFailure<> written = write(entry); !written) return log_failure(written);
  base::MutexLock lock(mutex_);
  std::erase_if(entries_, [&](const Entry& earlier) { return earlier.sid == entry.sid; });
  entries_.push_back(std::move(entry));
}

void CachedLogons::forget(std::u16string_view user, std::u16string_view domain) {
  base::MutexLock writing(writing_);
  nt::Sid sid;
  {
    base::MutexLock lock(mutex_);
    const Entry* entry = find(user, domain);
    if (entry == nullptr) return;
    sid = entry->sid;
    std::erase_if(entries_, [&](const Entry& gone) { return gone.sid == sid; });
  }
  log_failure(erase(sid));
}

void CachedLogons::change_key(std::u16string_view user, std::u16string_view domain, const NtKey& key) {
  std::optional<CachedLogon> logon;
  {
    base::MutexLock lock(mutex_);
    if (const Entry* entry = find(user, domain)) logon = open_seal(*entry);
  }
  if (logon) keep(std::move(*logon), key);
}

std::size_t CachedLogons::count() const {
  base::MutexLock lock(mutex_);
  return entries_.size();
}

}  // namespace openlsa::authority
