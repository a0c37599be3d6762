// A request as it comes out of a frame: [interface][method, 2 bytes][descriptors][body]. Whatever the bytes are, they
// are answered or refused, and an answer can be read again.
#include "wire/dispatch.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/interfaces.hpp"

using namespace openlsa;

namespace {

wire::DispatchResult serve(std::uint8_t interface, std::uint16_t method, wire::Message& request, wire::Message& reply) {
  fuzz::Authority authority;
  fuzz::Sspi sspi;
  fuzz::Package package;
  fuzz::Support support;
  fuzz::Client client;
  switch (interface % 6) {
    case 0:
      return wire::dispatch(authority, true, method, request, reply);
    case 1:
      return wire::dispatch(authority, false, method, request, reply);
    case 2:
      return wire::dispatch(sspi, method, request, reply);
    case 3:
      return wire::dispatch(package, method, request, reply);
    case 4:
      return wire::dispatch(support, method, request, reply);
    default:
      return wire::dispatch(client, method, request, reply);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::uint8_t interface = input.byte();
  const auto method = input.number<std::uint16_t>();
  wire::Message request, reply;
  request.descriptors.resize(input.byte() % 4);
  request.bytes = base::to_bytes(input.rest());
  const auto result = serve(interface, method, request, reply);
  const seam::Permission needed =
      wire::authority_method(method) == nullptr ? seam::Permission::anyone : wire::authority_method(method)->permission;
  if (interface % 6 == 1 && needed == seam::Permission::tcb)
    fuzz::require(result == wire::DispatchResult::not_permitted);
  fuzz::require(result == wire::DispatchResult::answered || reply.bytes.empty());
  return 0;
}
