#include "wire/frame.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <cstring>

namespace openlsa::wire {
namespace {

class FrameTest : public testing::Test {
 protected:
  FrameTest() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    near_.reset(ends[0]);
    far_.reset(ends[1]);
  }
  // What the peer sends by hand, with at most one descriptor.
  void send_raw(const void* data, std::size_t size, int fd = -1) {
    iovec part{const_cast<void*>(data), size};
    alignas(cmsghdr) unsigned char control[CMSG_SPACE(sizeof(int))];
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (fd >= 0) {
      message.msg_control = control;
      message.msg_controllen = sizeof control;
      cmsghdr* header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(sizeof(int));
      std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    ASSERT_EQ(::sendmsg(near_.get(), &message, 0), static_cast<ssize_t>(size));
  }
  base::UniqueFd near_, far_;
};

base::Bytes pattern(std::size_t size) {
  base::Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
  return bytes;
}

TEST_F(FrameTest, CarriesBodiesOfEverySizeAndDescriptors) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, inline_limit_bytes, inline_limit_bytes + 1,
                                 std::size_t{3} << 20, body_limit_bytes}) {
    Message body;
    body.bytes = pattern(size);
    body.descriptors.emplace_back(::dup(0));
    ASSERT_TRUE(send_frame(near_.get(), {.method = 9, .id = 77, .chain = 5}, body)) << size;
    auto frame = receive_frame(far_.get());
    ASSERT_TRUE(frame) << size;
    EXPECT_EQ(frame->header.method, 9);
    EXPECT_EQ(frame->header.id, 77u);
    EXPECT_EQ(frame->body.bytes, pattern(size));
    ASSERT_EQ(frame->body.descriptors.size(), 1u);
    EXPECT_TRUE(::fcntl(frame->body.descriptors[0].get(), F_GETFD) & FD_CLOEXEC);
  }
  Message large;
  large.bytes.resize(body_limit_bytes + 1);
  EXPECT_EQ(send_frame(near_.get(), {}, large).error(), WireError::too_large);
}

TEST_F(FrameTest, RefusesHeadersThatLie) {
  const auto send_header = [&](FrameHeader header, std::size_t extra) {
    base::Bytes datagram(sizeof header + extra);
    std::memcpy(datagram.data(), &header, sizeof header);
    send_raw(datagram.data(), datagram.size());
    return receive_frame(far_.get());
  };
  EXPECT_TRUE(send_header({.body_size_bytes = 4}, 4));
  EXPECT_EQ(send_header({.magic = 1, .body_size_bytes = 4}, 4).error(), WireError::malformed);
  EXPECT_EQ(send_header({.body_size_bytes = 5}, 4).error(), WireError::malformed);
  EXPECT_EQ(send_header({.body_size_bytes = 3}, 4).error(), WireError::malformed);
  EXPECT_EQ(send_header({.body_size_bytes = 0x8000'0000}, 4).error(), WireError::malformed);
  EXPECT_EQ(send_header({.kind = FrameKind{0}, .body_size_bytes = 4}, 4).error(), WireError::malformed);
  EXPECT_EQ(send_header({.kind = FrameKind{5}, .body_size_bytes = 4}, 4).error(), WireError::malformed);
  EXPECT_EQ(send_header({.body_size_bytes = 4, .flags = 2}, 4).error(), WireError::malformed);
  const char shorter[16] = {};
  send_raw(shorter, sizeof shorter);
  EXPECT_EQ(receive_frame(far_.get()).error(), WireError::malformed);
}

TEST_F(FrameTest, RefusesMemoryFilesThatCanChange) {
  const FrameHeader header{.body_size_bytes = 100'000, .flags = frame_in_memory_file};
  const base::UniqueFd unsealed(::memfd_create("t", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  ASSERT_EQ(::ftruncate(unsealed.get(), 100'000), 0);
  send_raw(&header, sizeof header, unsealed.get());
  EXPECT_EQ(receive_frame(far_.get()).error(), WireError::malformed);

  ASSERT_EQ(::fcntl(unsealed.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE), 0);
  send_raw(&header, sizeof header, unsealed.get());
  EXPECT_EQ(receive_frame(far_.get()).error(), WireError::malformed) << "without F_SEAL_SEAL";

  ASSERT_EQ(::fcntl(unsealed.get(), F_ADD_SEALS, F_SEAL_SEAL), 0);
  send_raw(&header, sizeof header, unsealed.get());
  EXPECT_TRUE(receive_frame(far_.get()));

  FrameHeader wrong_size = header;
  wrong_size.body_size_bytes = 100'001;
  send_raw(&wrong_size, sizeof wrong_size, unsealed.get());
  EXPECT_EQ(receive_frame(far_.get()).error(), WireError::malformed);
}

TEST_F(FrameTest, RefusesMoreThanTheReceiverAsksFor) {
  Message body;
  for (const std::size_t size : {std::size_t{1000}, inline_limit_bytes + 1000}) {
    body.bytes = pattern(size);
    ASSERT_TRUE(send_frame(near_.get(), {}, body));
    EXPECT_TRUE(receive_frame(far_.get(), 0, size));
    ASSERT_TRUE(send_frame(near_.get(), {}, body));
    EXPECT_EQ(receive_frame(far_.get(), 0, size - 1).error(), WireError::malformed);
  }
}

TEST_F(FrameTest, SendsNoLargeReplyBehindAnUnreadOne) {
  Message small, large;
  small.bytes = pattern(100);
  large.bytes = pattern(inline_limit_bytes + 1);
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(send_reply(near_.get(), {}, large));
    ASSERT_TRUE(send_reply(near_.get(), {}, small));
    EXPECT_EQ(send_reply(near_.get(), {}, large).error(), WireError::would_block);
    ASSERT_TRUE(receive_frame(far_.get()));
    EXPECT_EQ(receive_frame(far_.get())->body.bytes, small.bytes);
  }
}

TEST_F(FrameTest, GivesTheDescriptorsOfARefusedFrameToWhoWantsToCloseThem) {
  const FrameHeader lie{.magic = 3};
  send_raw(&lie, sizeof lie, 0);
  std::vector<base::UniqueFd> refused;
  EXPECT_EQ(receive_frame(far_.get(), 0, body_limit_bytes, &refused).error(), WireError::malformed);
  EXPECT_EQ(refused.size(), 1u);
  const FrameHeader no_memory_file{.body_size_bytes = 100'000, .flags = frame_in_memory_file};
  send_raw(&no_memory_file, sizeof no_memory_file, 0);
  EXPECT_EQ(receive_frame(far_.get(), 0, body_limit_bytes, &refused).error(), WireError::malformed);
  EXPECT_EQ(refused.size(), 1u);
}

TEST_F(FrameTest, LeaksNoDescriptorOfARefusedFrame) {
  const auto open_descriptors = [] {
    int count = 0;
    for (int fd = 0; fd < 256; ++fd) count += ::fcntl(fd, F_GETFD) >= 0;
    return count;
  };
  const int before = open_descriptors();
  const FrameHeader lie{.magic = 3};
  send_raw(&lie, sizeof lie, 0);
  EXPECT_EQ(receive_frame(far_.get()).error(), WireError::malformed);
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(FrameTest, SaysWhenTheOtherSideIsGone) {
  near_.reset();
  EXPECT_EQ(receive_frame(far_.get()).error(), WireError::closed);
  EXPECT_EQ(send_frame(far_.get(), {}, {}).error(), WireError::closed);
}

}  // namespace
}  // namespace openlsa::wire
