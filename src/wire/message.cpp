#include "base/secret.hpp"
#include "wire/transport.hpp"

namespace openlsa::wire {

Message::~Message() { base::wipe(bytes); }

Message& Message::operator=(Message&& other) noexcept {
  if (this != &other) {
    base::wipe(bytes);
    bytes = std::move(other.bytes);
    descriptors = std::move(other.descriptors);
  }
  return *this;
}

}  // namespace openlsa::wire
