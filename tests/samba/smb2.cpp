#include "samba/smb2.hpp"

#include <arpa/inet.h>
#include <openssl/hmac.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstring>

#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

constexpr std::size_t header_bytes = 64, signature_place = 48, signature_bytes = 16;  // [MS-SMB2] 2.2.1.2
constexpr std::uint32_t flag_signed = 8;
constexpr std::uint16_t command_negotiate = 0, command_session_setup = 1, command_tree_connect = 3;
constexpr std::uint16_t signing_enabled = 1, dialect_2_1 = 0x0210;
constexpr std::size_t largest_response = 1 << 20;

template <typename Number>
std::string little(Number number) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof number; ++i) bytes += static_cast<char>(number >> (8 * i));
  return bytes;
}

template <typename Number>
Number number_at(const std::string& bytes, std::size_t place) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof number && place + i < bytes.size(); ++i)
    number = static_cast<Number>(number | static_cast<Number>(static_cast<unsigned char>(bytes[place + i])) << (8 * i));
  return number;
}

// Offset and length of a buffer stand at `place`; the offset counts from the header on.
std::string buffer_at(const std::string& bytes, std::size_t place) {
  const std::size_t offset = number_at<std::uint16_t>(bytes, place), size = number_at<std::uint16_t>(bytes, place + 2);
  return offset <= bytes.size() && size <= bytes.size() - offset ? bytes.substr(offset, size) : "";
}

bool receive(int socket, char* into, std::size_t size) {
  for (std::size_t got = 0; got < size;) {
    const ssize_t part = ::recv(socket, into + got, size - got, 0);
    if (part <= 0) return false;
    got += static_cast<std::size_t>(part);
  }
  return true;
}

}  // namespace

Smb2Connection::Smb2Connection(const std::string& address) {
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(445);
  const timeval limit{60, 0};
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0 || ::inet_pton(AF_INET, address.c_str(), &place.sin_addr) != 1 ||
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0 ||
      ::connect(socket_, reinterpret_cast<sockaddr*>(&place), sizeof place) != 0)
    give_up("no SMB connection to " + address);
}

Smb2Connection::~Smb2Connection() { ::close(socket_); }

std::string Smb2Connection::negotiate() {
  const Response response =
      exchange(command_negotiate, little<std::uint16_t>(36) + little<std::uint16_t>(1) + little(signing_enabled) +
                                      std::string(30, '\0') + little(dialect_2_1));
  if (response.status != 0 || number_at<std::uint16_t>(response.bytes, header_bytes + 4) != dialect_2_1) return "";
  return buffer_at(response.bytes, header_bytes + 56);
}

Smb2Connection::Response Smb2Connection::session_setup(const std::string& token) {
  const std::string body = little<std::uint16_t>(25) + std::string(1, '\0') +
                           std::string(1, static_cast<char>(signing_enabled)) + std::string(8, '\0') +
                           little<std::uint16_t>(header_bytes + 24) + little(static_cast<std::uint16_t>(token.size())) +
                           std::string(8, '\0') + token;
  Response response = exchange(command_session_setup, body);
  if (response.bytes.size() >= header_bytes) session_ = number_at<std::uint64_t>(response.bytes, 40);
  return response;
}

std::string Smb2Connection::token_of(const Response& session_setup) {
  return buffer_at(session_setup.bytes, header_bytes + 4);
}

Smb2Connection::Response Smb2Connection::tree_connect(const std::string& share) {
  std::string path;
  for (const char letter : share) path += little(static_cast<std::uint16_t>(letter));
  return exchange(command_tree_connect, little<std::uint16_t>(9) + std::string(2, '\0') +
                                            little<std::uint16_t>(header_bytes + 8) +
                                            little(static_cast<std::uint16_t>(path.size())) + path);
}

bool Smb2Connection::is_signed(const Response& response) const {
  if (key_.empty() || response.bytes.size() < header_bytes) return false;
  return (number_at<std::uint32_t>(response.bytes, 16) & flag_signed) != 0 &&
         response.bytes.substr(signature_place, signature_bytes) == signature_of(response.bytes);
}

Smb2Connection::Response Smb2Connection::exchange(std::uint16_t command, const std::string& body) {
  std::string message = std::string("\xfeSMB", 4) + little<std::uint16_t>(header_bytes) + little<std::uint16_t>(1) +
                        little<std::uint32_t>(0) + little(command) + little<std::uint16_t>(1) +
                        little<std::uint32_t>(key_.empty() ? 0 : flag_signed) + little<std::uint32_t>(0) +
                        little(message_++) + little<std::uint32_t>(0) + little<std::uint32_t>(0) + little(session_) +
                        std::string(signature_bytes, '\0') + body;
  if (!key_.empty()) message.replace(signature_place, signature_bytes, signature_of(message));
  const std::uint32_t length = htonl(static_cast<std::uint32_t>(message.size()));  // [MS-SMB2] 2.1
  message.insert(0, reinterpret_cast<const char*>(&length), sizeof length);
  if (::send(socket_, message.data(), message.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(message.size())) return {};
  std::uint32_t size = 0;
  if (!receive(socket_, reinterpret_cast<char*>(&size), sizeof size)) return {};
  size = ntohl(size);
  Response response;
  if (size < header_bytes || size > largest_response) return {};
  response.bytes.resize(size);
  if (!receive(socket_, response.bytes.data(), size)) return {};
  response.status = number_at<std::uint32_t>(response.bytes, 8);
  return response;
}

// HMAC-SHA256 over the message with a signature of zeros, cut to 16 bytes.
std::string Smb2Connection::signature_of(std::string message) const {
  message.replace(signature_place, signature_bytes, signature_bytes, '\0');
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), reinterpret_cast<const unsigned char*>(message.data()),
       message.size(), digest, &size);
  return {reinterpret_cast<const char*>(digest), signature_bytes};
}

}  // namespace openlsa::test
