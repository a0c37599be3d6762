// openlsa_sspi.h, and the functions of openlsa.h.
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

const std::initializer_list<std::int32_t> of_sspi = {SEC_E_INVALID_HANDLE,       SEC_E_INVALID_PARAMETER,
                                                     SEC_E_UNSUPPORTED_FUNCTION, SEC_E_NO_CREDENTIALS,
                                                     SEC_E_BUFFER_TOO_SMALL,     SEC_E_INVALID_TOKEN};

Parameter credential() { return sec_handle(Kind::credential); }
Parameter block(const char* name) { return out<void*>(name, freed_by(FreeContextBuffer)); }
Parameter length() { return out<ULONG>("the length"); }
Parameter new_context() { return out<CtxtHandle>("the new context", deleted_context()); }

// The first of these calls has no context yet.
Parameter no_context() {
  return null().wrong("a closed context", [](Call& call) {
    return reinterpret_cast<Word>(call.memory.copy(stale_sec_handle(Kind::half_open)));
  });
}

void add_credential_calls() {
  ROW(OpenLsaSaveCredentials, credential(), buffer(filled(SECBUFFER_DATA, "kept"))).fails(of_sspi);
  ROW(OpenLsaGetCredentials, credential(), buffer(to_allocate(SECBUFFER_EMPTY))).fails(of_sspi);
  ROW(OpenLsaDeleteCredentials, made([](Call& call) {
        SecHandle handle = call.objects.credential();
        char secret[] = "kept";
        SecBuffer saved{sizeof secret - 1, SECBUFFER_DATA, secret};
        OpenLsaSaveCredentials(&handle, &saved);
        return reinterpret_cast<Word>(call.memory.copy(handle));
      }),
      buffer(filled(SECBUFFER_DATA, "kept")))
      .fails(of_sspi);
  ROW(OpenLsaFormatCredentials, credential(), buffer(filled(SECBUFFER_DATA, "bytes")),
      buffer(to_allocate(SECBUFFER_EMPTY)))
      .fails(of_sspi);
  ROW(OpenLsaMarshalSupplementalCredentials, credential(), size_of(5), input("bytes"), length(), block("the block"))
      .fails(of_sspi);
  ROW(OpenLsaMarshalAttributeData, credential(), value(1), value(7), size_of(5), input("bytes"), length(),
      block("the block"))
      .fails(of_sspi);
}

void closed_descriptor(unsigned char* cell) {
  int descriptor = -1;
  std::memcpy(&descriptor, cell, sizeof descriptor);
  ::close(descriptor);
}

void add_token_calls() {
  const std::initializer_list<std::int32_t> statuses = {STATUS_INVALID_HANDLE, STATUS_INVALID_PARAMETER,
                                                        STATUS_BAD_IMPERSONATION_LEVEL};
  ROW(OpenLsaGetTokenPosixIdentity, handle(Kind::token),
      output(sizeof(OPENLSA_POSIX_IDENTITY), {.name = "the identity", .on_failure = OnFailure::zeroed}))
      .fails(statuses);
  ROW(OpenLsaTokenToDescriptor, handle(Kind::token),
      output(sizeof(int), {.name = "the descriptor", .release = closed_descriptor, .on_failure = OnFailure::written}))
      .fails(statuses);
  ROW(OpenLsaTokenFromDescriptor,
      made([](Call& call) {
        static int descriptor = -1;
        if (descriptor < 0) OpenLsaTokenToDescriptor(call.objects.handle(Kind::token), &descriptor);
        return static_cast<Word>(descriptor);
      })
          .wrong("no descriptor", ~Word{0})
          .wrong("another descriptor", 0)
          .wrong("a descriptor that is not open", 1000000),
      out<HANDLE>("the token", freed_by(CloseHandle), OnFailure::zeroed))
      .fails(statuses);
  ROW(OpenLsaImpersonateTokenOnly, handle(Kind::token)).fails(statuses).then([](Call&) { RevertToSelf(); });
  ROW(OpenLsaGetAuthorityId, output(OPENLSA_AUTHORITY_ID_LENGTH, {.name = "the id"})).fails(statuses);
  // For packages in LSA mode only; an application gets NULL.
  ROW(OpenLsaGetInterface, text_a(OPENLSA_PACKAGE_INTERFACE_NAME), value(OPENLSA_PACKAGE_INTERFACE_VERSION))
      .as(Answer::nothing);
}

}  // namespace

void add_openlsa_rows() {
  ROW(OpenLsaQueryMetaData, credential(), no_context(), text_w("user=alice").optional(), value(0), new_context(),
      length(), block("the metadata"))
      .fails(of_sspi)
      .fails({SEC_E_TARGET_UNKNOWN});
  ROW(OpenLsaExchangeMetaData, credential(), no_context(), text_w("user=alice").optional(), value(0), new_context(),
      size_of(5), input("bytes"))
      .fails(of_sspi)
      .fails({SEC_E_TARGET_UNKNOWN});
  add_credential_calls();
  ROW(OpenLsaGetUserInfo, text_w("Scripted"),
      made([](Call& call) {
        TOKEN_STATISTICS statistics{};
        DWORD size = 0;
        GetTokenInformation(call.objects.handle(Kind::token), TokenStatistics, &statistics, sizeof statistics, &size);
        return reinterpret_cast<Word>(call.memory.copy(statistics.AuthenticationId));
      })
          .wrong("a session that is none",
                 [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(LUID{0x7777, 0x7777})); }),
      value(0), block("the data"))
      .fails(of_sspi)
      .fails({SEC_E_SECPKG_NOT_FOUND, SEC_E_NOT_OWNER});
  ROW(OpenLsaMarshalCredUIContext, sec_handle(Kind::half_open), value(5), text_w("server").optional(), length(),
      block("the block"))
      .fails(of_sspi);
  ROW(OpenLsaImpersonateContextTokenOnly, sec_handle(Kind::acceptor))
      .fails({SEC_E_INVALID_HANDLE, SEC_E_NO_IMPERSONATION, SEC_E_UNSUPPORTED_FUNCTION})
      .then([](Call&) { RevertToSelf(); });
  add_token_calls();
}

}  // namespace openlsa::walk
