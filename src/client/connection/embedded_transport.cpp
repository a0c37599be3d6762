#include "client/connection/embedded_transport.hpp"

#include <dlfcn.h>

#include <new>

#include "base/mutex.hpp"
#include "client/connection/upcalls.hpp"
#include "wire/dispatch.hpp"
#include "wire/embedded_abi.h"

namespace openlsa::client {
namespace {

struct Library {
  openlsa_embedded_start_fn start = nullptr;
  openlsa_embedded_call_fn call = nullptr;
  openlsa_embedded_close_channel_fn close_channel = nullptr;
  openlsa_embedded_has_channel_fn has_channel = nullptr;
};

// Beside this library first, so that both are of one build; then wherever the loader finds it.
void* open_library() {
  constexpr const char* name = "liblsa-embedded.so";
  Dl_info here{};
  if (::dladdr(reinterpret_cast<void*>(&open_library), &here) != 0 && here.dli_fname != nullptr) {
    const std::string self = here.dli_fname;
    if (const auto slash = self.rfind('/'); slash != std::string::npos)
      if (void* found = ::dlopen((self.substr(0, slash + 1) + name).c_str(), RTLD_NOW | RTLD_LOCAL)) return found;
  }
  return ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

// Loaded once and never unloaded: its threads run until the process ends.
const Library* library() {
  static const Library loaded = [] {
    Library found;
    if (void* handle = open_library()) {
      found.start = reinterpret_cast<openlsa_embedded_start_fn>(::dlsym(handle, "openlsa_embedded_start"));
      found.call = reinterpret_cast<openlsa_embedded_call_fn>(::dlsym(handle, "openlsa_embedded_call"));
      found.close_channel =
          reinterpret_cast<openlsa_embedded_close_channel_fn>(::dlsym(handle, "openlsa_embedded_close_channel"));
      found.has_channel =
          reinterpret_cast<openlsa_embedded_has_channel_fn>(::dlsym(handle, "openlsa_embedded_has_channel"));
    }
    return found;
  }();
  const bool complete = loaded.start != nullptr && loaded.call != nullptr && loaded.close_channel != nullptr &&
                        loaded.has_channel != nullptr;
  return complete ? &loaded : nullptr;
}

std::optional<wire::Message> own(const std::uint8_t* bytes, std::size_t size_bytes, const int* descriptors,
                                 std::size_t count) {
  wire::Message message;
  for (std::size_t i = 0; i < count; ++i) message.descriptors.emplace_back(descriptors[i]);
  message.bytes.assign(bytes, bytes + size_bytes);
  return message;
}

void take_reply(void* context, const std::uint8_t* bytes, std::size_t size_bytes, const int* descriptors,
                std::size_t count) {
  *static_cast<std::optional<wire::Message>*>(context) = own(bytes, size_bytes, descriptors, count);
}

// An up-call of a package for one of this process's channels, on the thread that waits in the call.
int answer_upcall(std::uint64_t, std::uint16_t method, const std::uint8_t* request, std::size_t size_bytes,
                  openlsa_embedded_reply reply, void* context) try {
  wire::Message message;
  message.bytes.assign(request, request + size_bytes);
  wire::Message answer;
  if (wire::dispatch(upcalls(), method, message, answer) != wire::DispatchResult::answered) return -1;
  std::vector<int> descriptors;
  for (base::UniqueFd& descriptor : answer.descriptors) descriptors.push_back(descriptor.release());
  reply(context, answer.bytes.data(), answer.bytes.size(), descriptors.data(), descriptors.size());
  return 0;
} catch (const std::bad_alloc&) {
  return -1;
}

}  // namespace

bool EmbeddedTransport::start(const std::string& configuration_directory) {
  const Library* embedded = library();
  if (embedded == nullptr) return false;
  static const std::uint32_t starter = fork_generation();
  return starter == fork_generation() && embedded->start(configuration_directory.c_str(), answer_upcall) == 0;
}

EmbeddedTransport::EmbeddedTransport(std::uint64_t endpoint) : endpoint_(endpoint), generation_(fork_generation()) {}

EmbeddedTransport::~EmbeddedTransport() {
  if (endpoint_ != authority_endpoint && in_its_process()) library()->close_channel(endpoint_);
}

bool EmbeddedTransport::in_its_process() const { return library() != nullptr && generation_ == fork_generation(); }
bool EmbeddedTransport::usable() const {
  return !ended_ && in_its_process() && (endpoint_ == authority_endpoint || library()->has_channel(endpoint_) != 0);
}

std::expected<wire::Message, wire::NoReply> EmbeddedTransport::call(std::uint16_t method, wire::Message& request,
                                                                    std::uint64_t) {
  if (ended_ || !in_its_process()) return std::unexpected(wire::NoReply::unsent);
  std::vector<int> descriptors;
  descriptors.reserve(request.descriptors.size());
  for (base::UniqueFd& descriptor : request.descriptors) descriptors.push_back(descriptor.release());
  std::optional<wire::Message> reply;
  const int result = library()->call(endpoint_, method, request.bytes.data(), request.bytes.size(), descriptors.data(),
                                     descriptors.size(), take_reply, &reply);
  if (result == 0 && reply) return std::move(*reply);
  ended_ = endpoint_ != authority_endpoint;
  return std::unexpected(wire::NoReply::lost);
}

}  // namespace openlsa::client
