// A credential identity that another process sent, or target information at the end of a target name: [which][bytes].
#include <openlsa/ntsecpkg.h>

#include "client/identity/identity_values.hpp"
#include "client/identity/target_information.hpp"
#include "fuzz/fuzz.hpp"

using namespace openlsa;

namespace {

// What is taken apart is put together as the same.
void take_apart_and_back(const void* identity) {
  client::IdentityValues values, again;
  if (client::take_apart(identity, values) != SEC_E_OK) return;
  void* made = nullptr;
  fuzz::require(client::make_identity(values, made) == SEC_E_OK);
  fuzz::require(client::take_apart(made, again) == SEC_E_OK);
  fuzz::require(again.user == values.user && again.domain == values.domain && again.packages == values.packages);
  BOOLEAN user = FALSE, same = FALSE;
  fuzz::require(SspiCompareAuthIdentities(const_cast<void*>(identity), made, &user, &same) == SEC_E_OK);
  fuzz::require(user && same);
  SspiFreeAuthIdentity(made);
}

void strings_and_back(PSEC_WINNT_AUTH_IDENTITY_OPAQUE identity) {
  PCWSTR user = nullptr, domain = nullptr, credentials = nullptr;
  if (SspiEncodeAuthIdentityAsStrings(identity, &user, &domain, &credentials) != SEC_E_OK) return;
  PSEC_WINNT_AUTH_IDENTITY_OPAQUE made = nullptr;
  // Not every identity: a name may hold a null, a password be longer than a string.
  if (SspiEncodeStringsAsAuthIdentity(user, domain, credentials, &made) == SEC_E_OK) {
    fuzz::require(SspiValidateAuthIdentity(made) == SEC_E_OK);
    SspiFreeAuthIdentity(made);
  }
  SspiLocalFree(const_cast<WCHAR*>(user));
  SspiLocalFree(const_cast<WCHAR*>(domain));
  SspiLocalFree(const_cast<WCHAR*>(credentials));
}

void encrypted_and_back(PSEC_WINNT_AUTH_IDENTITY_OPAQUE identity) {
  if (SspiIsAuthIdentityEncrypted(identity)) {
    SspiDecryptAuthIdentity(identity);
    return;
  }
  fuzz::require(SspiEncryptAuthIdentity(identity) == SEC_E_OK);
  fuzz::require(SspiIsAuthIdentityEncrypted(identity));
  fuzz::require(SspiDecryptAuthIdentity(identity) == SEC_E_OK);
}

void identity_from(base::ByteView bytes) {
  PSEC_WINNT_AUTH_IDENTITY_OPAQUE identity = nullptr;
  auto* const data = const_cast<char*>(reinterpret_cast<const char*>(bytes.data()));
  if (SspiUnmarshalAuthIdentity(static_cast<ULONG>(bytes.size()), data, &identity) != SEC_E_OK) return;
  fuzz::require(SspiValidateAuthIdentity(identity) == SEC_E_OK);
  encrypted_and_back(identity);
  take_apart_and_back(identity);
  strings_and_back(identity);
  PSEC_WINNT_AUTH_IDENTITY_OPAQUE fewer = nullptr;
  if (SspiExcludePackage(identity, reinterpret_cast<PCWSTR>(u"NTLM"), &fewer) == SEC_E_OK) SspiFreeAuthIdentity(fewer);
  SspiZeroAuthIdentity(identity);
  fuzz::require(SspiValidateAuthIdentity(identity) == SEC_E_INVALID_TOKEN);
  SspiFreeAuthIdentity(identity);
}

void target_information_from(base::ByteView bytes) {
  std::u16string text;
  for (const std::uint8_t byte : bytes) text += static_cast<char16_t>(byte);
  std::uint32_t size = 0;
  const auto information = client::read_target_information(text, size);
  if (!information) return;
  fuzz::require(size % 2 == 0 && size / 2 <= text.size());
  const auto again = client::write_target_information(*information);
  fuzz::require(again && text.ends_with(*again) && 2 * again->size() == size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const bool target = input.byte() % 4 == 3;
  // As in memory: aligned, and with nothing behind it.
  const base::Bytes bytes = base::to_bytes(input.rest());
  target ? target_information_from(bytes) : identity_from(bytes);
  return 0;
}
