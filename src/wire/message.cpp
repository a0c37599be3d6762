#include "base/secret.hpp"
#include "wire/transport.hpp"

namespace openlsa::wire {

void Message::wipe() { base::wipe(bytes); }

Message& Message::operator=(Message&& other) noexcept {
  if (this != &other) {
    wipe();
    bytes = std::move(other.bytes);
    descriptors = std::move(other.descriptors);
  }
  return *this;
}

}  // namespace openlsa::wire
