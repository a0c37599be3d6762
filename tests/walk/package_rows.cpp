// Packages, the memory of SSPI, credential providers, and the tables.
#include <openlsa/security.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

const GUID password_type = SEC_WINNT_AUTH_DATA_TYPE_PASSWORD;

Parameter package_info() { return out<void*>("the packages", freed_by(FreeContextBuffer)); }

// A block of the library's own; every call gets another.
Word context_buffer(Call&) {
  PSecPkgInfoW block = nullptr;
  QuerySecurityPackageInfoW(test::wide("Scripted").data(), &block);
  return reinterpret_cast<Word>(block);
}

// What SspiUnmarshalCredUIContext gave.
Parameter cred_ui_handle() {
  Parameter parameter;
  parameter.good = [](Call& call) { return reinterpret_cast<Word>(call.objects.provided_context()); };
  parameter.handle = Kind::half_open;
  parameter.wrongs = {{"NULL", [](Call&) { return Word{0}; }},
                      {"an address that is none", [](Call& call) {
                         return reinterpret_cast<Word>(call.memory.copy(SEC_WINNT_CREDUI_CONTEXT{}));
                       }}};
  return parameter;
}

void add_provider_rows() {
  const std::initializer_list<std::int32_t> statuses = {
      SEC_E_INVALID_HANDLE, SEC_E_INVALID_PARAMETER, SEC_E_INVALID_TOKEN, SEC_E_UNSUPPORTED_FUNCTION, SEC_E_NOT_OWNER};
  const auto marshaled = [](std::size_t cut) {
    return [cut](Call& call) {
      const std::string& bytes = call.objects.cred_ui_context();
      return reinterpret_cast<Word>(call.memory.copy(bytes.data(), bytes.size() - cut));
    };
  };
  const auto size = [](int change) {
    return [change](Call& call) {
      return static_cast<ULONG>(static_cast<int>(call.objects.cred_ui_context().size()) + change);
    };
  };
  Parameter length = made(size(0));
  length.wrongs = {{"none", [](Call&) { return Word{0}; }}, {"a byte too few", size(-1)}};
  Parameter bytes = made(marshaled(0));
  bytes.wrongs = {{"NULL", [](Call&) { return Word{0}; }}};
  ROW(SspiUnmarshalCredUIContext, bytes, length, out<void*>("the context", freed_by(FreeContextBuffer)))
      .fails(statuses);
  ROW(SspiGetCredUIContext, cred_ui_handle(), guid(password_type),
      null().wrong("a session that is none",
                   [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(LUID{0x7777, 0x7777})); }),
      out<void*>("the contexts", freed_by(FreeContextBuffer)),
      out<HANDLE>("the token", freed_by(CloseHandle)).optional())
      .fails(statuses);
  ROW(SspiUpdateCredentials, cred_ui_handle(), guid(password_type), size_of(5), input("fresh")).fails(statuses);
}

template <class Table>
void add_slots(const char* name, const Table* table, std::vector<Slot>& all) {
#define SLOT(form, function) \
  all.push_back({name, #function, reinterpret_cast<void*>(table->form), reinterpret_cast<void*>(&function)})
  SLOT(FreeCredentialsHandle, FreeCredentialsHandle);
  SLOT(AcceptSecurityContext, AcceptSecurityContext);
  SLOT(CompleteAuthToken, CompleteAuthToken);
  SLOT(DeleteSecurityContext, DeleteSecurityContext);
  SLOT(ApplyControlToken, ApplyControlToken);
  SLOT(ImpersonateSecurityContext, ImpersonateSecurityContext);
  SLOT(RevertSecurityContext, RevertSecurityContext);
  SLOT(MakeSignature, MakeSignature);
  SLOT(VerifySignature, VerifySignature);
  SLOT(FreeContextBuffer, FreeContextBuffer);
  SLOT(ExportSecurityContext, ExportSecurityContext);
  SLOT(QuerySecurityContextToken, QuerySecurityContextToken);
  SLOT(EncryptMessage, EncryptMessage);
  SLOT(DecryptMessage, DecryptMessage);
}

}  // namespace

std::vector<Slot> slots() {
  std::vector<Slot> all;
  const auto* w = InitSecurityInterfaceW();
  const auto* a = InitSecurityInterfaceA();
  add_slots("SecurityFunctionTableW", w, all);
  add_slots("SecurityFunctionTableA", a, all);
#define BOTH_SLOTS(function)                                                                   \
  all.push_back({"SecurityFunctionTableW", #function, reinterpret_cast<void*>(w->function##W), \
                 reinterpret_cast<void*>(&function##W)});                                      \
  all.push_back({"SecurityFunctionTableA", #function, reinterpret_cast<void*>(a->function##A), \
                 reinterpret_cast<void*>(&function##A)})
  BOTH_SLOTS(EnumerateSecurityPackages);
  BOTH_SLOTS(QueryCredentialsAttributes);
  BOTH_SLOTS(AcquireCredentialsHandle);
  BOTH_SLOTS(InitializeSecurityContext);
  BOTH_SLOTS(QueryContextAttributes);
  BOTH_SLOTS(QuerySecurityPackageInfo);
  BOTH_SLOTS(ImportSecurityContext);
  BOTH_SLOTS(AddCredentials);
  BOTH_SLOTS(SetContextAttributes);
  BOTH_SLOTS(SetCredentialsAttributes);
  BOTH_SLOTS(ChangeAccountPassword);
  BOTH_SLOTS(QueryContextAttributesEx);
  BOTH_SLOTS(QueryCredentialsAttributesEx);
  return all;
}

void add_package_rows() {
  ROW(EnumerateSecurityPackagesW, out<ULONG>("the count"), package_info()).fails({SEC_E_INVALID_PARAMETER});
  ROW(EnumerateSecurityPackagesA, out<ULONG>("the count"), package_info()).fails({SEC_E_INVALID_PARAMETER});
  ROW(QuerySecurityPackageInfoW, text_w("Scripted"), package_info())
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_SECPKG_NOT_FOUND});
  ROW(QuerySecurityPackageInfoA, text_a("Scripted"), package_info())
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_SECPKG_NOT_FOUND});
  ROW(FreeContextBuffer, made(context_buffer)
                             .wrong("NULL", 0, Expect::either)
                             .wrong("an address that is none",
                                    [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(LUID{})); }))
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_INVALID_HANDLE});
  ROW(InitSecurityInterfaceW);
  ROW(InitSecurityInterfaceA);
  add_provider_rows();
}

}  // namespace openlsa::walk
