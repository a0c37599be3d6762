// The Sspi... functions on identities, and target information.
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/security.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/identities.hpp"

namespace openlsa::walk {
namespace {

const std::initializer_list<std::int32_t> of_identities = {SEC_E_INVALID_PARAMETER, SEC_E_INVALID_TOKEN,
                                                           SEC_E_UNSUPPORTED_FUNCTION, SEC_E_UNKNOWN_CREDENTIALS,
                                                           STATUS_INVALID_PARAMETER};

Parameter text_out(const char* name) { return out<void*>(name, freed_by(SspiLocalFree)); }
Parameter identity_out() { return out<void*>("the identity", freed_by(SspiFreeAuthIdentity)); }

// A block that the function may free or change.
Make own_identity(bool encrypted = false) {
  return [encrypted](Call&) {
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE made = nullptr;
    SspiEncodeStringsAsAuthIdentity(test::wide("user").data(), nullptr, test::wide("password").data(), &made);
    if (encrypted) SspiEncryptAuthIdentity(made);
    return reinterpret_cast<Word>(made);
  };
}
// A copy of the walk's own that a function changes in place.
Parameter encrypted_identity() {
  Parameter parameter = identity_block();
  parameter.good = [](Call& call) {
    const std::string& bytes = call.objects.identity();
    auto* place = static_cast<PSEC_WINNT_AUTH_IDENTITY_OPAQUE>(call.memory.copy(bytes.data(), bytes.size(), 8));
    SspiEncryptAuthIdentity(place);
    return reinterpret_cast<Word>(place);
  };
  return parameter;
}

void add_encryption_rows() {
  const std::vector<Word> none = {0, 3, 0x80};
  ROW(SspiEncryptAuthIdentity, identity_block()).fails(of_identities);
  ROW(SspiEncryptAuthIdentityEx, choice(SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS, none), identity_block())
      .fails(of_identities);
  ROW(SspiDecryptAuthIdentity, encrypted_identity()).fails(of_identities);
  ROW(SspiDecryptAuthIdentityEx, choice(SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS, none), encrypted_identity())
      .fails(of_identities);
  ROW(SspiIsAuthIdentityEncrypted, encrypted_identity()).as(Answer::nothing);
  ROW(SspiZeroAuthIdentity, identity_block());
  ROW(SspiFreeAuthIdentity, made(own_identity()).wrong("NULL", 0, Expect::either));
  ROW(SspiLocalFree, made(own_identity()).wrong("NULL", 0, Expect::either));
}

Parameter target_information() {
  const auto place = [](ULONG types, bool with_types) {
    return [=](Call& call) {
      const auto name = test::wide("server");
      const DWORD type = CRED_TYPE_DOMAIN_PASSWORD;
      CREDENTIAL_TARGET_INFORMATIONW information{};
      information.TargetName = static_cast<LPWSTR>(call.memory.copy(name.data(), name.size() * sizeof name[0]));
      information.CredTypeCount = types;
      if (with_types) information.CredTypes = call.memory.copy(type);
      return reinterpret_cast<Word>(call.memory.copy(information));
    };
  };
  return made(place(1, true))
      .wrong("NULL", 0)
      .wrong("types that are not there", place(1, false))
      .wrong("types beyond all memory", place(0xffffffff, true));
}

const std::string& marshaled_target() {
  static const std::string bytes = [] {
    auto name = test::wide("server");
    CREDENTIAL_TARGET_INFORMATIONW information{};
    information.TargetName = name.data();
    PUSHORT buffer = nullptr;
    ULONG size = 0;
    CredMarshalTargetInfo(&information, &buffer, &size);
    std::string copy(reinterpret_cast<char*>(buffer), size);
    SspiLocalFree(buffer);
    return copy;
  }();
  return bytes;
}

Parameter bindings() {
  const auto place = [](ULONG length, ULONG offset) {
    return [=](Call& call) {
      struct {
        SEC_CHANNEL_BINDINGS header{};
        char data[8] = {};
      } bindings;
      bindings.header.cbApplicationDataLength = sizeof bindings.data;
      bindings.header.dwApplicationDataOffset = offset;
      SecPkgContext_Bindings named{length, nullptr};
      named.Bindings = reinterpret_cast<SEC_CHANNEL_BINDINGS*>(call.memory.copy(bindings));
      auto* const at = call.memory.copy(named);
      call.memory.watch({.name = "the bindings",
                         .at = reinterpret_cast<unsigned char*>(&at->Bindings),
                         .size = sizeof at->Bindings,
                         .whole = false,
                         .release = freed_by(FreeContextBuffer)});
      return reinterpret_cast<Word>(at);
    };
  };
  constexpr ULONG size = sizeof(SEC_CHANNEL_BINDINGS) + 8;
  return made(place(size, sizeof(SEC_CHANNEL_BINDINGS)))
      .wrong("NULL", 0)
      .wrong("no bytes", place(0, sizeof(SEC_CHANNEL_BINDINGS)))
      .wrong("a byte too few", place(size - 1, sizeof(SEC_CHANNEL_BINDINGS)))
      .wrong("bytes beyond all memory", place(0xffffffff, sizeof(SEC_CHANNEL_BINDINGS)))
      .wrong("data that reach out", place(size, size));
}

void add_prompt_rows() {
  // There is nobody to ask.
  ROW(SspiPromptForCredentialsW, text_w("server"), null(), value(0), text_w("Scripted"), null(), identity_out(),
      out<int>("the choice").optional().lenient(), choice(0, {0x100}))
      .as(Answer::error)
      .always_fails(SEC_E_UNSUPPORTED_FUNCTION)
      .fails({ERROR_INVALID_PARAMETER, ERROR_INVALID_FLAGS});
  ROW(SspiPromptForCredentialsA, text_a("server"), null(), value(0), text_a("Scripted"), null(), identity_out(),
      out<int>("the choice").optional().lenient(), choice(0, {0x100}))
      .as(Answer::error)
      .always_fails(SEC_E_UNSUPPORTED_FUNCTION)
      .fails({ERROR_INVALID_PARAMETER, ERROR_INVALID_FLAGS});
  ROW(SspiIsPromptingNeeded, value(ERROR_LOGON_FAILURE)).as(Answer::boolean);
}

}  // namespace

void add_identity_rows() {
  ROW(SspiEncodeStringsAsAuthIdentity, text_w("user").optional(), text_w("DOMAIN").optional(),
      text_w("password").optional(), identity_out())
      .fails(of_identities);
  ROW(SspiEncodeAuthIdentityAsStrings, identity_block(), text_out("the user"), text_out("the domain"),
      text_out("the credentials").optional())
      .fails(of_identities);
  ROW(SspiValidateAuthIdentity, identity_block()).fails(of_identities);
  ROW(SspiCopyAuthIdentity, identity_block(), identity_out()).fails(of_identities);
  ROW(SspiCompareAuthIdentities, identity_block().optional(), identity_block().optional(),
      out<BOOLEAN>("the same user").optional(), out<BOOLEAN>("the same identity").optional())
      .fails(of_identities);
  ROW(SspiExcludePackage, identity_block().optional(), text_w("Scripted"), identity_out()).fails(of_identities);
  ROW(SspiMarshalAuthIdentity, identity_block(), out<ULONG>("the length"), text_out("the bytes")).fails(of_identities);
  ROW(SspiUnmarshalAuthIdentity,
      made([](Call& call) { return Word{call.objects.identity().size()}; })
          .wrong("nothing", 0)
          .wrong("a byte too few", [](Call& call) { return Word{call.objects.identity().size() - 1}; }),
      identity_block().lenient(), identity_out())
      .fails(of_identities);
  ROW(SspiPrepareForCredRead, identity_block(), text_w("server"), out<ULONG>("the type"), text_out("the target"))
      .fails(of_identities);
  ROW(SspiPrepareForCredWrite, identity_block(), text_w("server").optional(), out<ULONG>("the type"),
      text_out("the target"), text_out("the user"), text_out("the blob"), out<ULONG>("its size"))
      .fails(of_identities);
  ROW(SspiGetTargetHostName, text_w("http/server:80"), text_out("the host"))
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_TARGET_UNKNOWN});
  ROW(SspiSetChannelBindingFlags, bindings(), choice(0, {0x8000})).fails({SEC_E_INVALID_PARAMETER});
  add_encryption_rows();
  add_prompt_rows();
  ROW(CredMarshalTargetInfo, target_information(), out<void*>("the text", freed_by(SspiLocalFree)),
      out<ULONG>("its size"))
      .fails({STATUS_INVALID_PARAMETER});
  ROW(CredUnmarshalTargetInfo, input(marshaled_target(), 2), size_of(static_cast<ULONG>(marshaled_target().size())),
      out<void*>("the information", freed_by(SspiLocalFree)).optional(),
      out<ULONG>("the size that was read").optional())
      .fails({STATUS_INVALID_PARAMETER});
}

}  // namespace openlsa::walk
