// Credentials of SSPI.
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/identities.hpp"

namespace openlsa::walk {
namespace {

const std::initializer_list<std::int32_t> of_acquiring = {
    SEC_E_INVALID_PARAMETER, SEC_E_SECPKG_NOT_FOUND, SEC_E_UNKNOWN_CREDENTIALS, SEC_E_INVALID_TOKEN,
    SEC_E_NO_CREDENTIALS,    SEC_E_NOT_OWNER,        SEC_E_UNSUPPORTED_FUNCTION};
const std::initializer_list<std::int32_t> of_attributes = {SEC_E_INVALID_HANDLE, SEC_E_INVALID_PARAMETER,
                                                           SEC_E_UNSUPPORTED_FUNCTION, SEC_E_BUFFER_TOO_SMALL};

Parameter package_w() { return text_w("Scripted"); }
Parameter package_a() { return text_a("Scripted"); }

// A session of another user is nobody's to name; of no session even less.
Parameter logon_id() {
  return null().wrong(
      "a session that is none",
      [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(LUID{0x7777, 0x7777})); }, Expect::either);
}

Parameter names_out() { return out<void*>("names", freed_by(FreeContextBuffer)); }

std::string proxy_settings() {
  SecPkgCredentials_KdcProxySettingsW settings{};
  settings.Version = KDC_PROXY_SETTINGS_V1;
  settings.ProxyServerOffset = sizeof settings;
  settings.ProxyServerLength = 2;
  return std::string(reinterpret_cast<char*>(&settings), sizeof settings) + std::string("x\0\0\0", 4);
}

// A refusal says why.
Parameter response() {
  return buffers(
      {answered_with(to_allocate(SECBUFFER_CHANGE_PASS_RESPONSE), {SEC_E_LOGON_DENIED, STATUS_PASSWORD_RESTRICTION})});
}

void add_password_rows() {
  ROW(ChangeAccountPasswordW, package_w(), text_w("DOMAIN").lenient(), text_w("walker of W").lenient(),
      text_w("same").lenient(), text_w("same").lenient(), value(FALSE), value(0), response())
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_SECPKG_NOT_FOUND, SEC_E_LOGON_DENIED, SEC_E_INVALID_TOKEN,
              STATUS_PASSWORD_RESTRICTION, SEC_E_BUFFER_TOO_SMALL});
  ROW(ChangeAccountPasswordA, package_a(), text_a("DOMAIN").lenient(), text_a("walker of A").lenient(),
      text_a("same").lenient(), text_a("same").lenient(), value(FALSE), value(0), response())
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_SECPKG_NOT_FOUND, SEC_E_LOGON_DENIED, SEC_E_INVALID_TOKEN,
              STATUS_PASSWORD_RESTRICTION, SEC_E_BUFFER_TOO_SMALL});
}

void add_setting_rows() {
  const std::string settings = proxy_settings();
  const auto size = static_cast<ULONG>(settings.size());
  ROW(SetCredentialsAttributesW, sec_handle(Kind::credential), value(SECPKG_CRED_ATTR_KDC_PROXY_SETTINGS),
      input(settings), size_of(size))
      .fails(of_attributes);
  ROW(SetCredentialsAttributesA, sec_handle(Kind::credential), value(SECPKG_CRED_ATTR_KDC_PROXY_SETTINGS),
      input(settings), size_of(size))
      .fails(of_attributes);
}

}  // namespace

void add_credential_rows() {
  ROW(AcquireCredentialsHandleW, text_w("walker").optional(), package_w(), choice(SECPKG_CRED_BOTH, {}), logon_id(),
      identity_w().optional(), null(), null(), out<CredHandle>("the credential", freed_credential()),
      out<TimeStamp>("the expiry").optional())
      .fails(of_acquiring);
  ROW(AcquireCredentialsHandleA, text_a("walker").optional(), package_a(), choice(SECPKG_CRED_BOTH, {}), logon_id(),
      identity_a().optional(), null(), null(), out<CredHandle>("the credential", freed_credential()),
      out<TimeStamp>("the expiry").optional())
      .fails(of_acquiring);
  ROW(FreeCredentialsHandle, sec_handle(Kind::credential)).fails({SEC_E_INVALID_HANDLE}).consuming();
  ROW(AddCredentialsW, sec_handle(Kind::credential), text_w("more").optional(), package_w(),
      value(SECPKG_CRED_OUTBOUND), identity_w().optional(), null(), null(), out<TimeStamp>("the expiry").optional())
      .fails(of_acquiring)
      .fails({SEC_E_INVALID_HANDLE});
  ROW(AddCredentialsA, sec_handle(Kind::credential), text_a("more").optional(), package_a(),
      value(SECPKG_CRED_OUTBOUND), identity_a().optional(), null(), null(), out<TimeStamp>("the expiry").optional())
      .fails(of_acquiring)
      .fails({SEC_E_INVALID_HANDLE});
  ROW(QueryCredentialsAttributesW, sec_handle(Kind::credential), choice(SECPKG_CRED_ATTR_NAMES, {0x7777}), names_out())
      .fails(of_attributes);
  ROW(QueryCredentialsAttributesA, sec_handle(Kind::credential), choice(SECPKG_CRED_ATTR_NAMES, {0x7777}), names_out())
      .fails(of_attributes);
  ROW(QueryCredentialsAttributesExW, sec_handle(Kind::credential), choice(SECPKG_CRED_ATTR_NAMES, {0x7777}),
      names_out(), size_of(sizeof(void*)).lenient())
      .fails(of_attributes);
  ROW(QueryCredentialsAttributesExA, sec_handle(Kind::credential), choice(SECPKG_CRED_ATTR_NAMES, {0x7777}),
      names_out(), size_of(sizeof(void*)).lenient())
      .fails(of_attributes);
  add_setting_rows();
  add_password_rows();
}

}  // namespace openlsa::walk
