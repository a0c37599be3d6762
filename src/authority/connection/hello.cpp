// The first call of a connection: who the client is was known from the kernel; hello makes it a client, or joins the
// one that the same process has already.
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

Connection::~Connection() {
  if (is_main()) authority_.client_lost(client_->id());
}

seam::HelloReply Connection::hello(seam::HelloRequest request) {
  seam::HelloReply reply;
  if (client_ != nullptr) {
    reply.status = STATUS_ACCESS_DENIED;  // once per connection
    return reply;
  }
  if (request.version != seam::protocol_version) {
    reply.status = STATUS_REVISION_MISMATCH;
    return reply;
  }
  if (request.join) {
    client_ = authority_.clients().join(request.join, peer_);
    if (client_ == nullptr) {
      reply.status = STATUS_ACCESS_DENIED;
      return reply;
    }
  } else {
    auto client = authority_.clients().add(peer_);
    if (!client) {
      reply.status = client.error();
      return reply;
    }
    client_ = std::move(*client);
    main_ = true;
  }
  reply.client = client_->id();
  reply.authority_id = authority_.authority_id();
  return reply;
}

}  // namespace openlsa::authority
