// lsad's side of the socket: accepts, tells processes apart, reads requests on one loop, and gives the ones that may
// wait to workers.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "service/server/event_loop.hpp"
#include "service/server/peer.hpp"
#include "service/server/served_connection.hpp"
#include "service/server/worker_pool.hpp"

namespace openlsa::service {

class Server {
 public:
  static constexpr std::size_t connection_limit = 16384;
  static constexpr std::size_t connection_limit_per_uid = 4096;
  static constexpr std::size_t connections_for_tcb = 1024;  // of the limit, kept for root and the authority's own user
  static constexpr std::size_t worker_limit = 128;
  // Others find a worker, whatever one uid asks for; root's programs ask for many users.
  static constexpr std::size_t worker_limit_per_uid = 24;
  static constexpr std::size_t worker_limit_of_tcb = 64;
  static constexpr int accepts_per_round = 16;  // then those are served that are connected

  // `loop` outlives the server and the authority: token descriptors are watched on it.
  Server(EventLoop& loop, authority::Authority& authority) : loop_(loop), authority_(authority) {}
  ~Server();

  // Takes the socket's place in the file system (an old socket that nobody listens on is replaced).
  base::OrFailure<> listen(const std::string& path);
  // After the loop has ended: closes every connection.
  void close_all();

 private:
  struct Entry {
    std::shared_ptr<ServedConnection> connection;
    base::UniqueFd process;
    std::uint32_t uid = 0;
    bool busy = false;                    // a worker has it
    bool ended = false;                   // closed while a worker had it
    bool waiting = false;                 // for a worker, its request unread
    std::vector<base::UniqueFd> refused;  // came with a malformed frame; to close them may take long
  };
  using Place = std::map<int, Entry>::iterator;

  void accept_some();
  bool has_room_for(std::uint32_t uid);
  void refuse_one();  // no descriptor is left for it
  void call_elsewhere(Place place, wire::Frame frame);
  static bool is_tcb(std::uint32_t uid);
  static std::size_t worker_limit_of(std::uint32_t uid) {
    return is_tcb(uid) ? worker_limit_of_tcb : worker_limit_per_uid;
  }
  void let_next_call(std::uint32_t uid);
  void add(base::UniqueFd socket, Peer peer);
  void readable(int fd);
  void finished(int fd, bool keep);
  void process_ended(int fd);
  void close(Place place);
  void close_elsewhere(Entry entry);  // counts as running

  EventLoop& loop_;
  authority::Authority& authority_;
  base::UniqueFd listener_;
  std::string path_;
  std::map<int, Entry> entries_;                 // by socket; the loop's thread only
  std::map<std::uint32_t, std::size_t> of_uid_;  // connections
  struct Calls {
    std::size_t running = 0;
    std::deque<int> waiting;    // sockets with a request that is not read yet
    std::deque<Entry> closing;  // connections that are over
  };
  std::map<std::uint32_t, Calls> calls_of_uid_;
  std::size_t descriptor_room_ = connection_limit;  // connections that RLIMIT_NOFILE allows
  base::UniqueFd spare_;
  WorkerPool workers_{worker_limit};
};

}  // namespace openlsa::service
