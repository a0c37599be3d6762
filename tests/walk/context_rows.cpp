// Contexts of SSPI: legs, tokens, their end, export and import.
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

const std::initializer_list<std::int32_t> of_legs = {
    SEC_E_INVALID_HANDLE,   SEC_E_INVALID_PARAMETER, SEC_E_INVALID_TOKEN,
    SEC_E_BUFFER_TOO_SMALL, SEC_E_TARGET_UNKNOWN,    SEC_E_UNSUPPORTED_FUNCTION,
    SEC_E_LOGON_DENIED,     SEC_E_NO_CREDENTIALS,    SEC_E_INSUFFICIENT_MEMORY};

// The existing context of a leg that is the first: there is none.
Parameter no_context() {
  Parameter parameter = sec_handle(Kind::half_open);
  parameter.good = [](Call&) { return Word{0}; };
  parameter.handle = Kind::none;
  std::erase_if(parameter.wrongs, [](const Wrong& wrong) { return wrong.what == "NULL"; });
  return parameter;
}

Parameter new_context() { return out<CtxtHandle>("the new context", deleted_context()); }
// What a package says of a leg that fails: an error token, and the attributes.
const std::vector<std::int32_t> of_packages = {SEC_E_INVALID_TOKEN, SEC_E_BUFFER_TOO_SMALL, SEC_E_LOGON_DENIED,
                                               SEC_E_NO_CREDENTIALS};
Parameter attributes() {
  return output(sizeof(ULONG),
                {.name = "the attributes", .on_failure = OnFailure::written, .written_with = of_packages})
      .optional();
}
Parameter expiry() { return out<TimeStamp>("the expiry").optional(); }

Parameter token_output(bool allocated) {
  return buffers({answered_with(allocated ? to_allocate(SECBUFFER_TOKEN) : room(SECBUFFER_TOKEN, 16384), of_packages)})
      .lenient();
}

template <class Function>
void add_initialize(const char* name, Function function, const Parameter& target) {
  for (const bool allocated : {false, true})
    add_row(name, function,
            {{sec_handle(Kind::credential), no_context(), target,
              value(ISC_REQ_CONFIDENTIALITY | (allocated ? ISC_REQ_ALLOCATE_MEMORY : 0)), value(0),
              choice(SECURITY_NATIVE_DREP, {}), null(), value(0), new_context(), token_output(allocated), attributes(),
              expiry()}})
        .fails(of_legs)
        .called(allocated ? "its output allocated" : "");
}

void add_accept() {
  for (const bool allocated : {false, true})
    ROW(AcceptSecurityContext, sec_handle(Kind::credential), no_context(), token_input(),
        value(allocated ? ASC_REQ_ALLOCATE_MEMORY : 0), value(SECURITY_NATIVE_DREP), new_context(),
        token_output(allocated), attributes(), expiry())
        .fails(of_legs)
        .called(allocated ? "its output allocated" : "");
}

Parameter packed() {
  return buffer({SECBUFFER_EMPTY, [](Call& call) { return call.objects.packed(); }})
      .wrong("a packed context of another build", [](Call& call) {
        std::string bytes = call.objects.packed();
        bytes[bytes.size() / 2] ^= 1;
        void* const place = call.memory.copy(bytes.data(), bytes.size());
        return reinterpret_cast<Word>(
            call.memory.copy(SecBuffer{static_cast<ULONG>(bytes.size()), SECBUFFER_EMPTY, place}));
      });
}

Parameter optional_token() {
  Parameter parameter = handle(Kind::token);
  std::erase_if(parameter.wrongs, [](const Wrong& wrong) { return wrong.what == "no handle"; });
  parameter.handle = Kind::none;
  return parameter;
}

void add_export_and_import() {
  const std::initializer_list<std::int32_t> statuses = {SEC_E_INVALID_HANDLE, SEC_E_INVALID_PARAMETER,
                                                        SEC_E_INVALID_TOKEN, SEC_E_SECPKG_NOT_FOUND,
                                                        SEC_E_UNSUPPORTED_FUNCTION};
  ROW(ExportSecurityContext, sec_handle(Kind::acceptor), choice(0, {SECPKG_CONTEXT_EXPORT_TO_KERNEL, 0x100}),
      buffer(to_allocate(SECBUFFER_EMPTY)), out<HANDLE>("the token", freed_by(CloseHandle)).optional())
      .fails(statuses);
  ROW(ExportSecurityContext, sec_handle(Kind::acceptor), value(SECPKG_CONTEXT_EXPORT_DELETE_OLD),
      buffer(to_allocate(SECBUFFER_EMPTY)), out<HANDLE>("the token", freed_by(CloseHandle)).optional())
      .fails(statuses)
      .consuming()
      .called("which moves");
  ROW(ImportSecurityContextW, text_w("Scripted"), packed(), optional_token(), new_context()).fails(statuses);
  ROW(ImportSecurityContextA, text_a("Scripted"), packed(), optional_token(), new_context()).fails(statuses);
}

}  // namespace

void add_context_rows() {
  add_initialize("InitializeSecurityContextW", &InitializeSecurityContextW, text_w("user=alice").optional());
  add_initialize("InitializeSecurityContextA", &InitializeSecurityContextA, text_a("user=alice").optional());
  add_accept();
  ROW(CompleteAuthToken, sec_handle(Kind::uncompleted), buffers({filled(SECBUFFER_TOKEN, "token")}))
      .consuming()
      .fails({SEC_E_INVALID_HANDLE, SEC_E_INVALID_TOKEN, SEC_E_OUT_OF_SEQUENCE, SEC_E_INVALID_PARAMETER,
              SEC_E_UNSUPPORTED_FUNCTION});
  ROW(ApplyControlToken, sec_handle(Kind::initiator), buffers({filled(SECBUFFER_TOKEN, "shutdown")}))
      .fails({SEC_E_INVALID_HANDLE, SEC_E_INVALID_TOKEN, SEC_E_INVALID_PARAMETER, SEC_E_UNSUPPORTED_FUNCTION});
  ROW(DeleteSecurityContext, sec_handle(Kind::acceptor)).fails({SEC_E_INVALID_HANDLE}).consuming();
  ROW(ImpersonateSecurityContext, sec_handle(Kind::acceptor))
      .fails({SEC_E_INVALID_HANDLE, SEC_E_NO_IMPERSONATION})
      .as_root()
      .then([](Call&) { RevertToSelf(); });
  ROW(RevertSecurityContext, sec_handle(Kind::acceptor)).fails({SEC_E_INVALID_HANDLE});
  ROW(QuerySecurityContextToken, sec_handle(Kind::acceptor), out<HANDLE>("the token", freed_by(CloseHandle)))
      .fails({SEC_E_INVALID_HANDLE, SEC_E_INVALID_PARAMETER, SEC_E_NO_IMPERSONATION});
  add_export_and_import();
}

}  // namespace openlsa::walk
