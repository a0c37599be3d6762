// One administrative call for lsactl (AdminRequest); the symbol is private to the programs of this build.
#include <fcntl.h>

#include <cstdlib>
#include <cstring>

#include "client/c_edge.hpp"
#include "client/connection/current_client.hpp"

using namespace openlsa::client;
using openlsa::nt::Status;

namespace {

// For the caller's free().
char* copy_text(const std::string& text) {
  auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy != nullptr) std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

std::string why_there_is_no_authority() {
  const auto address = authority_address();
  if (!address) return address.error().message;
  if (address->embedded)
    return "The embedded authority could not be started from " + address->path +
           "; check that liblsa-embedded.so is installed and that this directory holds an lsa.toml.";
  return "The authority cannot be reached at " + address->path +
         "; check that lsad runs (systemctl status lsad) as root or as the authority_uid of lsa.toml, and that this is "
         "the socket that it listens on.";
}

// The files stay the caller's: the message takes copies with it.
bool copy_files(const int* files, int count, std::vector<openlsa::base::UniqueFd>& copies) {
  for (int i = 0; i < count; ++i) {
    copies.emplace_back(::fcntl(files[i], F_DUPFD_CLOEXEC, 3));
    if (!copies.back()) return false;
  }
  return true;
}

}  // namespace

extern "C" std::int32_t openlsa_admin_call(const char* verb, const char* const* arguments, int argument_count,
                                           const int* files, int file_count, char** json, char** message) {
  return at_edge([&]() -> Status {
    if (json == nullptr || message == nullptr) return STATUS_INVALID_PARAMETER;
    *json = *message = nullptr;
    if (verb == nullptr || argument_count < 0 || file_count < 0) return STATUS_INVALID_PARAMETER;
    openlsa::seam::AdminRequest request;
    request.verb = verb;
    for (int i = 0; i < argument_count; ++i) request.arguments.emplace_back(arguments[i]);
    if (!copy_files(files, file_count, request.files)) {
      *message = copy_text("A file cannot be passed to the authority; raise the limit of open files and try again.");
      return STATUS_INSUFFICIENT_RESOURCES;
    }
    CurrentClient client;
    const auto reply = client.call(&openlsa::seam::AuthorityCalls::admin, std::move(request), STATUS_PORT_DISCONNECTED);
    if (!client.made_by()) {
      *message = copy_text(why_there_is_no_authority());
      return STATUS_PORT_DISCONNECTED;
    }
    if (!reply.json.empty()) *json = copy_text(reply.json);
    if (!reply.message.empty()) {
      *message = copy_text(reply.message);
    } else if (reply.status == STATUS_PORT_DISCONNECTED) {
      *message = copy_text("The authority closed the connection during '" + std::string(verb) +
                           "': the call needs SeTcbPrivilege, so run lsactl as root, or look at the authority's log.");
    }
    return reply.status;
  });
}
