// The audit policy.
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

constexpr const char* everyone = "S-1-1-0";

const std::initializer_list<std::int32_t> of_audit = {
    ERROR_INVALID_PARAMETER, ERROR_INVALID_SID, ERROR_INVALID_HANDLE,        ERROR_NOT_SUPPORTED,
    ERROR_FILE_NOT_FOUND,    ERROR_INVALID_ACL, ERROR_INVALID_SECURITY_DESCR};

Row& audit(Row& row) { return row.as(Answer::boolean).fails(of_audit); }

Parameter result(const char* name) { return out<void*>(name, freed_by(AuditFree)); }

GUID category() {
  GUID guid{};
  AuditLookupCategoryGuidFromCategoryId(AuditCategoryLogon, &guid);
  return guid;
}

GUID subcategory() {
  GUID* list = nullptr;
  ULONG count = 0;
  const GUID of = category();
  AuditEnumerateSubCategories(&of, FALSE, &list, &count);
  const GUID guid = list[0];
  AuditFree(list);
  return guid;
}

Parameter one() { return value(1).wrong("none", 0, Expect::either).wrong("more than there can be", 0xffffffff); }
Parameter setting() {
  return input_of(AUDIT_POLICY_INFORMATION{subcategory(), POLICY_AUDIT_EVENT_SUCCESS, category()});
}

void add_queries() {
  const auto answer = [] { return result("the policy"); };
  audit(ROW(AuditQuerySystemPolicy, guid(subcategory()), one(), answer()));
  audit(ROW(AuditComputeEffectivePolicyBySid, sid(everyone), guid(subcategory()), one(), answer()));
  audit(ROW(AuditComputeEffectivePolicyByToken, handle(Kind::token), guid(subcategory()), one(), answer()));
  audit(ROW(AuditQueryPerUserPolicy, sid(everyone), guid(subcategory()), one(), answer()))
      .always_fails(ERROR_FILE_NOT_FOUND);
  audit(ROW(AuditEnumeratePerUserPolicy, result("the users")));
}

// The audit trail records what it records: there is nothing to set.
void add_settings() {
  const auto name_w = [] { return text_w("File").lenient(); };
  const auto name_a = [] { return text_a("File").lenient(); };
  const auto acl = [] { return input(std::string(8, '\0'), 4).lenient(); };
  audit(ROW(AuditSetSystemPolicy, setting(), one())).always_fails(ERROR_NOT_SUPPORTED);
  audit(ROW(AuditSetPerUserPolicy, sid(everyone), setting(), one())).always_fails(ERROR_NOT_SUPPORTED);
  audit(ROW(AuditSetSecurity, value(4), input(std::string(40, '\0'), 8).lenient())).always_fails(ERROR_NOT_SUPPORTED);
  audit(ROW(AuditQuerySecurity, value(4), result("the descriptor"))).always_fails(ERROR_NOT_SUPPORTED);
  audit(ROW(AuditSetGlobalSaclW, name_w(), acl())).always_fails(ERROR_NOT_SUPPORTED);
  audit(ROW(AuditSetGlobalSaclA, name_a(), acl())).always_fails(ERROR_NOT_SUPPORTED);
  audit(ROW(AuditQueryGlobalSaclW, name_w(), result("the list"))).always_fails(ERROR_NOT_SUPPORTED);
  audit(ROW(AuditQueryGlobalSaclA, name_a(), result("the list"))).always_fails(ERROR_NOT_SUPPORTED);
}

}  // namespace

void add_audit_rows() {
  add_queries();
  add_settings();
  audit(ROW(AuditEnumerateCategories, result("the categories"), out<ULONG>("the count")));
  audit(ROW(AuditEnumerateSubCategories, guid(category()), value(FALSE), result("the subcategories"),
            out<ULONG>("the count")));
  audit(ROW(AuditLookupCategoryNameW, guid(category()), result("the name")));
  audit(ROW(AuditLookupCategoryNameA, guid(category()), result("the name")));
  audit(ROW(AuditLookupSubCategoryNameW, guid(subcategory()), result("the name")));
  audit(ROW(AuditLookupSubCategoryNameA, guid(subcategory()), result("the name")));
  audit(ROW(AuditLookupCategoryIdFromCategoryGuid, guid(category()), out<POLICY_AUDIT_EVENT_TYPE>("the number")));
  audit(
      ROW(AuditLookupCategoryGuidFromCategoryId, choice(AuditCategoryLogon, {99, 0xffffffff}), out<GUID>("the GUID")));
  ROW(AuditFree, made([](Call&) {
                   GUID* list = nullptr;
                   ULONG count = 0;
                   AuditEnumerateCategories(&list, &count);
                   return reinterpret_cast<Word>(list);
                 })
                     .wrong("NULL", 0)
                     .wrong("an address that is none",
                            [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(LUID{})); }));
}

}  // namespace openlsa::walk
