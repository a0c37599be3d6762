#include "embedded/endpoint.hpp"

#include "wire/proxy.hpp"

namespace openlsa::embedded {
namespace {

void receive(void* context, const std::uint8_t* bytes, std::size_t size_bytes, const int* descriptors,
             std::size_t count) {
  static_cast<std::optional<wire::Message>*>(context)->emplace(take(bytes, size_bytes, descriptors, count));
}

}  // namespace

wire::Message take(const std::uint8_t* bytes, std::size_t size_bytes, const int* descriptors, std::size_t count) {
  wire::Message message;
  message.bytes.assign(bytes, bytes + size_bytes);
  for (std::size_t i = 0; i < count; ++i) message.descriptors.emplace_back(descriptors[i]);
  return message;
}

void give(wire::Message& message, openlsa_embedded_reply receiver, void* context) {
  std::vector<int> descriptors;
  for (base::UniqueFd& fd : message.descriptors) descriptors.push_back(fd.release());
  receiver(context, message.bytes.data(), message.bytes.size(), descriptors.data(), descriptors.size());
}

std::expected<wire::Message, wire::NoReply> UpcallTransport::call(std::uint16_t method, wire::Message& request,
                                                                  std::uint64_t) {
  std::optional<wire::Message> reply;
  if (upcall_ == nullptr ||
      upcall_(endpoint_, method, request.bytes.data(), request.bytes.size(), receive, &reply) != 0 || !reply)
    return std::unexpected(wire::NoReply::lost);
  return std::move(*reply);
}

seam::ClientCallbackReply Upcalls::client_callback(seam::ClientCallbackRequest request) {
  UpcallTransport transport(upcall_, endpoint_);
  return wire::ClientProxy(transport).client_callback(std::move(request));
}

}  // namespace openlsa::embedded
