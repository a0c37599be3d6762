// A host with one test package, and an authority that only takes notes.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "host/runtime.hpp"
#include "packages/observed.h"

namespace openlsa::host::test {

// Answers STATUS_NOT_SUPPORTED to what a test does not need.
class FakeSupport : public seam::SupportCalls {
 public:
#define OPENLSA_REFUSE(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request) override {      \
    seam::Message##Reply reply;                                         \
    reply.status = STATUS_NOT_SUPPORTED;                                \
    return reply;                                                       \
  }
  OPENLSA_SUPPORT_CALLS(OPENLSA_REFUSE)
#undef OPENLSA_REFUSE
};

class NotingSupport final : public FakeSupport {
 public:
  seam::DeleteLogonSessionReply delete_logon_session(seam::DeleteLogonSessionRequest request) override {
    deleted_sessions.push_back(request.logon_id.value);
    return {STATUS_SUCCESS};
  }
  seam::DuplicateIntoClientReply duplicate_into_client(seam::DuplicateIntoClientRequest request) override {
    return {STATUS_SUCCESS, request.token + 0x100};
  }
  seam::RevokeFromClientReply revoke_from_client(seam::RevokeFromClientRequest request) override {
    revoked_tokens.push_back(request.client_token);
    return {STATUS_SUCCESS};
  }
  seam::QueryHostTokenReply query_host_token(seam::QueryHostTokenRequest) override {
    seam::QueryHostTokenReply reply;
    reply.data = token;
    return reply;
  }
  nt::TokenData token;  // that every handle names
  std::vector<std::uint64_t> deleted_sessions;
  std::vector<std::uint32_t> revoked_tokens;
};

inline constexpr seam::PackageId first_id = 10;

// Each host loads a copy of its own, so that no test sees the statics of another.
class HostTest : public ::testing::Test {
 protected:
  seam::LoadReply load(const std::string& package, bool check_only = false,
                       std::vector<seam::ContextThunks> context_thunks = {});
  // A file without packages; `state` is the host's state directory.
  seam::LoadReply load_door(const std::string& file, seam::Door door, const std::string& state = {},
                            bool check_only = false);
  // A client's channel to the first package.
  std::unique_ptr<Channel> open_channel(std::uint64_t client = 1, std::uint64_t channel = 2);
  OBSERVED& observed() { return *static_cast<OBSERVED*>(exported("test_observed")); }
  void* exported(const char* name);                  // of the loaded copy; null when there is none
  const std::string& path() const { return path_; }  // of the loaded copy
  void TearDown() override;

  std::shared_ptr<NotingSupport> support = std::make_shared<NotingSupport>();
  std::shared_ptr<Runtime> runtime;
  std::vector<std::uint64_t> ended_channels;

 private:
  seam::LoadReply load(const std::string& file, seam::LoadRequest request);
  std::string path_;
};

seam::CallOrigin origin_with_window();
base::Secret secret(std::string_view text);
std::string text_of(const std::optional<base::Bytes>& bytes);

}  // namespace openlsa::host::test
