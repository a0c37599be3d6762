#include "authority/clients/client.hpp"

#include "authority/policy/account_rights.hpp"

namespace openlsa::authority {
namespace {

// Above the bits of a slot table's names: a value of one kind of handle finds nothing in the table of the other.
constexpr std::uint32_t policy_tag = 0x4000'0000;

}  // namespace

std::shared_ptr<Token> Client::own_token() {
  std::function<std::shared_ptr<Token>()> make_own;
  {
    const base::MutexLock lock(mutex_);
    if (!alive()) return nullptr;
    if (std::shared_ptr<Token> login = own_.login.lock()) return login;
    if (own_.own != nullptr || !own_.make_own) return own_.own;
    make_own = own_.make_own;
  }
  std::shared_ptr<Token> made = make_own();  // with no lock held: it makes a session
  const base::MutexLock lock(mutex_);
  if (!alive()) return nullptr;
  if (own_.own == nullptr) own_.own = made;
  return own_.own;
}

std::shared_ptr<Token> Client::token(std::uint32_t handle) {
  if (!alive()) return nullptr;
  return handle == 0 ? own_token() : handles_->find(handle);
}

std::uint32_t Client::open_lsa_handle(LsaHandle handle) {
  base::MutexLock lock(mutex_);
  if (!alive()) return 0;
  return lsa_handles_.insert(std::move(handle)).value_or(0);
}

std::optional<LsaHandle> Client::lsa_handle(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  const LsaHandle* found = lsa_handles_.find(handle);
  if (found == nullptr) return std::nullopt;
  return *found;
}

bool Client::close_lsa_handle(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  return lsa_handles_.take(handle).has_value();
}

std::uint32_t Client::open_policy(std::uint32_t access) {
  base::MutexLock lock(mutex_);
  if (!alive()) return 0;
  const std::optional<std::uint32_t> name = policy_handles_.insert(access);
  return name ? *name | policy_tag : 0;
}

std::optional<std::uint32_t> Client::policy_access(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  const std::uint32_t* found = (handle & policy_tag) != 0 ? policy_handles_.find(handle & ~policy_tag) : nullptr;
  if (found == nullptr) return std::nullopt;
  return *found;
}

bool Client::close_policy(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  return (handle & policy_tag) != 0 && policy_handles_.take(handle & ~policy_tag).has_value();
}

nt::Status Client::check_policy(std::uint32_t handle, std::uint32_t access) {
  const std::optional<std::uint32_t> granted = policy_access(handle);
  if (!granted) return STATUS_INVALID_HANDLE;
  return (access & ~*granted) == 0 ? STATUS_SUCCESS : STATUS_ACCESS_DENIED;
}

void Client::end(bool shared_handles) {
  alive_.store(false);
  OwnTokens own;
  {
    base::MutexLock lock(mutex_);
    std::swap(own, own_);
    lsa_handles_ = base::SlotTable<LsaHandle>(max_lsa_handles);
    policy_handles_ = base::SlotTable<std::uint32_t>(max_policy_handles);
  }
  if (!shared_handles) handles_->close_all();
}

bool holds_tcb(const Token& token) {
  return token.information()->has_privilege(nt::Luid{static_cast<std::uint64_t>(AccountRight::tcb)});
}

seam::ClientView view_of(const Client& client, const Token& token, bool impersonating) {
  seam::ClientView view;
  view.client = client.id();
  view.process_id = client.peer().process_id;
  view.uid = client.peer().uid;
  view.gid = client.peer().gid;
  // At the level "anonymous" a server does not learn whom it acts for.
  const bool unknown = impersonating && token.level() == nt::ImpersonationLevel::anonymous;
  view.logon_id = unknown ? nt::anonymous_luid : token.logon_id();
  view.level = token.level();
  view.logon_type = token.logon_type();
  view.impersonating = impersonating;
  // The privilege is the effective token's: a trusted server that acts for a user has what the user has.
  view.has_tcb = client.has_tcb() && (!impersonating || holds_tcb(token));
  return view;
}

}  // namespace openlsa::authority
