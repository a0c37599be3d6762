#include "lsa_mode/restrictions.hpp"

#include <algorithm>

#include "ntlm/text.hpp"

namespace msv1_0 {
namespace {

// RestrictSendingNTLMTraffic, RestrictReceivingNTLMTraffic
enum Restriction : ULONG { allow = 0, audit = 1, deny = 2 };

// Longer names than an audit trail keeps are cut there.
void record(const Package& package, ULONG use, NTSTATUS status, std::u16string_view user, std::u16string_view domain,
            std::u16string_view target) {
  const UNICODE_STRING name = string_over(user), of = string_over(domain), to = string_over(target);
  package.setting.accounts->AuditNtlm(use, status, user.empty() ? nullptr : &name, domain.empty() ? nullptr : &of,
                                      target.empty() ? nullptr : &to);
}

bool is_excepted(const Package& package, std::u16string_view target) {
  const std::u16string_view host = host_of(target);
  return !host.empty() && std::ranges::any_of(package.setting.sending_exceptions,
                                              [&](const std::u16string& pattern) { return is_named(pattern, host); });
}

}  // namespace

std::u16string_view host_of(std::u16string_view target) {
  if (const std::size_t slash = target.find(u'/'); slash != target.npos) target.remove_prefix(slash + 1);
  target = target.substr(0, target.find(u'/'));  // service/host/domain
  if (target.starts_with(u'[')) return target.substr(1, target.find(u']') - 1);
  const std::size_t colon = target.find(u':');
  return colon != target.npos && target.find(u':', colon + 1) == target.npos ? target.substr(0, colon) : target;
}

bool is_named(std::u16string_view pattern, std::u16string_view host) {
  if (pattern.starts_with(u'*')) {
    pattern.remove_prefix(1);
    return host.size() >= pattern.size() && same_name(host.substr(host.size() - pattern.size()), pattern);
  }
  if (!pattern.ends_with(u'*')) return same_name(host, pattern);
  pattern.remove_suffix(1);
  return host.size() >= pattern.size() && same_name(host.substr(0, pattern.size()), pattern);
}

NTSTATUS check_sending(const Package& package, const OwnName& user, std::u16string_view target) {
  const ULONG restriction = package.setting.policy.RestrictSendingNtlmTraffic;
  if (restriction == allow || (restriction >= deny && is_excepted(package, target))) return SEC_E_OK;
  const bool denied = restriction >= deny;
  record(package, OPENLSA_NTLM_SENT, denied ? STATUS_NTLM_BLOCKED : STATUS_SUCCESS, user.user, user.domain, target);
  return denied ? SEC_E_UNSUPPORTED_FUNCTION : SEC_E_OK;
}

NTSTATUS check_receiving(const Package& package) {
  if (package.setting.policy.RestrictReceivingNtlmTraffic < deny) return SEC_E_OK;
  record(package, OPENLSA_NTLM_RECEIVED, STATUS_NTLM_BLOCKED, {}, {}, {});
  return SEC_E_UNSUPPORTED_FUNCTION;
}

// What cannot be read is nobody's attempt: it names no one whom an administrator could ask.
void audit_received(const Package& package, const Acceptor& handshake, NTSTATUS status) {
  if (status == SEC_E_INVALID_TOKEN) return;
  if (package.setting.policy.RestrictReceivingNtlmTraffic == audit)
    record(package, OPENLSA_NTLM_RECEIVED, status, handshake.user(), handshake.domain(), handshake.target_name());
}

}  // namespace msv1_0
