// SASL: profiles, legs and the options of a context.
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

const std::initializer_list<std::int32_t> of_legs = {
    SEC_E_INVALID_HANDLE,   SEC_E_INVALID_PARAMETER,    SEC_E_INVALID_TOKEN,
    SEC_E_BUFFER_TOO_SMALL, SEC_E_TARGET_UNKNOWN,       SEC_E_LOGON_DENIED,
    SEC_E_NO_CREDENTIALS,   SEC_E_UNSUPPORTED_FUNCTION, SEC_E_OUT_OF_SEQUENCE};
const std::initializer_list<std::int32_t> of_options = {SEC_E_INVALID_HANDLE, SEC_E_INVALID_PARAMETER,
                                                        SEC_E_UNSUPPORTED_FUNCTION, SEC_E_BUFFER_TOO_SMALL,
                                                        SEC_E_OUT_OF_SEQUENCE};
// What a failing leg says, by the package or of the room for its token.
const std::vector<std::int32_t> with_answer = {SEC_E_INVALID_TOKEN, SEC_E_BUFFER_TOO_SMALL, SEC_E_LOGON_DENIED,
                                               SEC_E_NO_CREDENTIALS};

// The first token of a mechanism that begins with the object identifier of the scripted package.
const std::string gss_token("\x60\x0e\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x63te", 16);

Parameter package_info() { return out<void*>("the package", freed_by(FreeContextBuffer)); }
Parameter new_context() { return out<CtxtHandle>("the new context", deleted_context()); }
Parameter expiry() { return out<TimeStamp>("the expiry").optional(); }
Parameter attributes() {
  return output(sizeof(ULONG),
                {.name = "the attributes", .on_failure = OnFailure::written, .written_with = with_answer})
      .optional();
}

Parameter no_context() {
  Parameter parameter = sec_handle(Kind::sasl);
  parameter.good = [](Call&) { return Word{0}; };
  parameter.handle = Kind::none;
  std::erase_if(parameter.wrongs, [](const Wrong& wrong) { return wrong.what == "NULL"; });
  return parameter;
}

// NULL would begin another context.
Parameter sasl_context() {
  Parameter parameter = sec_handle(Kind::sasl);
  std::erase_if(parameter.wrongs, [](const Wrong& wrong) { return wrong.what == "NULL"; });
  return parameter;
}

// Without one there is nothing to say: SEC_E_INVALID_TOKEN.
Parameter token_output(bool allocated) {
  return buffers({answered_with(allocated ? to_allocate(SECBUFFER_TOKEN) : room(SECBUFFER_TOKEN, 16384), with_answer)});
}

template <class Function>
void add_initialize(const char* name, Function function, const Parameter& target) {
  for (const bool allocated : {false, true})
    add_row(name, function,
            {{sec_handle(Kind::credential), no_context(), target, value(allocated ? ISC_REQ_ALLOCATE_MEMORY : 0),
              value(0), value(SECURITY_NETWORK_DREP), null(), value(0), new_context(), token_output(allocated),
              attributes(), expiry()}})
        .fails(of_legs)
        .called(allocated ? "its output allocated" : "");
}

void add_accept() {
  for (const bool allocated : {false, true}) {
    ROW(SaslAcceptSecurityContext, sec_handle(Kind::credential), no_context(), token_input(),
        value(allocated ? ASC_REQ_ALLOCATE_MEMORY : 0), value(SECURITY_NETWORK_DREP), new_context(),
        token_output(allocated), attributes(), expiry())
        .fails(of_legs)
        .called(allocated ? "its output allocated" : "");
    // The package has no part in it; the expiry was said by its own last leg.
    ROW(SaslAcceptSecurityContext, null(), sasl_context(), null(), value(allocated ? ASC_REQ_ALLOCATE_MEMORY : 0),
        value(SECURITY_NETWORK_DREP), out<CtxtHandle>("the context").optional(), token_output(allocated), attributes(),
        null())
        .fails(of_legs)
        .consuming()
        .called(allocated ? "the offer of a layer, allocated" : "the offer of a layer");
  }
}

Parameter first_message() {
  return buffers({filled(SECBUFFER_TOKEN, gss_token)}).wrong("a token of no package", [](Call& call) {
    return buffers({filled(SECBUFFER_TOKEN, "nobody's")}).good(call);
  });
}

void add_profiles() {
  ROW(SaslEnumerateProfilesW, out<void*>("the profiles", freed_by(FreeContextBuffer)), out<ULONG>("the count"))
      .fails({SEC_E_INVALID_PARAMETER});
  ROW(SaslEnumerateProfilesA, out<void*>("the profiles", freed_by(FreeContextBuffer)), out<ULONG>("the count"))
      .fails({SEC_E_INVALID_PARAMETER});
  ROW(SaslGetProfilePackageW, text_w("SCRIPTED"), package_info())
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_SECPKG_NOT_FOUND});
  ROW(SaslGetProfilePackageA, text_a("SCRIPTED"), package_info())
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_SECPKG_NOT_FOUND});
  ROW(SaslIdentifyPackageW, first_message(), package_info())
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_INVALID_TOKEN, SEC_E_SECPKG_NOT_FOUND});
  ROW(SaslIdentifyPackageA, first_message(), package_info())
      .fails({SEC_E_INVALID_PARAMETER, SEC_E_INVALID_TOKEN, SEC_E_SECPKG_NOT_FOUND});
}

// The size is what the buffer has room for, and the number is no longer than a number.
void add_options() {
  const auto needed = [] {
    return output(sizeof(ULONG),
                  {.name = "the size", .on_failure = OnFailure::written, .written_with = {SEC_E_BUFFER_TOO_SMALL}})
        .optional();
  };
  ROW(SaslGetContextOption, sec_handle(Kind::sasl), choice(SASL_OPTION_SEND_SIZE, {0, 7}), out<ULONG>("the option"),
      size_of(sizeof(ULONG)).lenient(), needed())
      .fails(of_options);
  ROW(SaslSetContextOption, sec_handle(Kind::sasl), choice(SASL_OPTION_RECV_SIZE, {0, 7}),
      input_of(ULONG{1000})
          .wrong("no size", [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(ULONG{0})); })
          .wrong("more than three octets say",
                 [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(ULONG{0x1000000})); }),
      size_of(sizeof(ULONG)).lenient())
      .fails(of_options);
  ROW(SaslSetContextOption, sec_handle(Kind::sasl), value(SASL_OPTION_AUTHZ_STRING), input("alice"), size_of(5))
      .fails(of_options)
      .called("the authorization string");
}

}  // namespace

void add_sasl_rows() {
  add_profiles();
  add_initialize("SaslInitializeSecurityContextW", &SaslInitializeSecurityContextW, text_w("user=alice").optional());
  add_initialize("SaslInitializeSecurityContextA", &SaslInitializeSecurityContextA, text_a("user=alice").optional());
  add_accept();
  add_options();
}

}  // namespace openlsa::walk
