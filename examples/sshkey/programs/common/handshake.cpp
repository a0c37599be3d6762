// The handshake loops: InitializeSecurityContext and AcceptSecurityContext until the context is finished.
#include "common/secure_channel.hpp"
#include "core/utf.hpp"

namespace sshkey::programs {
namespace {

constexpr int max_legs = 8;  // of any sensible package; this one has three messages

// One token out and the buffers of a call. The package allocates the output (..._REQ_ALLOCATE_MEMORY).
struct Leg {
  explicit Leg(Bytes& received, Bytes& bindings) {
    if (!received.empty()) add(SECBUFFER_TOKEN, received);
    if (!bindings.empty()) add(SECBUFFER_CHANNEL_BINDINGS, bindings);
    input.pBuffers = in;
  }
  ~Leg() {
    if (out.pvBuffer != nullptr) FreeContextBuffer(out.pvBuffer);
  }
  void add(ULONG type, Bytes& bytes) { in[input.cBuffers++] = {static_cast<ULONG>(bytes.size()), type, bytes.data()}; }
  View token() const {
    return {static_cast<const std::uint8_t*>(out.pvBuffer), out.pvBuffer == nullptr ? 0 : out.cbBuffer};
  }

  SecBuffer in[2]{};
  SecBufferDesc input{SECBUFFER_VERSION, 0, nullptr};
  SecBuffer out{0, SECBUFFER_TOKEN, nullptr};
  SecBufferDesc output{SECBUFFER_VERSION, 1, &out};
};

OrFailure<Bytes> next_token(const Connection& connection) {
  auto token = connection.receive(FrameKind::token);
  if (token && token->empty())
    return fail(
        "the peer ended the handshake. Its own output says why: it tells nobody who has not proved who they are.");
  return token;
}

Bytes bindings_of(const std::string& text) { return text.empty() ? Bytes{} : channel_bindings(text); }

// Runs the first call with the holder's credentials, and once more with new ones where the first are dead.
template <class Call>
OrFailure<SECURITY_STATUS> first_call(CredentialHolder& holder, std::shared_ptr<Credentials>& credentials, Call call) {
  auto current = holder.get();
  if (!current) return std::unexpected(current.error());
  credentials = *current;
  SECURITY_STATUS status = call();
  if (!credentials_are_gone(status)) return status;
  current = holder.replace(credentials, status);
  if (!current) return std::unexpected(current.error());
  credentials = *current;
  return call();
}

}  // namespace

OrFailure<void> SecureChannel::run_initiator(CredentialHolder& holder, const std::string& target,
                                             const std::string& channel_binding) {
  constexpr ULONG required = ISC_REQ_MUTUAL_AUTH | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT |
                             ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY;
  auto name = to_utf16(target);
  if (!name || name->empty())
    return fail("the target \"" + target + "\" is empty or not UTF-8. Give account@authority-id.");
  Bytes received, bindings = bindings_of(channel_binding);
  for (int i = 0; i < max_legs; ++i) {
    Leg leg(received, bindings);
    const bool first = i == 0;
    const auto call = [&] {
      return InitializeSecurityContextW(&credentials_->handle, first ? nullptr : &context_,
                                        reinterpret_cast<SEC_WCHAR*>(name->data()), required | ISC_REQ_ALLOCATE_MEMORY,
                                        0, SECURITY_NETWORK_DREP, leg.input.cBuffers == 0 ? nullptr : &leg.input, 0,
                                        &context_, &leg.output, &flags_, nullptr);
    };
    const auto status = first ? first_call(holder, credentials_, call) : OrFailure<SECURITY_STATUS>(call());
    if (!status) return std::unexpected(status.error());
    if (*status != SEC_E_OK && *status != SEC_I_CONTINUE_NEEDED)
      return fail_with_status("authenticating to " + target + " (InitializeSecurityContext)", *status);
    if (!leg.token().empty())
      if (auto sent = connection_.send(FrameKind::token, leg.token()); !sent) return sent;
    if (*status == SEC_E_OK) {
      // A caller checks what it got: the flags that come back are what the context does.
      if ((flags_ & required) != required)
        return fail("the context lacks properties that were asked for: it has " + flags_text(flags_, true) + ".");
      return ask_sizes_and_name();
    }
    auto token = next_token(connection_);
    if (!token) return std::unexpected(token.error());
    received = std::move(*token);
  }
  return fail("the handshake did not end after " + std::to_string(max_legs) + " tokens.");
}

OrFailure<void> SecureChannel::run_acceptor(CredentialHolder& holder, const std::string& channel_binding) {
  constexpr ULONG required =
      ASC_REQ_MUTUAL_AUTH | ASC_REQ_REPLAY_DETECT | ASC_REQ_SEQUENCE_DETECT | ASC_REQ_CONFIDENTIALITY;
  Bytes bindings = bindings_of(channel_binding);
  for (int i = 0; i < max_legs; ++i) {
    auto received = next_token(connection_);
    if (!received) return std::unexpected(received.error());
    Leg leg(*received, bindings);
    const bool first = i == 0;
    const auto call = [&] {
      return AcceptSecurityContext(&credentials_->handle, first ? nullptr : &context_, &leg.input,
                                   required | ASC_REQ_ALLOCATE_MEMORY, SECURITY_NETWORK_DREP, &context_, &leg.output,
                                   &flags_, nullptr);
    };
    const auto status = first ? first_call(holder, credentials_, call) : OrFailure<SECURITY_STATUS>(call());
    if (!status) return std::unexpected(status.error());
    if (*status != SEC_E_OK && *status != SEC_I_CONTINUE_NEEDED)
      return fail_with_status("accepting a client (AcceptSecurityContext)", *status);
    if (!leg.token().empty())
      if (auto sent = connection_.send(FrameKind::token, leg.token()); !sent) return sent;
    if (*status == SEC_E_OK) {
      if ((flags_ & ASC_RET_CONFIDENTIALITY) == 0)
        return fail("the client wants no confidentiality: the context has " + flags_text(flags_, false) + ".");
      return ask_sizes_and_name();
    }
  }
  return fail("the handshake did not end after " + std::to_string(max_legs) + " tokens.");
}

OrFailure<SecureChannel> SecureChannel::initiate(CredentialHolder& holder, Connection connection,
                                                 const std::string& target, const std::string& channel_binding) {
  SecureChannel channel(std::move(connection));
  if (auto done = channel.run_initiator(holder, target, channel_binding); !done) return std::unexpected(done.error());
  return channel;
}

OrFailure<SecureChannel> SecureChannel::accept(CredentialHolder& holder, Connection connection,
                                               const std::string& channel_binding) {
  SecureChannel channel(std::move(connection));
  if (auto done = channel.run_acceptor(holder, channel_binding); !done) return std::unexpected(done.error());
  return channel;
}

// The bits that the two sides have in common have the same values but for one.
std::string flags_text(ULONG flags, bool initiator) {
  std::string text;
  const auto add = [&](ULONG flag, const char* name) {
    if ((flags & flag) != 0) text += (text.empty() ? "" : ", ") + std::string(name);
  };
  add(ISC_RET_MUTUAL_AUTH, "mutual authentication");
  add(ISC_RET_CONFIDENTIALITY, "confidentiality");
  add(initiator ? ISC_RET_INTEGRITY : ASC_RET_INTEGRITY, "integrity");
  add(ISC_RET_REPLAY_DETECT, "replay detection");
  add(ISC_RET_SEQUENCE_DETECT, "sequence detection");
  add(initiator ? ISC_RET_IDENTIFY : ASC_RET_IDENTIFY, "identification only");
  return text.empty() ? "none" : text;
}

}  // namespace sshkey::programs
