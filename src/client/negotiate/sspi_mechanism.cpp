#include "client/negotiate/sspi_mechanism.hpp"

#include <openlsa/openlsa.h>

#include "client/sspi/buffers.hpp"

namespace openlsa::client::negotiate {
namespace {

constexpr ULONG max_signature_bytes = 4096;

bool is_token(const SecBuffer& buffer) { return (buffer.BufferType & ~ULONG{SECBUFFER_ATTRMASK}) == SECBUFFER_TOKEN; }

SecBuffer buffer_of(ULONG type, base::ByteView bytes) {
  return {static_cast<ULONG>(bytes.size()), type, const_cast<std::uint8_t*>(bytes.data())};
}

// The application's input with the mechanism's token in the place of its own.
std::vector<SecBuffer> input_of(const LegArguments& arguments, base::ByteView token) {
  std::vector<SecBuffer> buffers;
  if (!token.empty()) buffers.push_back(buffer_of(SECBUFFER_TOKEN, token));
  for (ULONG i = 0; arguments.input != nullptr && i < arguments.input->cBuffers; ++i)
    if (!is_token(arguments.input->pBuffers[i])) buffers.push_back(arguments.input->pBuffers[i]);
  return buffers;
}

}  // namespace

SspiMechanism::SspiMechanism(std::shared_ptr<const Credential> credential, std::size_t candidate,
                             LegArguments* const& arguments)
    : credential_(std::move(credential)), mechanism_(*credential_->mechanisms[candidate]), arguments_(arguments) {}

SspiMechanism::~SspiMechanism() {
  if (exists_) DeleteSecurityContext(&context_);
}

// RFC 4178, section 5 needs a context that signs, whether the application asked for one or not.
nt::Status SspiMechanism::call(PSecBufferDesc input, PSecBufferDesc output) {
  static_assert(ISC_REQ_ALLOCATE_MEMORY == ASC_REQ_ALLOCATE_MEMORY);
  LegArguments& leg = *arguments_;
  const ULONG requirements = leg.requirements | ISC_REQ_ALLOCATE_MEMORY;
  PCtxtHandle const old = exists_ ? &context_ : nullptr;
  if (leg.inbound)
    return AcceptSecurityContext(&mechanism_.handle, old, input, requirements, leg.data_representation, &context_,
                                 output, &leg.attributes, &leg.expiry);
  return InitializeSecurityContextW(&mechanism_.handle, old, leg.target, requirements | ISC_REQ_INTEGRITY, 0,
                                    leg.data_representation, input, 0, &context_, output, &leg.attributes, &leg.expiry);
}

// CompleteAuthToken is Negotiate's to call: the token is about to be wrapped.
nt::Status SspiMechanism::complete(nt::Status status, PSecBufferDesc output) {
  if (status != SEC_I_COMPLETE_NEEDED && status != SEC_I_COMPLETE_AND_CONTINUE) return status;
  if (const nt::Status done = CompleteAuthToken(&context_, output); !nt::succeeded(done)) return done;
  return status == SEC_I_COMPLETE_NEEDED ? nt::Status{SEC_E_OK} : nt::Status{SEC_I_CONTINUE_NEEDED};
}

Mechanism::Leg SspiMechanism::step(base::ByteView token) {
  std::vector<SecBuffer> in = input_of(*arguments_, token);
  SecBufferDesc input{SECBUFFER_VERSION, static_cast<ULONG>(in.size()), in.data()};
  SecBuffer out{0, SECBUFFER_TOKEN, nullptr};
  SecBufferDesc output{SECBUFFER_VERSION, 1, &out};
  arguments_->attributes = 0;
  Leg leg;
  leg.status = call(in.empty() ? nullptr : &input, &output);
  if (nt::succeeded(leg.status)) {
    exists_ = true;
    leg.status = complete(leg.status, &output);
  }
  if (nt::succeeded(leg.status) && leg.status != SEC_E_OK && leg.status != SEC_I_CONTINUE_NEEDED)
    leg.status = SEC_E_INTERNAL_ERROR;  // what it asks for, nobody here can give
  const ULONG integrity = arguments_->inbound ? ULONG{ASC_RET_INTEGRITY} : ULONG{ISC_RET_INTEGRITY};
  integrity_ = leg.status == SEC_E_OK && (arguments_->attributes & integrity) != 0;
  if (out.pvBuffer != nullptr) {
    leg.token = base::to_bytes(base::as_bytes(out.pvBuffer, out.cbBuffer));
    FreeContextBuffer(out.pvBuffer);
  }
  return leg;
}

nt::Status SspiMechanism::make_mic(base::ByteView mechanism_list, base::Bytes& mic) {
  SecPkgContext_Sizes sizes{};
  if (const nt::Status status = QueryContextAttributesW(&context_, SECPKG_ATTR_SIZES, &sizes); !nt::succeeded(status))
    return status;
  if (sizes.cbMaxSignature == 0 || sizes.cbMaxSignature > max_signature_bytes) return SEC_E_INTERNAL_ERROR;
  mic.resize(sizes.cbMaxSignature);
  base::Bytes list = base::to_bytes(mechanism_list);
  SecBuffer buffers[] = {buffer_of(SECBUFFER_DATA, list), buffer_of(SECBUFFER_TOKEN, mic)};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  const nt::Status status = MakeSignature(&context_, 0, &message, 0);
  if (!nt::succeeded(status)) return status;
  if (buffers[1].cbBuffer == 0 || buffers[1].cbBuffer > mic.size()) return SEC_E_INTERNAL_ERROR;
  mic.resize(buffers[1].cbBuffer);
  reset_keys(false);
  return SEC_E_OK;
}

nt::Status SspiMechanism::verify_mic(base::ByteView mechanism_list, base::ByteView mic) {
  base::Bytes list = base::to_bytes(mechanism_list), signature = base::to_bytes(mic);
  SecBuffer buffers[] = {buffer_of(SECBUFFER_DATA, list), buffer_of(SECBUFFER_TOKEN, signature)};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  ULONG quality = 0;
  const nt::Status status = VerifySignature(&context_, &message, 0, &quality);
  // A mechanism has many words for it; a list that was changed has one.
  if (!nt::succeeded(status)) return SEC_E_MESSAGE_ALTERED;
  reset_keys(true);
  return SEC_E_OK;
}

// [MS-SPNG] 3.3.5.1: NTLM's RC4 state is the same for mechListMIC and the first message after it. Only the mechanism
// can see to that; one that has no such state does not know the attribute.
void SspiMechanism::reset_keys(bool verified) {
  ULONG direction = verified ? OPENLSA_MECH_LIST_MIC_VERIFIED : OPENLSA_MECH_LIST_MIC_MADE;
  QueryContextAttributesExW(&context_, OPENLSA_ATTR_MECH_LIST_MIC, &direction, sizeof direction);
}

}  // namespace openlsa::client::negotiate
