#include "support/sspi_client.hpp"

#include <openlsa/winerror.h>

#include <cstring>
#include <utility>
#include <vector>

#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG signature_bytes = 16;  // of the probe

// One output buffer: the caller's memory, or what the package allocated.
class Output {
 public:
  explicit Output(bool allocate) : allocate_(allocate), room_(allocate ? 0 : 16384) {
    buffer_ = {static_cast<ULONG>(room_.size()), SECBUFFER_TOKEN, allocate ? nullptr : room_.data()};
  }
  PSecBufferDesc descriptor() { return &descriptor_; }
  std::string take() {
    std::string text;
    if (buffer_.pvBuffer != nullptr) text.assign(static_cast<const char*>(buffer_.pvBuffer), buffer_.cbBuffer);
    if (allocate_ && buffer_.pvBuffer != nullptr) FreeContextBuffer(buffer_.pvBuffer);
    return text;
  }

 private:
  bool allocate_;
  std::vector<char> room_;
  SecBuffer buffer_{};
  SecBufferDesc descriptor_{SECBUFFER_VERSION, 1, &buffer_};
};

}  // namespace

Credential::Credential(const char* package, ULONG use, const char* principal, void* identity) {
  auto name = wide(package);
  auto who = wide(principal == nullptr ? "" : principal);
  status_ = AcquireCredentialsHandleW(principal == nullptr ? nullptr : who.data(), name.data(), use, nullptr, identity,
                                      nullptr, nullptr, &handle_, &expiry_);
}

Credential Credential::by_ansi(const char* package, ULONG use, const char* principal, void* identity) {
  Credential result;
  result.status_ = AcquireCredentialsHandleA(const_cast<char*>(principal), const_cast<char*>(package), use, nullptr,
                                             identity, nullptr, nullptr, &result.handle_, &result.expiry_);
  return result;
}

Credential::Credential(Credential&& other) noexcept
    : handle_(other.handle_), expiry_(other.expiry_), status_(std::exchange(other.status_, -1)) {}

Credential::~Credential() {
  if (status_ == SEC_E_OK) FreeCredentialsHandle(&handle_);
}

SECURITY_STATUS Credential::free() {
  status_ = -1;
  return FreeCredentialsHandle(&handle_);
}

Context::Context(Context&& other) noexcept : handle_(other.handle_), exists_(std::exchange(other.exists_, false)) {}

Context::~Context() {
  if (exists_) DeleteSecurityContext(&handle_);
}

SECURITY_STATUS Context::free() {
  exists_ = false;
  return DeleteSecurityContext(&handle_);
}

Leg Context::initialize(Credential& credential, std::string_view target, std::string token, ULONG requirements,
                        bool ansi) {
  Leg leg;
  Output output((requirements & ISC_REQ_ALLOCATE_MEMORY) != 0);
  SecBuffer input{static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()};
  SecBufferDesc inputs{SECBUFFER_VERSION, 1, &input};
  PCtxtHandle existing = exists_ ? &handle_ : nullptr;
  PSecBufferDesc given = token.empty() ? nullptr : &inputs;
  if (ansi) {
    std::string name(target);
    leg.status =
        InitializeSecurityContextA(credential.get(), existing, name.data(), requirements, 0, SECURITY_NATIVE_DREP,
                                   given, 0, &handle_, output.descriptor(), &leg.attributes, &leg.expiry);
  } else {
    auto name = wide(target);
    leg.status =
        InitializeSecurityContextW(credential.get(), existing, name.data(), requirements, 0, SECURITY_NATIVE_DREP,
                                   given, 0, &handle_, output.descriptor(), &leg.attributes, &leg.expiry);
  }
  exists_ |= leg.status >= 0;
  leg.token = output.take();
  return leg;
}

Leg Context::accept(Credential& credential, std::string token, ULONG requirements) {
  Leg leg;
  Output output((requirements & ASC_REQ_ALLOCATE_MEMORY) != 0);
  SecBuffer input{static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()};
  SecBufferDesc inputs{SECBUFFER_VERSION, 1, &input};
  leg.status = AcceptSecurityContext(credential.get(), exists_ ? &handle_ : nullptr, &inputs, requirements,
                                     SECURITY_NATIVE_DREP, &handle_, output.descriptor(), &leg.attributes, &leg.expiry);
  exists_ |= leg.status >= 0;
  leg.token = output.take();
  return leg;
}

std::string Context::seal(std::string text, ULONG number, SECURITY_STATUS* status) {
  char signature[signature_bytes] = {};
  SecBuffer buffers[] = {{signature_bytes, SECBUFFER_TOKEN, signature},
                         {static_cast<ULONG>(text.size()), SECBUFFER_DATA, text.data()}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  const SECURITY_STATUS done = EncryptMessage(&handle_, 0, &message, number);
  if (status != nullptr) *status = done;
  return done == SEC_E_OK ? std::string(signature, buffers[0].cbBuffer) + text : "";
}

std::string Context::unseal(std::string sealed, ULONG number, SECURITY_STATUS* status) {
  if (sealed.size() < signature_bytes) return "";
  std::string text = sealed.substr(signature_bytes);
  SecBuffer buffers[] = {{signature_bytes, SECBUFFER_TOKEN, sealed.data()},
                         {static_cast<ULONG>(text.size()), SECBUFFER_DATA, text.data()}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  ULONG quality = 0;
  const SECURITY_STATUS done = DecryptMessage(&handle_, &message, number, &quality);
  if (status != nullptr) *status = done;
  return done == SEC_E_OK ? text : "";
}

Conversation::Conversation(std::string_view options, const char* package, ULONG requirements)
    : outbound(package, SECPKG_CRED_OUTBOUND), inbound(package, SECPKG_CRED_INBOUND) {
  std::string for_acceptor, for_initiator;
  initiator_leg.status = acceptor_leg.status = SEC_I_CONTINUE_NEEDED;
  for (int i = 0; i < 4; ++i) {
    if (initiator_leg.status == SEC_I_CONTINUE_NEEDED) {
      initiator_leg = initiator.initialize(outbound, options, for_initiator, requirements);
      for_acceptor = initiator_leg.token;
    }
    if (initiator_leg.status < 0) return;
    if (acceptor_leg.status == SEC_I_CONTINUE_NEEDED && !for_acceptor.empty()) {
      acceptor_leg = acceptor.accept(inbound, for_acceptor);
      for_initiator = acceptor_leg.token;
    }
    if (acceptor_leg.status < 0 || complete()) return;
  }
}

}  // namespace openlsa::test
