#include "support/policy_client.hpp"

#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>

namespace openlsa::test {
namespace {

class StringList {
 public:
  explicit StringList(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      buffers_.push_back(wide(text));
      const auto size = static_cast<USHORT>(text.size() * sizeof(SEC_WCHAR));
      strings_.push_back({size, size, buffers_.back().data()});
    }
  }
  PLSA_UNICODE_STRING get() { return strings_.data(); }
  ULONG count() const { return static_cast<ULONG>(strings_.size()); }

 private:
  std::vector<std::vector<SEC_WCHAR>> buffers_;
  std::vector<LSA_UNICODE_STRING> strings_;
};

void keep(NTSTATUS status, NTSTATUS* place) {
  if (place != nullptr) *place = status;
}

std::string domain_name(const LSA_REFERENCED_DOMAIN_LIST* domains, LONG index) {
  if (index < 0) return "none";
  EXPECT_LT(static_cast<ULONG>(index), domains->Entries);
  return narrow(domains->Domains[index].Name);
}

void read_domains(PLSA_REFERENCED_DOMAIN_LIST domains, Lookup& lookup) {
  for (ULONG i = 0; i < domains->Entries; ++i)
    lookup.domains.push_back(narrow(domains->Domains[i].Name) + "=" + sid_text(domains->Domains[i].Sid));
}

}  // namespace

WideText::WideText(std::string_view text) : text_(wide(text)) {
  string_.Length = static_cast<USHORT>(text.size() * sizeof(SEC_WCHAR));
  string_.MaximumLength = static_cast<USHORT>(text_.size() * sizeof(SEC_WCHAR));
  string_.Buffer = text_.data();
}

Policy::Policy(ACCESS_MASK access) {
  LSA_OBJECT_ATTRIBUTES attributes{};
  status_ = LsaOpenPolicy(nullptr, &attributes, access, &handle_);
}

Policy::~Policy() {
  if (handle_ != nullptr) LsaClose(handle_);
}

NTSTATUS Policy::close() {
  const NTSTATUS status = LsaClose(handle_);
  handle_ = nullptr;
  return status;
}

Lookup Policy::names(const std::vector<std::string>& names) const {
  StringList list(names);
  PLSA_REFERENCED_DOMAIN_LIST domains = nullptr;
  PLSA_TRANSLATED_SID2 sids = nullptr;
  Lookup lookup;
  lookup.status = LsaLookupNames2(handle_, 0, list.count(), list.get(), &domains, &sids);
  lookup.lists_written = domains != nullptr && sids != nullptr;
  if (!lookup.lists_written) return lookup;
  read_domains(domains, lookup);
  for (ULONG i = 0; i < list.count(); ++i)
    lookup.found.push_back(
        {static_cast<unsigned>(sids[i].Use), "", sid_text(sids[i].Sid), domain_name(domains, sids[i].DomainIndex)});
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(domains));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(sids));
  return lookup;
}

Lookup Policy::sids(const std::vector<std::string>& sids) const {
  std::vector<std::vector<UCHAR>> buffers;
  for (const std::string& sid : sids) buffers.push_back(parse_sid(sid));
  std::vector<PSID> pointers;
  for (std::vector<UCHAR>& buffer : buffers) pointers.push_back(buffer.data());
  PLSA_REFERENCED_DOMAIN_LIST domains = nullptr;
  PLSA_TRANSLATED_NAME names = nullptr;
  Lookup lookup;
  const auto count = static_cast<ULONG>(pointers.size());
  lookup.status = LsaLookupSids(handle_, count, pointers.data(), &domains, &names);
  lookup.lists_written = domains != nullptr && names != nullptr;
  if (!lookup.lists_written) return lookup;
  read_domains(domains, lookup);
  for (ULONG i = 0; i < count; ++i)
    lookup.found.push_back(
        {static_cast<unsigned>(names[i].Use), narrow(names[i].Name), "", domain_name(domains, names[i].DomainIndex)});
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(domains));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(names));
  return lookup;
}

NTSTATUS Policy::add(const std::string& sid, const std::vector<std::string>& rights) const {
  StringList list(rights);
  return LsaAddAccountRights(handle_, parse_sid(sid).data(), list.get(), list.count());
}

NTSTATUS Policy::remove(const std::string& sid, const std::vector<std::string>& rights, bool all) const {
  StringList list(rights);
  return LsaRemoveAccountRights(handle_, parse_sid(sid).data(), all ? TRUE : FALSE, list.get(), list.count());
}

std::vector<std::string> Policy::rights(const std::string& sid, NTSTATUS* status) const {
  PLSA_UNICODE_STRING list = nullptr;
  ULONG count = 0;
  keep(LsaEnumerateAccountRights(handle_, parse_sid(sid).data(), &list, &count), status);
  std::vector<std::string> rights;
  for (ULONG i = 0; i < count; ++i) rights.push_back(narrow(list[i]));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(list));
  return rights;
}

std::vector<std::string> Policy::accounts_with(const std::optional<std::string>& right, NTSTATUS* status) const {
  WideText name(right.value_or(""));
  PVOID buffer = nullptr;
  ULONG count = 0;
  keep(LsaEnumerateAccountsWithUserRight(handle_, right ? name.get() : nullptr, &buffer, &count), status);
  std::vector<std::string> accounts;
  for (ULONG i = 0; i < count; ++i)
    accounts.push_back(sid_text(static_cast<PLSA_ENUMERATION_INFORMATION>(buffer)[i].Sid));
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(buffer));
  return accounts;
}

NTSTATUS Policy::store(const std::string& key, const std::optional<std::string>& data) const {
  WideText name(key), text(data.value_or(""));
  return LsaStorePrivateData(handle_, name.get(), data ? text.get() : nullptr);
}

std::string Policy::retrieve(const std::string& key, NTSTATUS* status) const {
  WideText name(key);
  PLSA_UNICODE_STRING data = nullptr;
  keep(LsaRetrievePrivateData(handle_, name.get(), &data), status);
  const std::string text = data == nullptr ? "" : narrow(*data);
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(data));
  return text;
}

ActingAs::ActingAs(const TokenHandle& token) {
  EXPECT_STATUS(STATUS_SUCCESS, OpenLsaImpersonateTokenOnly(token.get()));
}

ActingAs::~ActingAs() { EXPECT_TRUE(RevertToSelf()); }

GivenRights::GivenRights(std::string sid, std::vector<std::string> rights)
    : sid_(std::move(sid)), rights_(std::move(rights)) {
  EXPECT_STATUS(STATUS_SUCCESS, Policy(rights_access).add(sid_, rights_));
}

GivenRights::~GivenRights() { EXPECT_STATUS(STATUS_SUCCESS, Policy(rights_access).remove(sid_, rights_)); }

}  // namespace openlsa::test
