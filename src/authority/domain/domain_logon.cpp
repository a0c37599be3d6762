// A logon of a domain's account: what the door says of it, and what the cache does when the door cannot say anything.
#include <openlsa/ntsecapi.h>

#include <algorithm>

#include "authority/domain/domains.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

enum LogonType : std::uint32_t { interactive = 2, unlock = 7, cached_interactive = 11, cached_unlock = 13 };

constexpr std::size_t session_key_bytes = 16;
constexpr std::size_t lm_session_key_bytes = 8;
constexpr std::size_t max_server_units = 256;

bool is_key(const base::Secret& key) {
  const base::ByteView bytes = key.reveal();
  return bytes.size() == session_key_bytes &&
         std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
}

std::u16string server_name(std::u16string name) {
  const bool good = name.size() <= max_server_units && nt::to_utf8(name) &&
                    std::none_of(name.begin(), name.end(), [](char16_t c) { return c < u' '; });
  return good ? std::move(name) : u"";
}

}  // namespace

std::optional<std::uint32_t> cached_logon_type(std::uint32_t logon_type) {
  if (logon_type == interactive || logon_type == cached_interactive) return cached_interactive;
  if (logon_type == unlock) return cached_unlock;
  return std::nullopt;
}

DomainVerdict Domains::log_on(seam::LogOnDomainAccountRequest request, bool known, DomainDoor::Deadline until) {
  fill_domain(request.user_name, request.domain_name);
  const std::u16string user = request.user_name, domain = request.domain_name;
  const std::uint32_t logon_type = request.logon_type;
  std::optional<NtKey> key;  // of a logon that can be cached
  if (request.password && cached_logon_type(logon_type)) key = nt_key_of(*request.password);
  const bool response = !request.password;
  DomainVerdict verdict;
  if (known) verdict = believe(door_.log_on(std::move(request), until), user, response);
  if (verdict.status == STATUS_SUCCESS) {
    rooms_.identities.remember(*verdict.identity);
    verdict.cached &= key.has_value();
    if (key && !verdict.cached) cached_->keep({*verdict.identity, user, verdict.logon_server, verdict.times, {}}, *key);
  } else if (verdict.status == STATUS_NO_LOGON_SERVERS && key) {
    return judge_offline(user, domain, *key);
  } else if (verdict.status == STATUS_ACCOUNT_DISABLED || verdict.status == STATUS_NO_SUCH_USER) {
    cached_->forget(user, domain);
  }
  return verdict;
}

// What the row says of groups was checked when it was written; the machine's own uids may be others by now.
DomainVerdict Domains::judge_offline(std::u16string_view user, std::u16string_view domain, const NtKey& key) {
  DomainVerdict verdict;
  CachedLogons::Verdict cached = cached_->judge(user, domain, key, rooms_.accounts.policy());
  verdict.status = cached.status;
  if (!cached.logon) return verdict;
  verdict.identity = std::move(cached.logon->identity);
  std::string left_out;
  verdict.identity->posix = check_.check_posix(verdict.identity->user, verdict.identity->posix, left_out);
  if (!left_out.empty()) record("domain-answer", STATUS_SUCCESS, user, "not believed of a cached logon: " + left_out);
  verdict.cached = true;
  verdict.user_flags = LOGON_CACHED_ACCOUNT;
  verdict.logon_server = std::move(cached.logon->logon_server);
  verdict.times = cached.logon->times;
  verdict.times.logon = nt::now().ticks;
  rooms_.identities.remember(*verdict.identity);
  return verdict;
}

DomainVerdict Domains::believe(seam::LogOnDomainAccountReply reply, std::u16string_view asked, bool response) {
  DomainVerdict verdict;
  // A door says yes or no; what is neither is a no.
  verdict.status = nt::succeeded(reply.status) && reply.status != STATUS_SUCCESS ? STATUS_INTERNAL_ERROR : reply.status;
  if (verdict.status != STATUS_SUCCESS) return verdict;
  if ((reply.user_flags & LOGON_GUEST) != 0) {  // somebody else than who was asked for
    record("domain-answer", STATUS_NO_SUCH_USER, asked, "refused: the domain lets a guest in instead");
    verdict.status = STATUS_NO_SUCH_USER;
    return verdict;
  }
  verdict.identity = believed(reply.account, asked);
  if (verdict.identity && response && !is_key(reply.session_base_key)) {
    record("domain-answer", STATUS_TRUSTED_DOMAIN_FAILURE, asked, "refused: there is no session key for a response");
    verdict.identity.reset();
  }
  if (!verdict.identity) {
    verdict.status = STATUS_TRUSTED_DOMAIN_FAILURE;
    return verdict;
  }
  verdict.cached = (reply.user_flags & LOGON_CACHED_ACCOUNT) != 0;
  verdict.user_flags = reply.user_flags;
  verdict.logon_server = server_name(std::move(reply.logon_server));
  verdict.times = reply.times;
  verdict.bad_password_count = reply.bad_password_count;
  if (!response) return verdict;
  verdict.session_base_key = std::move(reply.session_base_key);
  if (reply.lm_session_key.size() == lm_session_key_bytes) verdict.lm_session_key = std::move(reply.lm_session_key);
  return verdict;
}

std::optional<DomainIdentity> Domains::believed(const seam::DomainAccount& account, std::u16string_view asked) {
  const auto domains = directory_.known();
  auto checked = check_.check(domains != nullptr ? *domains : DomainList(), account);
  if (!checked) {
    record("domain-answer", STATUS_TRUSTED_DOMAIN_FAILURE, asked, "refused: the door " + checked.error());
    return std::nullopt;
  }
  if (!checked->left_out.empty()) record("domain-answer", STATUS_SUCCESS, asked, "not believed: " + checked->left_out);
  return std::move(checked->identity);
}

DomainVerdict Domains::look_up(std::u16string_view user, std::u16string_view domain, DomainDoor::Deadline until) {
  seam::LookUpDomainAccountRequest request;
  request.user_name = user;
  request.domain_name = domain;
  fill_domain(request.user_name, request.domain_name);
  const seam::LookUpDomainAccountReply reply = door_.look_up(std::move(request), until);
  DomainVerdict verdict;
  verdict.status = reply.status == STATUS_NONE_MAPPED                              ? STATUS_NO_SUCH_USER
                   : nt::succeeded(reply.status) && reply.status != STATUS_SUCCESS ? STATUS_INTERNAL_ERROR
                                                                                   : reply.status;
  if (verdict.status != STATUS_SUCCESS) return verdict;
  verdict.identity = believed(reply.account, user);
  if (!verdict.identity) {
    verdict.status = STATUS_TRUSTED_DOMAIN_FAILURE;
    return verdict;
  }
  rooms_.identities.remember(*verdict.identity);
  verdict.times.logon = nt::now().ticks;
  verdict.times.kick_off = nt::never.ticks;
  verdict.times.password_must_change = nt::never.ticks;
  return verdict;
}

nt::Status Domains::change_password(seam::ChangeDomainPasswordRequest request, DomainDoor::Deadline until) {
  fill_domain(request.user_name, request.domain_name);
  const std::u16string user = request.user_name, domain = request.domain_name;
  const NtKey key = nt_key_of(request.new_password);
  nt::Status status = door_.change_password(std::move(request), until).status;
  if (nt::succeeded(status) && status != STATUS_SUCCESS) status = STATUS_INTERNAL_ERROR;
  // Offline the new password counts from now on, and the old one not any more.
  if (status == STATUS_SUCCESS) cached_->change_key(user, domain, key);
  return status;
}

}  // namespace openlsa::authority
