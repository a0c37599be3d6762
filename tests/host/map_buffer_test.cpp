// MapBuffer: what is mapped is copied over, what is not is read from what the call submitted, and nothing else is.
#include <cstring>

#include "host/support.hpp"
#include "host/support/support_table.hpp"

namespace openlsa::host::test {
namespace {

constexpr std::uint64_t submitted_at = 0x6000'0000;

class MapBuffer : public HostTest {
 protected:
  void SetUp() override { ASSERT_EQ(load("test_echo").status, STATUS_SUCCESS); }
  static SecBuffer unmapped(std::uint64_t address, ULONG size) {
    return {size, SECBUFFER_TOKEN | SECBUFFER_UNMAPPED, reinterpret_cast<void*>(address)};
  }
  NTSTATUS map(SecBuffer* input, SecBuffer* output) { return support_table().MapBuffer(input, output); }

  seam::CallOrigin origin_ = origin_with_window();
  base::Secret submitted_ = secret("submitted by the client");
};

TEST_F(MapBuffer, CopiesOverWhatIsMapped) {
  char text[] = "text";
  SecBuffer input{4, SECBUFFER_DATA | SECBUFFER_READONLY, text};
  SecBuffer output{99, SECBUFFER_EMPTY, nullptr};
  EXPECT_EQ(map(&input, &output), STATUS_SUCCESS) << "which needs no client";
  EXPECT_EQ(std::memcmp(&input, &output, sizeof input), 0);
  EXPECT_EQ(map(&output, &output), STATUS_SUCCESS);
  EXPECT_EQ(output.pvBuffer, text);
  SecBuffer empty{};
  EXPECT_EQ(map(&empty, &output), STATUS_SUCCESS);
  EXPECT_EQ(output.pvBuffer, nullptr);
}

TEST_F(MapBuffer, ReadsTheClientsSubmittedMemory) {
  CurrentCall call(*runtime, *runtime->first_package(), &origin_);
  call.memory().submit(submitted_at, submitted_.reveal());
  SecBuffer input = unmapped(submitted_at + 10, 6);
  SecBuffer output{};
  ASSERT_EQ(map(&input, &output), STATUS_SUCCESS);
  EXPECT_EQ(output.BufferType, ULONG{SECBUFFER_TOKEN}) << "mapped now";
  ASSERT_EQ(output.cbBuffer, 6u);
  EXPECT_EQ(std::string(static_cast<char*>(output.pvBuffer), 6), "by the");
  std::memset(output.pvBuffer, 'x', 6);
  EXPECT_EQ(std::string(submitted_.reveal().begin(), submitted_.reveal().end()), "submitted by the client")
      << "the package works on a copy";
  // In place.
  EXPECT_EQ(map(&input, &input), STATUS_SUCCESS);
  EXPECT_EQ(input.BufferType, ULONG{SECBUFFER_TOKEN});
  // NULL stays NULL; empty is not NULL.
  SecBuffer null = unmapped(0, 0), empty = unmapped(submitted_at + 23, 0);
  EXPECT_EQ(map(&null, &output), STATUS_SUCCESS);
  EXPECT_EQ(output.pvBuffer, nullptr);
  EXPECT_EQ(map(&empty, &output), STATUS_SUCCESS);
  EXPECT_NE(output.pvBuffer, nullptr);
}

TEST_F(MapBuffer, ReadsNothingElse) {
  CurrentCall call(*runtime, *runtime->first_package(), &origin_);
  call.memory().submit(submitted_at, submitted_.reveal());
  char own[] = "the host's own memory";
  for (const auto& [address, size] : {std::pair{submitted_at, 24u},
                                      {submitted_at - 1, 4u},
                                      {submitted_at + 23, 1u},
                                      {std::uint64_t{0}, 4u},
                                      {std::uint64_t{UINT64_MAX}, 4u},
                                      {submitted_at, 0xffffffffu},
                                      {reinterpret_cast<std::uint64_t>(own), 4u}}) {
    SecBuffer input = unmapped(address, size);
    SecBuffer output{7, SECBUFFER_DATA, own};
    EXPECT_EQ(map(&input, &output), STATUS_ACCESS_VIOLATION) << address << " " << size;
    EXPECT_EQ(output.cbBuffer, 7u) << "left alone";
    EXPECT_EQ(output.pvBuffer, own);
  }
}

TEST_F(MapBuffer, IsBounded) {
  base::Secret large(1 << 20);
  CurrentCall call(*runtime, *runtime->first_package(), &origin_);
  call.memory().submit(submitted_at, large.reveal());
  SecBuffer input = unmapped(submitted_at, 1 << 20);
  SecBuffer output{};
  for (int i = 0; i < 8; ++i) ASSERT_EQ(map(&input, &output), STATUS_SUCCESS) << i;
  EXPECT_EQ(map(&input, &output), STATUS_NO_MEMORY) << "8 MiB in one call";
}

TEST_F(MapBuffer, NeedsAClientThatIsThere) {
  SecBuffer input = unmapped(submitted_at, 4), output{};
  EXPECT_EQ(map(&input, &output), STATUS_INVALID_PARAMETER) << "no current call";
  EXPECT_EQ(map(nullptr, &output), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(map(&input, nullptr), STATUS_INVALID_PARAMETER);
  CurrentCall call(*runtime, *runtime->first_package(), &origin_);
  call.memory().submit(submitted_at, submitted_.reveal());
  EXPECT_EQ(map(&input, &output), STATUS_SUCCESS);
  runtime->client_gone({.client = {1}, .channel = {}, .process_terminated = true});
  EXPECT_EQ(map(&input, &output), STATUS_INVALID_PARAMETER) << "its process has ended";
}

}  // namespace
}  // namespace openlsa::host::test
