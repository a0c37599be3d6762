// The policy: its object, names and SIDs, rights, private data, notifications; protected memory.
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

constexpr const char* everyone = "S-1-1-0";
constexpr const char* right = "SeBatchLogonRight";

const std::initializer_list<std::int32_t> of_policy = {
    STATUS_INVALID_HANDLE,  STATUS_INVALID_PARAMETER,     STATUS_INVALID_SID,   STATUS_NO_SUCH_PRIVILEGE,
    STATUS_NONE_MAPPED,     STATUS_OBJECT_NAME_NOT_FOUND, STATUS_NOT_SUPPORTED, STATUS_INVALID_INFO_CLASS,
    STATUS_NO_MORE_ENTRIES, STATUS_OBJECT_NAME_INVALID,   STATUS_ACCESS_DENIED, RPC_NT_SERVER_UNAVAILABLE};

Parameter policy() { return handle(Kind::policy); }
Parameter result(const char* name) { return out<void*>(name, freed_by(LsaFreeMemory)); }
Parameter count(ULONG number) {
  return value(number).wrong("none", 0, Expect::either).wrong("more than there can be", 0xffffffff);
}

Word block_to_free(Call& call) {
  PVOID block = nullptr;
  LsaQueryInformationPolicy(call.objects.handle(Kind::policy), PolicyAccountDomainInformation, &block);
  return reinterpret_cast<Word>(block);
}

void add_object() {
  const LSA_OBJECT_ATTRIBUTES attributes{};
  ROW(LsaOpenPolicy, counted_w("localhost").optional(), input_of(attributes).lenient(),
      choice(POLICY_ALL_ACCESS, {0x01000000}), out<LSA_HANDLE>("the policy", freed_by(LsaClose)))
      .fails(of_policy);
  ROW(LsaClose, policy()).fails({STATUS_INVALID_HANDLE}).consuming();
  ROW(LsaFreeMemory, made(block_to_free)
                         .wrong("NULL", 0, Expect::either)
                         .wrong("an address that is none",
                                [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(LUID{})); }))
      .fails({STATUS_INVALID_PARAMETER, STATUS_UNSUCCESSFUL});
  ROW(LsaQueryInformationPolicy, policy(), choice(PolicyAccountDomainInformation, {0, 99, 0xffffffff}),
      result("the information"))
      .fails(of_policy);
  // Nothing of it changes while the authority runs.
  const POLICY_LSA_SERVER_ROLE_INFO role{PolicyServerRolePrimary};
  ROW(LsaSetInformationPolicy, policy(), choice(PolicyLsaServerRoleInformation, {0, 99, 0xffffffff}), input_of(role))
      .always_fails(STATUS_NOT_SUPPORTED)
      .fails(of_policy);
  // A machine that is no controller has no value of a domain's.
  ROW(LsaQueryDomainInformationPolicy, policy(), choice(PolicyDomainKerberosTicketInformation, {0, 99}),
      result("the information"))
      .always_fails(STATUS_OBJECT_NAME_NOT_FOUND)
      .fails(of_policy);
  ROW(LsaSetDomainInformationPolicy, policy(), choice(PolicyDomainKerberosTicketInformation, {0, 99}),
      input_of(role).lenient())
      .always_fails(STATUS_NOT_SUPPORTED)
      .fails(of_policy);
}

void add_look_ups() {
  const auto domains = [] { return result("the domains"); };
  ROW(LsaLookupNames, policy(), count(1), counted_w_array("Everyone"), domains(), result("the SIDs")).fails(of_policy);
  ROW(LsaLookupNames2, policy(), choice(0, {1}), count(1), counted_w_array("Everyone"), domains(), result("the SIDs"))
      .fails(of_policy);
  ROW(LsaLookupSids, policy(), count(1), sid_array(everyone), domains(), result("the names")).fails(of_policy);
  ROW(LsaLookupSids2, policy(), choice(0, {1}), count(1), sid_array(everyone), domains(), result("the names"))
      .fails(of_policy);
}

// The policy handle, once something is there to be found.
Parameter policy_with(std::function<void(HANDLE)> prepare) {
  Parameter parameter = policy();
  parameter.good = [prepare = std::move(prepare)](Call& call) {
    const HANDLE handle = call.objects.handle(Kind::policy);
    prepare(handle);
    return reinterpret_cast<Word>(handle);
  };
  return parameter;
}

void give_right(HANDLE handle) {
  test::WideText name(right);
  LsaAddAccountRights(handle, test::parse_sid(everyone).data(), name.get(), 1);
}

void add_rights() {
  ROW(LsaAddAccountRights, policy(), sid(everyone), counted_w_array(right), count(1)).fails(of_policy);
  ROW(LsaEnumerateAccountRights, policy_with(give_right), sid(everyone), result("the rights"), out<ULONG>("the count"))
      .fails(of_policy);
  ROW(LsaEnumerateAccountsWithUserRight, policy(), counted_w("SeInteractiveLogonRight").optional(),
      result("the accounts"), out<ULONG>("the count"))
      .fails(of_policy);
  ROW(LsaRemoveAccountRights, policy_with(give_right), sid(everyone), value(FALSE), counted_w_array(right), count(1))
      .fails(of_policy);
}

void add_private_data() {
  ROW(LsaStorePrivateData, policy(), counted_w("walk"), counted_w("data").lenient()).fails(of_policy);
  ROW(LsaRetrievePrivateData, policy_with([](HANDLE handle) {
        test::WideText name("walk"), data("data");
        LsaStorePrivateData(handle, name.get(), data.get());
      }),
      counted_w("walk"), result("the data"))
      .fails(of_policy);
}

void add_notifications() {
  const auto information_class = [] { return choice(PolicyNotifyAuditEventsInformation, {0, 99, 0xffffffff}); };
  ROW(LsaRegisterPolicyChangeNotification, information_class(), handle(Kind::event))
      .fails(of_policy)
      .then([](Call& call) {
        LsaUnregisterPolicyChangeNotification(PolicyNotifyAuditEventsInformation, call.objects.handle(Kind::event));
      });
  ROW(LsaUnregisterPolicyChangeNotification, information_class(),
      made([](Call& call) {
        const HANDLE event = call.objects.handle(Kind::event);
        LsaRegisterPolicyChangeNotification(PolicyNotifyAuditEventsInformation, event);
        return reinterpret_cast<Word>(event);
      })
          .wrong("no handle", 0)
          .wrong("a closed handle", [](Call&) { return reinterpret_cast<Word>(stale_handle(Kind::event)); })
          .wrong("a token", [](Call& call) { return reinterpret_cast<Word>(call.objects.handle(Kind::token)); }))
      .fails(of_policy);
}

void add_protected_memory() {
  const std::string block(RTL_ENCRYPT_MEMORY_SIZE, 'x');
  const auto sizes = [&block] { return size_of(static_cast<ULONG>(block.size())); };
  const auto options = [] { return choice(0, {0x8000}); };
  ROW(SystemFunction040, input(block).lenient(), sizes(), options())
      .fails({STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED});
  ROW(SystemFunction041, input(block).lenient(), sizes(), options())
      .fails({STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED});
  ROW(SystemFunction036, output(64, {.name = "the random bytes"}).lenient(), value(64).wrong("none", 0, Expect::either))
      .as(Answer::boolean)
      .fails({no_reason});
}

}  // namespace

void add_policy_rows() {
  add_object();
  add_look_ups();
  add_rights();
  add_private_data();
  add_notifications();
  add_protected_memory();
}

}  // namespace openlsa::walk
