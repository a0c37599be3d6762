#include "walk/objects.hpp"

#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/security.h>

#include <map>

#include "support/text.hpp"

namespace openlsa::walk {
namespace {

using test::Connection;
using test::Policy;
using test::status_text;

constexpr const char* package_name = "Scripted";
constexpr std::size_t signature_bytes = 16;

}  // namespace

Objects::~Objects() {
  if (event_ != nullptr) CloseHandle(event_);
  if (provided_ != nullptr) FreeContextBuffer(provided_);
  if (has_sasl_) DeleteSecurityContext(&sasl_);
}

test::Conversation& Objects::talk() {
  if (!talk_) {
    talk_ = std::make_unique<test::Conversation>("user=alice", package_name);
    EXPECT_TRUE(talk_->complete()) << status_text(talk_->acceptor_leg.status);
  }
  return *talk_;
}

SecHandle Objects::credential() {
  if (!credential_) {
    credential_ = std::make_unique<test::Credential>(package_name, SECPKG_CRED_BOTH, "walker");
    EXPECT_STATUS(SEC_E_OK, credential_->status());
  }
  return *credential_->get();
}

SecHandle Objects::sasl_acceptor() {
  if (has_sasl_) return sasl_;
  credential();
  test::Context initiator;
  std::string token = initiator.initialize(*credential_, "user=alice").token;
  char room[1024];
  SecBuffer input{static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()};
  SecBuffer output{sizeof room, SECBUFFER_TOKEN, room};
  SecBufferDesc inputs{SECBUFFER_VERSION, 1, &input}, outputs{SECBUFFER_VERSION, 1, &output};
  const SECURITY_STATUS status = SaslAcceptSecurityContext(credential_->get(), nullptr, &inputs, 0,
                                                           SECURITY_NETWORK_DREP, &sasl_, &outputs, nullptr, nullptr);
  EXPECT_STATUS(SEC_I_CONTINUE_NEEDED, status);
  has_sasl_ = status >= 0;
  return sasl_;
}

SecHandle Objects::context(Kind side) {
  if (side == Kind::acceptor) return *talk().acceptor.get();
  if (side == Kind::initiator) return *talk().initiator.get();
  if (side == Kind::sasl) return sasl_acceptor();
  if (side == Kind::uncompleted) {
    if (!uncompleted_) uncompleted_ = std::make_unique<test::Conversation>("user=alice&complete=1", package_name);
    return *uncompleted_->initiator.get();
  }
  if (!half_open_) {
    credential();
    half_open_ = std::make_unique<test::Context>();
    EXPECT_STATUS(SEC_I_CONTINUE_NEEDED, half_open_->initialize(*credential_, "user=alice").status);
  }
  return *half_open_->get();
}

test::Connection& Objects::connection() {
  if (!connection_) connection_ = std::make_unique<Connection>(Connection::trusted("walk"));
  return *connection_;
}

HANDLE Objects::handle(Kind kind) {
  switch (kind) {
    case Kind::connection:
      return connection().handle();
    case Kind::policy:
      if (!policy_) policy_ = std::make_unique<Policy>(ACCESS_MASK{POLICY_ALL_ACCESS});
      return policy_->get();
    case Kind::event:
      if (event_ == nullptr) event_ = CreateEventW(nullptr, TRUE, TRUE, nullptr);
      return event_;
    default:
      if (!token_) {
        token_ = connection().logon(package_name, "user=alice", Network).token;
        EXPECT_TRUE(token_);
      }
      return token_.get();
  }
}

HANDLE Objects::impersonation_token() {
  if (!impersonation_) {
    HANDLE duplicate = nullptr;
    EXPECT_TRUE(DuplicateToken(handle(Kind::token), SecurityImpersonation, &duplicate));
    impersonation_ = test::TokenHandle(duplicate);
  }
  return impersonation_.get();
}

std::string Objects::sealed() { return talk().initiator.seal("text", 1); }

std::vector<std::string> Objects::signed_message() {
  std::string signature(signature_bytes, '\0'), text = "text";
  SecBuffer buffers[] = {{static_cast<ULONG>(signature.size()), SECBUFFER_TOKEN, signature.data()},
                         {static_cast<ULONG>(text.size()), SECBUFFER_DATA, text.data()}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  EXPECT_STATUS(SEC_E_OK, MakeSignature(talk().initiator.get(), 0, &message, 1));
  signature.resize(buffers[0].cbBuffer);
  return {signature, text};
}

const std::string& Objects::packed() {
  if (packed_.empty()) {
    SecBuffer buffer{0, SECBUFFER_EMPTY, nullptr};
    EXPECT_STATUS(SEC_E_OK, ExportSecurityContext(talk().acceptor.get(), 0, &buffer, nullptr));
    packed_.assign(static_cast<const char*>(buffer.pvBuffer), buffer.cbBuffer);
    FreeContextBuffer(buffer.pvBuffer);
  }
  return packed_;
}

// With the room behind it that encryption needs: SspiMarshalAuthIdentity counts it.
const std::string& Objects::identity() {
  if (identity_.empty()) {
    PSEC_WINNT_AUTH_IDENTITY_OPAQUE made = nullptr;
    ULONG size = 0;
    char* bytes = nullptr;
    EXPECT_STATUS(SEC_E_OK, SspiEncodeStringsAsAuthIdentity(test::wide("user").data(), test::wide("DOMAIN").data(),
                                                            test::wide("password").data(), &made));
    EXPECT_STATUS(SEC_E_OK, SspiMarshalAuthIdentity(made, &size, &bytes));
    identity_.assign(bytes, size);
    SspiLocalFree(bytes);
    SspiFreeAuthIdentity(made);
  }
  return identity_;
}

const std::string& Objects::cred_ui_context() {
  if (cred_ui_.empty()) {
    SecHandle context_handle = context(Kind::half_open);
    ULONG size = 0;
    PUCHAR bytes = nullptr;
    EXPECT_STATUS(SEC_E_OK,
                  OpenLsaMarshalCredUIContext(&context_handle, 5, test::wide("server").data(), &size, &bytes));
    cred_ui_.assign(reinterpret_cast<char*>(bytes), size);
    FreeContextBuffer(bytes);
  }
  return cred_ui_;
}

void* Objects::provided_context() {
  if (provided_ == nullptr) {
    std::string bytes = cred_ui_context();
    PSEC_WINNT_CREDUI_CONTEXT made = nullptr;
    EXPECT_STATUS(SEC_E_OK, SspiUnmarshalCredUIContext(reinterpret_cast<PUCHAR>(bytes.data()),
                                                       static_cast<ULONG>(bytes.size()), &made));
    provided_ = made;
  }
  return provided_;
}

ULONG Objects::package() {
  static const ULONG number = Connection::untrusted().package(package_name);
  return number;
}

bool Objects::close(Kind kind) {
  switch (kind) {
    case Kind::credential: {
      SecHandle copy = *credential_->get();
      return FreeCredentialsHandle(&copy) == SEC_E_OK;
    }
    case Kind::initiator:
    case Kind::acceptor:
    case Kind::half_open:
    case Kind::uncompleted:
    case Kind::sasl: {
      SecHandle copy = context(kind);
      return DeleteSecurityContext(&copy) == SEC_E_OK;
    }
    case Kind::connection:
      return LsaDeregisterLogonProcess(connection_->handle()) == STATUS_SUCCESS;
    case Kind::policy:
      return LsaClose(policy_->get()) == STATUS_SUCCESS;
    case Kind::event:
      return CloseHandle(event_) != FALSE;
    default:
      return CloseHandle(token_.get()) != FALSE;
  }
}

bool is_sec_handle(Kind kind) {
  return kind == Kind::credential || kind == Kind::initiator || kind == Kind::acceptor || kind == Kind::half_open ||
         kind == Kind::uncompleted || kind == Kind::sasl;
}

SecHandle stale_sec_handle(Kind kind) {
  static std::map<Kind, SecHandle> made;
  if (const auto found = made.find(kind); found != made.end()) return found->second;
  Objects objects;
  const SecHandle handle = kind == Kind::credential ? objects.credential() : objects.context(kind);
  EXPECT_TRUE(objects.close(kind));
  return made[kind] = handle;
}

HANDLE stale_handle(Kind kind) {
  static std::map<Kind, HANDLE> made;
  if (const auto found = made.find(kind); found != made.end()) return found->second;
  Objects objects;
  const HANDLE handle = objects.handle(kind);
  EXPECT_TRUE(objects.close(kind));
  return made[kind] = handle;
}

}  // namespace openlsa::walk
