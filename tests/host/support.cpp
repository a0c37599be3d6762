#include "host/support.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <filesystem>

namespace openlsa::host::test {

seam::LoadReply HostTest::load(const std::string& package, bool check_only,
                               std::vector<seam::ContextThunks> context_thunks) {
  seam::LoadRequest request;
  request.check_only = check_only;
  request.context_thunks = std::move(context_thunks);
  return load(std::string(TEST_PACKAGES) + "/" + package + ".so", std::move(request));
}

seam::LoadReply HostTest::load_door(const std::string& file, seam::Door door, const std::string& state,
                                    bool check_only) {
  seam::LoadRequest request;
  request.door = door;
  request.state_directory = state;
  request.check_only = check_only;
  return load(file, std::move(request));
}

seam::LoadReply HostTest::load(const std::string& file, seam::LoadRequest request) {
  static int copies = 0;
  path_ = (std::filesystem::temp_directory_path() /
           ("openlsa-host-test-" + std::to_string(::getpid()) + "-" + std::to_string(copies++) + ".so"))
              .string();
  std::filesystem::copy_file(file, path_);
  Options options;
  options.channel_ended = [this](seam::ChannelId channel) { ended_channels.push_back(channel.value); };
  runtime = std::make_shared<Runtime>(support, std::move(options));
  request.path = path_;
  request.first_id = first_id;
  return runtime->load(std::move(request));
}

std::unique_ptr<Channel> HostTest::open_channel(std::uint64_t client, std::uint64_t channel) {
  seam::ClientView view;
  view.client = {client};
  view.channel = {channel};
  return runtime->open_channel(view, first_id, nullptr);
}

void* HostTest::exported(const char* name) {
  void* file = dlopen(path_.c_str(), RTLD_NOW | RTLD_NOLOAD);
  void* found = dlsym(file, name);
  dlclose(file);  // the runtime's own reference stays
  return found;
}

void HostTest::TearDown() {
  runtime.reset();
  std::filesystem::remove(path_);
}

seam::CallOrigin origin_with_window() {
  seam::CallOrigin origin;
  origin.view.client = {1};
  origin.chain = {5};
  origin.window = {0x7000'0000'0000, 1 << 20};
  return origin;
}

base::Secret secret(std::string_view text) { return base::Secret(base::as_bytes(text)); }

std::string text_of(const std::optional<base::Bytes>& bytes) {
  return bytes ? std::string(bytes->begin(), bytes->end()) : std::string("(none)");
}

}  // namespace openlsa::host::test
