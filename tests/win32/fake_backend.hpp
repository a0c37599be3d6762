// A token backend in memory: handles to tokens that the tests make up. Installed once for the process, as the library
// demands; a test starts with reset().
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <mutex>

#include "win32/token_backend.hpp"

namespace openlsa::win32_tests {

class FakeBackend final : public win32::TokenBackend {
 public:
  static FakeBackend& installed() {
    static FakeBackend& backend = []() -> FakeBackend& {
      auto* made = new FakeBackend;
      if (!openlsa_private_install_backend(win32::Side::client, made)) std::abort();
      return *made;
    }();
    return backend;
  }

  void reset() {
    const std::lock_guard lock(mutex_);
    tokens_.clear();
    own_ = nt::TokenData{};
  }
  void set_own(nt::TokenData data) {
    const std::lock_guard lock(mutex_);
    own_ = std::move(data);
  }
  std::uint32_t add(nt::TokenData data) {
    const std::lock_guard lock(mutex_);
    return insert(std::make_shared<nt::TokenData>(std::move(data)));
  }
  std::size_t open_handles() {
    const std::lock_guard lock(mutex_);
    return tokens_.size();
  }
  // The block that the next allocation gets.
  std::uint64_t next_luid = 0x1'0000'0000;
  std::uint32_t largest_block = 4096;

  nt::Status query(std::uint32_t token, nt::TokenData& data) override {
    const std::lock_guard lock(mutex_);
    const nt::TokenData* found = find(token);
    if (found == nullptr) return STATUS_INVALID_HANDLE;
    data = *found;
    return STATUS_SUCCESS;
  }
  win32::TokenHandleReply duplicate(std::uint32_t token, bool same, nt::TokenType type,
                                    nt::ImpersonationLevel level) override {
    const std::lock_guard lock(mutex_);
    const nt::TokenData* found = find(token);
    if (found == nullptr) return {STATUS_INVALID_HANDLE, 0};
    auto copy = std::make_shared<nt::TokenData>(*found);
    if (!same) {
      if (copy->type == nt::TokenType::impersonation && level > copy->level) return {STATUS_BAD_IMPERSONATION_LEVEL, 0};
      copy->type = type;
      copy->level = level;
    }
    return {STATUS_SUCCESS, insert(std::move(copy))};
  }
  nt::Status close(std::uint32_t token) override {
    const std::lock_guard lock(mutex_);
    return tokens_.erase(token) == 1 ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
  }
  win32::LuidBlock allocate_luids(std::uint32_t count) override {
    const std::lock_guard lock(mutex_);
    if (largest_block == 0) return {STATUS_LUIDS_EXHAUSTED, {}, 0};
    const std::uint32_t given = count < largest_block ? count : largest_block;
    const nt::Luid first{next_luid};
    next_luid += given;
    return {STATUS_SUCCESS, first, given};
  }
  // The descriptor is a memfd that holds the handle of a token kept open for it.
  nt::Status export_token(std::uint32_t token, base::UniqueFd& descriptor) override {
    const std::lock_guard lock(mutex_);
    const nt::TokenData* found = find(token);
    if (found == nullptr) return STATUS_INVALID_HANDLE;
    const std::uint32_t kept = insert(std::make_shared<nt::TokenData>(*found));
    descriptor.reset(memfd_create("token", 0));
    return pwrite(descriptor.get(), &kept, sizeof kept, 0) == sizeof kept ? STATUS_SUCCESS : STATUS_QUOTA_EXCEEDED;
  }
  win32::TokenHandleReply import_token(base::UniqueFd descriptor) override {
    const std::lock_guard lock(mutex_);
    std::uint32_t kept = 0;
    if (pread(descriptor.get(), &kept, sizeof kept, 0) != sizeof kept) return {STATUS_INVALID_HANDLE, 0};
    const nt::TokenData* found = find(kept);
    if (found == nullptr) return {STATUS_INVALID_HANDLE, 0};
    return {STATUS_SUCCESS, insert(std::make_shared<nt::TokenData>(*found))};
  }
  nt::Status authority_id(std::array<std::uint8_t, 32>& id) override {
    id.fill(0x5a);
    return STATUS_SUCCESS;
  }

 private:
  std::uint32_t insert(std::shared_ptr<nt::TokenData> data) {
    next_handle_ += 8;
    tokens_[next_handle_] = std::move(data);
    return next_handle_;
  }
  const nt::TokenData* find(std::uint32_t token) {
    if (token == 0) return &own_;
    const auto found = tokens_.find(token);
    return found == tokens_.end() ? nullptr : found->second.get();
  }

  std::mutex mutex_;
  std::map<std::uint32_t, std::shared_ptr<nt::TokenData>> tokens_;
  nt::TokenData own_;
  std::uint32_t next_handle_ = 0;
};

// An impersonation token of a user with two groups, two privileges and a default ACL.
inline nt::TokenData sample_token() {
  nt::TokenData data;
  data.token_id = {0x1'0000'1001};
  data.logon_id = {0x1'0000'2002};
  data.modified_id = {0x1'0000'3003};
  data.type = nt::TokenType::impersonation;
  data.level = nt::ImpersonationLevel::impersonation;
  data.source = {"FakeTest", {0x77}};
  data.information.user = {nt::Sid{5, {21, 1, 2, 3, 1001}}, 0};
  data.information.groups = {{nt::well_known::world, 7}, {nt::well_known::users, 7}};
  data.information.primary_group = nt::Sid{5, {21, 1, 2, 3, 513}};
  data.information.privileges = {{{23}, 3}, {{20}, 0}};
  data.information.default_dacl = {2, 0, 8, 0, 0, 0, 0, 0};
  data.posix = nt::PosixIdentity{54321, 54322, {54322, 54323}};
  return data;
}

}  // namespace openlsa::win32_tests
