// lsad's side of the socket: accepts, tells processes apart, reads requests on one loop, and gives the ones that may
// wait to workers.
#pragma once

#include <map>
#include <string>

#include "service/server/event_loop.hpp"
#include "service/server/peer.hpp"
#include "service/server/served_connection.hpp"
#include "service/server/worker_pool.hpp"

namespace openlsa::service {

class Server {
 public:
  static constexpr std::size_t connection_limit = 16384;
  static constexpr std::size_t connection_limit_per_uid = 8192;
  static constexpr std::size_t worker_limit = 64;

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
    bool busy = false;   // a worker has it
    bool ended = false;  // closed while a worker had it
  };
  using Place = std::map<int, Entry>::iterator;

  void accept_all();
  void add(base::UniqueFd socket, Peer peer);
  void readable(int fd);
  void finished(int fd, bool keep);
  void process_ended(int fd);
  void close(Place place);
  void close_elsewhere(Entry entry);

  EventLoop& loop_;
  authority::Authority& authority_;
  base::UniqueFd listener_;
  std::string path_;
  std::map<int, Entry> entries_;                 // by socket; the loop's thread only
  std::map<std::uint32_t, std::size_t> of_uid_;  // connections
  WorkerPool workers_{worker_limit};
};

}  // namespace openlsa::service
