// Message protection: rows N-18 to N-20 of the attack corpus, scattered messages, datagrams, packed contexts.
#include <gtest/gtest.h>

#include <random>

#include "ntlm/packed_session.hpp"
#include "peers.hpp"

namespace msv1_0 {
namespace {

using test::hex;

const Key key(test::array<16>("0f0e0d0c0b0a09080706050403020100"));
constexpr std::uint32_t common = flag::sign | flag::seal | flag::unicode | flag::ntlm;
constexpr std::uint32_t with_key_exchange =
    common | flag::extended_session_security | flag::key_128 | flag::key_exchange;
constexpr std::uint32_t without_key_exchange = common | flag::extended_session_security | flag::key_128;
constexpr std::uint32_t old_form = common | flag::key_128;

using SignatureBytes = std::array<std::uint8_t, signature_bytes>;

struct Sealed {
  Bytes data;
  SignatureBytes signature{};
};

struct Pair {
  explicit Pair(std::uint32_t flags) : client(flags, Sender::initiator, key), server(flags, Sender::acceptor, key) {}
  Session client, server;

  Sealed seal(Bytes data, std::uint32_t sequence = 0) {
    Sealed sealed{std::move(data)};
    const Segment segment{sealed.data};
    EXPECT_EQ(client.seal({&segment, 1}, sealed.signature, sequence), SEC_E_OK);
    return sealed;
  }
  Sealed sign(Bytes data) {
    Sealed sealed{std::move(data)};
    const Segment segment{sealed.data};
    EXPECT_EQ(client.sign({&segment, 1}, sealed.signature), SEC_E_OK);
    return sealed;
  }
  SECURITY_STATUS unseal(Sealed& sealed, std::uint32_t sequence = 0) {
    const Segment segment{sealed.data};
    return server.unseal({&segment, 1}, sealed.signature, sequence);
  }
  SECURITY_STATUS verify(Sealed& sealed) {
    const Segment segment{sealed.data};
    return server.verify({&segment, 1}, sealed.signature);
  }
};

Bytes text(unsigned number) { return {'t', 'e', 'x', 't', static_cast<std::uint8_t>(number)}; }

class EachForm : public testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(Session, EachForm,
                         testing::Values(with_key_exchange, without_key_exchange, old_form,
                                         with_key_exchange | flag::datagram, old_form | flag::datagram));

TEST_P(EachForm, EachBitOfSignatureAndMessageCounts) {  // N-19, N-20
  Pair pair(GetParam());
  const Sealed good = pair.seal(text(0)), signed_one = pair.sign(text(1));
  for (unsigned bit = 0; bit < 128; ++bit) {
    Sealed bad = good;
    bad.signature[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    const Bytes sent = bad.data;
    ASSERT_EQ(pair.unseal(bad), SEC_E_MESSAGE_ALTERED) << bit;
    ASSERT_EQ(bad.data, sent) << "what did not verify is not handed out";
  }
  for (unsigned bit = 0; bit < 40; ++bit) {
    Sealed bad = good;
    bad.data[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    ASSERT_EQ(pair.unseal(bad), SEC_E_MESSAGE_ALTERED) << bit;
  }
  Sealed longer = good;
  longer.data.push_back(0);
  EXPECT_EQ(pair.unseal(longer), SEC_E_MESSAGE_ALTERED);
  // After 169 failures the good ones are still good.
  Sealed first = good;
  EXPECT_EQ(pair.unseal(first), SEC_E_OK);
  EXPECT_EQ(first.data, text(0));
  for (unsigned bit = 0; bit < 128; ++bit) {
    Sealed bad = signed_one;
    bad.signature[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    ASSERT_EQ(pair.verify(bad), SEC_E_MESSAGE_ALTERED) << bit;
  }
  Sealed second = signed_one;
  EXPECT_EQ(pair.verify(second), SEC_E_OK);
}

TEST_P(EachForm, BothDirectionsAreApart) {
  Pair pair(GetParam());
  Sealed message = pair.seal(text(0));
  if ((GetParam() & flag::extended_session_security) == 0) return;  // one key for both
  Pair mirror(GetParam());
  const Segment segment{message.data};
  EXPECT_EQ(mirror.client.unseal({&segment, 1}, message.signature), SEC_E_MESSAGE_ALTERED);
}

TEST(Sequence, ReplayedSkippedAndSwappedMessages) {  // N-18
  for (const std::uint32_t flags : {with_key_exchange, without_key_exchange}) {
    Pair pair(flags);
    Sealed messages[3] = {pair.seal(text(0)), pair.seal(text(1)), pair.seal(text(2))};
    const auto take = [&](int which) {
      Sealed copy = messages[which];
      return pair.unseal(copy);
    };
    EXPECT_EQ(take(1), SEC_E_OUT_OF_SEQUENCE) << "skipped";
    EXPECT_EQ(take(0), SEC_E_OK);
    EXPECT_EQ(take(0), SEC_E_OUT_OF_SEQUENCE) << "replayed";
    EXPECT_EQ(take(2), SEC_E_OUT_OF_SEQUENCE) << "swapped";
    EXPECT_EQ(take(1), SEC_E_OK);
    EXPECT_EQ(take(2), SEC_E_OK);
  }
}

TEST(Sequence, TheOldFormCannotTellWhy) {  // N-18
  Pair pair(old_form);
  Sealed messages[2] = {pair.seal(text(0)), pair.seal(text(1))};
  Sealed copy = messages[1];
  EXPECT_EQ(pair.unseal(copy), SEC_E_MESSAGE_ALTERED);
  copy = messages[0];
  EXPECT_EQ(pair.unseal(copy), SEC_E_OK);
  copy = messages[0];
  EXPECT_EQ(pair.unseal(copy), SEC_E_MESSAGE_ALTERED);
  EXPECT_EQ(pair.unseal(messages[1]), SEC_E_OK);
}

// Half duplex: one stream and one sequence for both directions.
TEST(Sequence, TheOldFormIsHalfDuplex) {
  Pair pair(old_form);
  Sealed request = pair.seal(text(0));
  ASSERT_EQ(pair.unseal(request), SEC_E_OK);
  Sealed reply{text(1)};
  const Segment segment{reply.data};
  ASSERT_EQ(pair.server.seal({&segment, 1}, reply.signature), SEC_E_OK);
  EXPECT_EQ(pair.client.unseal({&segment, 1}, reply.signature), SEC_E_OK);
  EXPECT_EQ(reply.data, text(1));
}

TEST(Sequence, TheOldFormsPadMayBeZero) {
  Pair pair(old_form);
  Sealed message = pair.seal(text(0));
  EXPECT_NE(load_le32(&message.signature[4]), 0u);
  crypto::store_le32(&message.signature[4], 0);
  EXPECT_EQ(pair.unseal(message), SEC_E_OK);
}

Session at_number(std::uint64_t number) {
  PackedSession packed = pack(Session(with_key_exchange, Sender::initiator, key));
  for (int i = 0; i < 8; ++i) packed.reveal_mutable()[32 + i] = static_cast<std::uint8_t>(number >> 8 * i);
  return *unpack_session(packed.reveal());
}

TEST(Sequence, EndsWithItsLastNumber) {  // N-18
  Session last = at_number(0xffffffff);
  SignatureBytes signature;
  ASSERT_EQ(last.sign({}, signature), SEC_E_OK);
  EXPECT_EQ(load_le32(&signature[12]), 0xffffffffu);
  EXPECT_EQ(last.sign({}, signature), SEC_E_CONTEXT_EXPIRED);
  EXPECT_EQ(last.seal({}, signature), SEC_E_CONTEXT_EXPIRED);
  EXPECT_EQ(unpack_session(pack(last).reveal())->sign({}, signature), SEC_E_CONTEXT_EXPIRED);
}

TEST(Datagram, MessagesComeInAnyOrder) {
  for (const std::uint32_t flags : {with_key_exchange, without_key_exchange, old_form}) {
    Pair pair(flags | flag::datagram);
    Sealed messages[3] = {pair.seal(text(0), 7), pair.seal(text(1), 8), pair.seal(text(2), 0xffffffff)};
    EXPECT_NE(messages[0].data, messages[1].data);
    EXPECT_EQ(pair.unseal(messages[2], 0xffffffff), SEC_E_OK);
    EXPECT_EQ(messages[2].data, text(2));
    Sealed wrong = messages[1];
    const SECURITY_STATUS status = pair.unseal(wrong, 7);
    EXPECT_EQ(status, flags == old_form ? SEC_E_MESSAGE_ALTERED : SEC_E_OUT_OF_SEQUENCE);
    EXPECT_EQ(pair.unseal(messages[1], 8), SEC_E_OK);
    EXPECT_EQ(pair.unseal(messages[0], 7), SEC_E_OK);
  }
}

// What is covered how, in pieces of any size; the result is that of one piece.
TEST(Scattered, SegmentsAreOneMessage) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    Bytes data(random() % 400);
    for (auto& byte : data) byte = static_cast<std::uint8_t>(random());
    Pair whole(with_key_exchange), scattered(with_key_exchange);
    const Sealed expected = whole.seal(data);
    Bytes work = data;
    std::vector<Segment> segments;
    for (std::size_t at = 0; at < work.size();) {
      const std::size_t size = std::min<std::size_t>(random() % 90, work.size() - at);
      segments.push_back({MutableByteView(work).subspan(at, size)});
      at += size;
    }
    SignatureBytes signature;
    ASSERT_EQ(scattered.client.seal(segments, signature), SEC_E_OK);
    EXPECT_EQ(hex(work), hex(expected.data));
    EXPECT_EQ(hex(signature), hex(expected.signature));
    ASSERT_EQ(scattered.server.unseal(segments, signature), SEC_E_OK);
    EXPECT_EQ(hex(work), hex(data));
  }
}

TEST(Scattered, ReadOnlySegmentsStayAndCount) {
  for (const std::uint32_t flags : {with_key_exchange, old_form}) {
    Pair pair(flags);
    Bytes header = text(1), body = text(2), trailer = text(3);
    const Segment segments[] = {{header, Cover::sign}, {body}, {trailer, Cover::read_only}};
    SignatureBytes signature;
    ASSERT_EQ(pair.client.seal(segments, signature), SEC_E_OK);
    EXPECT_EQ(header, text(1));
    EXPECT_NE(body, text(2));
    EXPECT_EQ(trailer, text(3));
    header[0] ^= 1;
    EXPECT_EQ(pair.server.unseal(segments, signature), SEC_E_MESSAGE_ALTERED);
    header[0] ^= 1;
    trailer[0] ^= 1;
    // 3.4.6, 3.4.9.1: without extended session security what is not to be signed is not looked at.
    EXPECT_EQ(pair.server.unseal(segments, signature), flags == old_form ? SEC_E_OK : SEC_E_MESSAGE_ALTERED);
    trailer[0] ^= 1;
    if (flags != old_form) {
      EXPECT_EQ(pair.server.unseal(segments, signature), SEC_E_OK);
    }
    EXPECT_EQ(body, text(2));
  }
}

// Messages around the blocks and chunks of hash and cipher, each first changed in a place and refused: what came is
// there again, and the conversation goes on.
TEST_P(EachForm, AnyLengthComesBackAndGoesOn) {
  Pair pair(GetParam());
  for (std::uint32_t size = 1; size < 300; size += size < 140 ? 1 : 7) {
    Bytes clear(size);
    for (std::uint32_t i = 0; i < size; ++i) clear[i] = static_cast<std::uint8_t>(i * 7 + size);
    Sealed sealed = pair.seal(clear, size);
    Sealed changed = sealed;
    changed.data[size / 2] ^= 1;
    const Bytes came = changed.data;
    ASSERT_EQ(pair.unseal(changed, size), SEC_E_MESSAGE_ALTERED) << size;
    ASSERT_EQ(changed.data, came) << size;
    ASSERT_EQ(pair.unseal(sealed, size), SEC_E_OK) << size;
    ASSERT_EQ(sealed.data, clear) << size;
  }
}

TEST(Packed, GoesOnWhereItWas) {
  for (const std::uint32_t flags :
       {with_key_exchange, without_key_exchange, old_form, with_key_exchange | flag::datagram}) {
    Pair pair(flags);
    Sealed first = pair.seal(text(0));
    ASSERT_EQ(pair.unseal(first), SEC_E_OK);
    auto client = unpack_session(pack(pair.client).reveal());
    auto server = unpack_session(pack(pair.server).reveal());
    ASSERT_TRUE(client && server);
    EXPECT_EQ(client->flags(), flags);
    EXPECT_EQ(client->role(), Sender::initiator);
    EXPECT_EQ(server->role(), Sender::acceptor);
    EXPECT_EQ(hex(server->exported_session_key().reveal()), hex(key.reveal()));
    pair.client = *client;
    pair.server = *server;
    Sealed second = pair.seal(text(1));
    EXPECT_EQ(pair.unseal(second), SEC_E_OK);
    EXPECT_EQ(second.data, text(1));
  }
}

// Before its first byte a key stream is none yet, and after SPNEGO's mechListMIC it is none again.
TEST(Packed, BeginsWhereItHadNotBegun) {
  Pair pair(with_key_exchange);
  for (int round = 0; round < 2; ++round) {
    pair.client = *unpack_session(pack(pair.client).reveal());
    pair.server = *unpack_session(pack(pair.server).reveal());
    Sealed sealed = pair.seal(text(7));
    EXPECT_EQ(pair.unseal(sealed), SEC_E_OK);
    EXPECT_EQ(sealed.data, text(7));
    pair.client.restart_key_stream(Session::Protected::by_us);
    pair.server.restart_key_stream(Session::Protected::by_peer);
  }
  const PackedSession packed = pack(pair.client);
  const Bytes bytes(packed.reveal().begin(), packed.reveal().end());
  ASSERT_TRUE(unpack_session(bytes));
  for (const std::size_t place : {40, 40 + 255, 40 + 256, 40 + 257}) {
    Bytes bad = bytes;
    bad[place] = 1;
    EXPECT_FALSE(unpack_session(bad)) << "a place in a stream that has not begun: " << place;
  }
}

TEST(Packed, AnythingElseIsMalformed) {
  Pair both(with_key_exchange);
  SignatureBytes signature;
  Sealed first = both.seal(text(0));
  ASSERT_EQ(both.unseal(first), SEC_E_OK);
  ASSERT_EQ(both.server.sign({}, signature), SEC_E_OK);
  const PackedSession good = pack(both.server);
  const Bytes bytes(good.reveal().begin(), good.reveal().end());
  ASSERT_TRUE(unpack_session(bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    ASSERT_FALSE(unpack_session(ByteView(bytes).first(size))) << size;
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(unpack_session(longer));
  const auto refuses = [&](std::size_t place, std::uint8_t value) {
    Bytes bad = bytes;
    bad[place] = value;
    const auto read = unpack_session(bad);
    return !read && read.error() == SEC_E_INVALID_TOKEN;
  };
  EXPECT_TRUE(refuses(0, 'X')) << "marker";
  EXPECT_TRUE(refuses(4, 1)) << "version";
  EXPECT_TRUE(refuses(4, 3)) << "version";
  EXPECT_TRUE(refuses(12, 2)) << "role";
  EXPECT_TRUE(refuses(36, 2)) << "a number beyond the last";
  EXPECT_TRUE(refuses(40, bytes[41])) << "no permutation";
  EXPECT_TRUE(refuses(32 + 266 + 8, bytes[32 + 266 + 9])) << "nor here";
  const PackedSession packed_old = pack(Session(old_form, Sender::acceptor, key));
  Bytes old(packed_old.reveal().begin(), packed_old.reveal().end());
  ASSERT_TRUE(unpack_session(old));
  old.back() = 1;
  EXPECT_FALSE(unpack_session(old)) << "the room of a second stream is empty";
}

}  // namespace
}  // namespace msv1_0
