// Messages, and the attributes of contexts.
#include <openlsa/ntsecpkg.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

constexpr std::size_t signature_bytes = 16;

const std::initializer_list<std::int32_t> of_messages = {
    SEC_E_INVALID_HANDLE,  SEC_E_INVALID_PARAMETER, SEC_E_INVALID_TOKEN,   SEC_E_BUFFER_TOO_SMALL,
    SEC_E_MESSAGE_ALTERED, SEC_E_CONTEXT_EXPIRED,   SEC_E_OUT_OF_SEQUENCE, SEC_E_QOP_NOT_SUPPORTED};
const std::initializer_list<std::int32_t> of_attributes = {SEC_E_INVALID_HANDLE, SEC_E_INVALID_PARAMETER,
                                                           SEC_E_UNSUPPORTED_FUNCTION, SEC_E_BUFFER_TOO_SMALL};

Buffer text() { return filled(SECBUFFER_DATA, "text"); }
Buffer part(ULONG type, std::function<std::string(Call&)> bytes) { return {type, std::move(bytes)}; }

Parameter to_sign() { return buffers({room(SECBUFFER_TOKEN, signature_bytes), text()}); }
Parameter signed_one() {
  return buffers({part(SECBUFFER_TOKEN, [](Call& call) { return call.objects.signed_message()[0]; }), text()});
}
Parameter sealed_one() {
  return buffers({part(SECBUFFER_TOKEN, [](Call& call) { return call.objects.sealed().substr(0, signature_bytes); }),
                  part(SECBUFFER_DATA, [](Call& call) { return call.objects.sealed().substr(signature_bytes); })});
}
Parameter quality() { return out<ULONG>("the quality of protection").optional(); }

template <class Sizes>
Parameter answered(const char* name) {
  return out<Sizes>(name);
}

}  // namespace

void add_message_rows() {
  ROW(MakeSignature, sec_handle(Kind::initiator), value(0), to_sign(), value(1)).fails(of_messages);
  ROW(VerifySignature, sec_handle(Kind::acceptor), signed_one(), value(1), quality()).fails(of_messages);
  ROW(EncryptMessage, sec_handle(Kind::initiator), value(0), to_sign(), value(1)).fails(of_messages);
  ROW(DecryptMessage, sec_handle(Kind::acceptor), sealed_one(), value(1), quality()).fails(of_messages);
}

void add_attribute_rows() {
  const auto sizes = [] { return answered<SecPkgContext_Sizes>("the sizes"); };
  const auto span = [] { return answered<SecPkgContext_Lifespan>("the life span"); };
  const auto acceptor = [] { return sec_handle(Kind::acceptor); };
  ROW(QueryContextAttributesW, acceptor(), choice(SECPKG_ATTR_SIZES, {0x7777}), sizes()).fails(of_attributes);
  ROW(QueryContextAttributesA, acceptor(), choice(SECPKG_ATTR_SIZES, {0x7777}), sizes()).fails(of_attributes);
  ROW(QueryContextAttributesW, acceptor(), value(SECPKG_ATTR_LIFESPAN), span())
      .fails(of_attributes)
      .called("of LSA mode");
  ROW(QueryContextAttributesA, acceptor(), value(SECPKG_ATTR_NAMES),
      out<void*>("the name", freed_by(FreeContextBuffer)))
      .fails(of_attributes)
      .called("a name");
  ROW(QueryContextAttributesExW, acceptor(), choice(SECPKG_ATTR_SIZES, {0x7777}), sizes(),
      size_of(sizeof(SecPkgContext_Sizes)).lenient())
      .fails(of_attributes);
  ROW(QueryContextAttributesExA, acceptor(), choice(SECPKG_ATTR_SIZES, {0x7777}), sizes(),
      size_of(sizeof(SecPkgContext_Sizes)).lenient())
      .fails(of_attributes);
  const ULONG own = SECPKG_ATTR_THUNK_ALL + 5;
  ROW(SetContextAttributesW, acceptor(), value(own), input("1234567"), size_of(7)).fails(of_attributes);
  ROW(SetContextAttributesA, acceptor(), value(own), input("1234567"), size_of(7)).fails(of_attributes);
}

}  // namespace openlsa::walk
