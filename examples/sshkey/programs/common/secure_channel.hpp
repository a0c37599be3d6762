// A security context over a connection: the handshake of either side, then sealed messages.
#pragma once

#include "common/credentials.hpp"
#include "common/framing.hpp"

namespace sshkey::programs {

inline constexpr std::size_t chunk_size = 64 * 1024;  // of a file in one sealed message

class SecureChannel {
 public:
  // Both take the credentials from `holder`, and new ones when those turn out to be dead. An empty binding is none.
  static OrFailure<SecureChannel> initiate(CredentialHolder& holder, Connection connection, const std::string& target,
                                           const std::string& channel_binding);
  static OrFailure<SecureChannel> accept(CredentialHolder& holder, Connection connection,
                                         const std::string& channel_binding);
  SecureChannel(SecureChannel&& other) noexcept;
  SecureChannel& operator=(SecureChannel&&) = delete;
  ~SecureChannel();

  OrFailure<void> send(View plaintext);
  // An empty result: the peer closed the connection between two messages.
  OrFailure<Bytes> receive(int idle_seconds = frame_timeout_seconds);

  CtxtHandle* context() { return &context_; }
  const Connection& connection() const { return connection_; }
  ULONG flags() const { return flags_; }  // ISC_RET_* or ASC_RET_*
  // SECPKG_ATTR_NAMES: the user whom the context represents, that is, the client, on both sides.
  const std::string& user_name() const { return user_name_; }

 private:
  explicit SecureChannel(Connection connection);
  OrFailure<void> run_initiator(CredentialHolder& holder, const std::string& target,
                                const std::string& channel_binding);
  OrFailure<void> run_acceptor(CredentialHolder& holder, const std::string& channel_binding);
  OrFailure<void> ask_sizes_and_name();

  Connection connection_;
  CtxtHandle context_{};
  std::shared_ptr<Credentials> credentials_;  // live as long as the context
  ULONG flags_ = 0;
  ULONG trailer_size_ = 0;
  std::string user_name_;
};

// The structure of SECBUFFER_CHANNEL_BINDINGS around `application_data`.
Bytes channel_bindings(const std::string& application_data);
std::string flags_text(ULONG flags, bool initiator);

}  // namespace sshkey::programs
