// The LSA policy functions (ntsecapi.h) and the names functions (secext.h) as messages of AuthorityCalls: the policy
// object, names and SIDs, account rights, private data, notifications. Their numbers are 30 to 59.
#pragma once

#include <array>

#include "base/unique_fd.hpp"
#include "seam/values.hpp"

namespace openlsa::seam {

// LsaOpenPolicy. The handle carries the access that was granted to the effective token of the calling thread.
struct OpenPolicyRequest {
  std::uint32_t token = 0;
  std::uint32_t desired_access = 0;  // ACCESS_MASK
  OPENLSA_FIELDS(token, desired_access)
};
struct OpenPolicyReply {
  nt::Status status = 0;
  std::uint32_t policy = 0;
  OPENLSA_FIELDS(status, policy)
};
struct ClosePolicyRequest {
  std::uint32_t policy = 0;
  OPENLSA_FIELDS(policy)
};
using ClosePolicyReply = StatusReply;

// Whether the handle grants the access: for calls whose answer the client knows (there are no trusted domains).
struct CheckPolicyRequest {
  std::uint32_t policy = 0;
  std::uint32_t access = 0;
  OPENLSA_FIELDS(policy, access)
};
using CheckPolicyReply = StatusReply;

// LsaQueryInformationPolicy; which fields are set depends on the class.
struct QueryPolicyRequest {
  std::uint32_t policy = 0;
  std::uint32_t information_class = 0;  // POLICY_INFORMATION_CLASS
  OPENLSA_FIELDS(policy, information_class)
};
struct QueryPolicyReply {
  nt::Status status = 0;
  Text domain_name;
  nt::Sid domain_sid;             // absent: the machine is no member of a domain
  std::uint32_t server_role = 0;  // POLICY_LSA_SERVER_ROLE
  std::uint64_t modified_id = 0;
  nt::FileTime created;
  bool auditing = false;
  std::vector<std::uint32_t> audit_options;  // one for each POLICY_AUDIT_EVENT_TYPE
  OPENLSA_FIELDS(status, domain_name, domain_sid, server_role, modified_id, created, auditing, audit_options)
};

// LSA_TRUST_INFORMATION, LSA_TRANSLATED_SID2, LSA_TRANSLATED_NAME. `domain` is -1 for none.
struct ReferencedDomain {
  Text name;
  nt::Sid sid;
  OPENLSA_FIELDS(name, sid)
};
struct TranslatedSid {
  std::uint32_t use = 0;  // SID_NAME_USE
  nt::Sid sid;
  std::int32_t domain = -1;
  OPENLSA_FIELDS(use, sid, domain)
};
struct TranslatedName {
  std::uint32_t use = 0;
  Text name;
  std::int32_t domain = -1;
  OPENLSA_FIELDS(use, name, domain)
};
struct LookupNamesRequest {
  std::uint32_t policy = 0;
  std::vector<Text> names;  // at most 1000
  OPENLSA_FIELDS(policy, names)
};
struct LookupNamesReply {
  nt::Status status = 0;  // STATUS_NONE_MAPPED comes with both lists
  std::vector<ReferencedDomain> domains;
  std::vector<TranslatedSid> sids;
  OPENLSA_FIELDS(status, domains, sids)
};
struct LookupSidsRequest {
  std::uint32_t policy = 0;
  std::vector<nt::Sid> sids;  // at most 20480
  OPENLSA_FIELDS(policy, sids)
};
struct LookupSidsReply {
  nt::Status status = 0;
  std::vector<ReferencedDomain> domains;
  std::vector<TranslatedName> names;
  OPENLSA_FIELDS(status, domains, names)
};

// Account rights. A change needs an administrator: the effective token of the calling thread.
struct AddAccountRightsRequest {
  std::uint32_t token = 0;
  std::uint32_t policy = 0;
  nt::Sid account;
  std::vector<Text> rights;
  OPENLSA_FIELDS(token, policy, account, rights)
};
using AddAccountRightsReply = StatusReply;
struct RemoveAccountRightsRequest {
  std::uint32_t token = 0;
  std::uint32_t policy = 0;
  nt::Sid account;
  bool all = false;
  std::vector<Text> rights;
  OPENLSA_FIELDS(token, policy, account, all, rights)
};
using RemoveAccountRightsReply = StatusReply;
struct EnumerateAccountRightsRequest {
  std::uint32_t policy = 0;
  nt::Sid account;
  OPENLSA_FIELDS(policy, account)
};
struct EnumerateAccountRightsReply {
  nt::Status status = 0;
  std::vector<Text> rights;
  OPENLSA_FIELDS(status, rights)
};
struct EnumerateAccountsWithRightRequest {
  std::uint32_t policy = 0;
  OptionalText right;  // none: every account that has a right
  OPENLSA_FIELDS(policy, right)
};
struct EnumerateAccountsWithRightReply {
  nt::Status status = 0;
  std::vector<nt::Sid> accounts;
  OPENLSA_FIELDS(status, accounts)
};

// LsaStorePrivateData, LsaRetrievePrivateData. Both need an administrator.
struct StorePrivateDataRequest {
  std::uint32_t token = 0;
  std::uint32_t policy = 0;
  Text key;
  std::optional<base::Secret> data;  // none: the key is deleted
  OPENLSA_FIELDS(token, policy, key, data)
};
using StorePrivateDataReply = StatusReply;
struct RetrievePrivateDataRequest {
  std::uint32_t token = 0;
  std::uint32_t policy = 0;
  Text key;
  OPENLSA_FIELDS(token, policy, key)
};
struct RetrievePrivateDataReply {
  nt::Status status = 0;
  base::Secret data;
  OPENLSA_FIELDS(status, data)
};

// LsaRegisterPolicyChangeNotification: the descriptor becomes readable when the policy of that class has changed.
// It ends the registration when the client closes it.
struct RegisterPolicyNotificationRequest {
  std::uint32_t token = 0;
  std::uint32_t information_class = 0;  // POLICY_NOTIFICATION_INFORMATION_CLASS
  OPENLSA_FIELDS(token, information_class)
};
struct RegisterPolicyNotificationReply {
  nt::Status status = 0;
  base::UniqueFd signal;
  OPENLSA_FIELDS(status, signal)
};

// GetUserNameEx: the names of a token. Whoever has the handle may know them.
struct NamesOfTokenRequest {
  std::uint32_t token = 0;  // 0: the process's own
  OPENLSA_FIELDS(token)
};
struct NamesOfTokenReply {
  nt::Status status = 0;
  Text domain;
  Text name;
  Text user_principal_name;  // empty: the logon gave none
  Text dns_domain;
  OPENLSA_FIELDS(status, domain, name, user_principal_name, dns_domain)
};
// TranslateName: DOMAIN\name of an account that is named in any form.
struct TranslateNameRequest {
  Text name;
  OPENLSA_FIELDS(name)
};
struct TranslateNameReply {
  nt::Status status = 0;
  Text domain;
  Text name;
  OPENLSA_FIELDS(status, domain, name)
};

}  // namespace openlsa::seam
