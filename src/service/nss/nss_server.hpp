// The name service's own socket, <run directory>/nss, on a thread of its own: neither a logon that waits for a package
// nor a client of the authority keeps a program that only wants a user's name waiting.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <thread>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "service/nss/nss_source.hpp"
#include "service/server/event_loop.hpp"

namespace openlsa::service {

class NssServer {
 public:
  static constexpr std::size_t connection_limit = 512;
  static constexpr std::size_t connection_limit_per_uid = 64;
  static constexpr std::size_t connections_for_root = 128;  // of the limit
  static constexpr int accepts_per_round = 16;
  // A call of the module takes a twentieth of this; whoever stays longer, or does not read, is dropped.
  static constexpr std::chrono::seconds lifetime{1};

  NssServer(std::unique_ptr<NssSource> source, bool enumerate) : source_(std::move(source)), enumerate_(enumerate) {}
  ~NssServer();
  NssServer(const NssServer&) = delete;
  NssServer& operator=(const NssServer&) = delete;

  // Takes the socket's place in the file system and starts the thread.
  base::OrFailure<> start(const std::string& path);

 private:
  struct Entry {
    base::UniqueFd socket;
    std::uint32_t uid = 0;
    std::chrono::steady_clock::time_point accepted;
  };
  using Place = std::map<int, Entry>::iterator;

  base::OrFailure<> listen(const std::string& path);
  void accept_some();
  void refuse_one();
  bool has_room_for(std::uint32_t uid) const;
  void readable(int fd);
  bool answer_one(int fd);
  void drop_old();
  void close(Place place);

  const std::unique_ptr<NssSource> source_;
  const bool enumerate_;
  EventLoop loop_;
  base::UniqueFd listener_;
  base::UniqueFd clock_;
  base::UniqueFd spare_;
  std::string path_;
  std::map<int, Entry> entries_;                 // the thread's only
  std::map<std::uint32_t, std::size_t> of_uid_;  // connections
  std::thread thread_;
};

// Where lsad listens for the name service: beside its own socket.
std::string nss_socket_path(const std::string& authority_socket);

}  // namespace openlsa::service
