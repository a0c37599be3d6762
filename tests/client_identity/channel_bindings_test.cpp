#include "client/memory/client_buffers.hpp"
#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

// Bindings as QueryContextAttributes gives them: an acceptor's address and data behind the header.
base::Bytes bindings_by_hand() {
  SEC_CHANNEL_BINDINGS header{};
  header.dwAcceptorAddrType = 2;
  header.cbAcceptorLength = 4;
  header.dwAcceptorOffset = sizeof header;
  header.cbApplicationDataLength = 10;
  header.dwApplicationDataOffset = sizeof header + 4;
  constexpr std::string_view data = "addrtls-unique";
  base::Bytes bytes(sizeof header + data.size());
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + sizeof header, data.data(), data.size());
  return bytes;
}

class Queried {
 public:
  explicit Queried(const base::Bytes& bytes) {
    void* block = allocate_buffer(bytes.size(), FreedBy::free_context_buffer);
    std::memcpy(block, bytes.data(), bytes.size());
    bindings.Bindings = static_cast<SEC_CHANNEL_BINDINGS*>(block);
    bindings.BindingsLength = static_cast<ULONG>(bytes.size());
  }
  ~Queried() { free_if_buffer(bindings.Bindings, FreedBy::free_context_buffer); }
  Queried(const Queried&) = delete;
  Queried& operator=(const Queried&) = delete;

  SEC_CHANNEL_BINDINGS_EX& ex() { return *reinterpret_cast<SEC_CHANNEL_BINDINGS_EX*>(bindings.Bindings); }
  std::string_view part(ULONG offset, ULONG length) const {
    return {reinterpret_cast<const char*>(bindings.Bindings) + offset, length};
  }
  SecPkgContext_Bindings bindings{};
};

TEST(ChannelBindingFlags, MakeTheExtendedFormOfTheSameBindings) {
  Queried queried(bindings_by_hand());
  void* const old = queried.bindings.Bindings;
  ASSERT_EQ(SspiSetChannelBindingFlags(&queried.bindings, SEC_CHANNEL_BINDINGS_AUDIT_BINDINGS), SEC_E_OK);
  EXPECT_EQ(queried.bindings.BindingsLength, 16 + bindings_by_hand().size());
  EXPECT_EQ(queried.ex().magicNumber, ULONG{SEC_CHANNEL_BINDINGS_EX_MAGIC});
  EXPECT_EQ(queried.ex().flags, ULONG{SEC_CHANNEL_BINDINGS_AUDIT_BINDINGS});
  EXPECT_EQ(queried.ex().cbHeaderLength, sizeof(SEC_CHANNEL_BINDINGS_EX));
  EXPECT_EQ(queried.ex().cbStructureLength, queried.bindings.BindingsLength);
  EXPECT_EQ(queried.ex().dwAcceptorAddrType, 2u);
  EXPECT_EQ(queried.part(queried.ex().dwAcceptorOffset, queried.ex().cbAcceptorLength), "addr");
  EXPECT_EQ(queried.part(queried.ex().dwApplicationDataOffset, queried.ex().cbApplicationDataLength), "tls-unique");
  EXPECT_EQ(queried.ex().cbInitiatorLength, 0u);
  EXPECT_EQ(buffer_size(queried.bindings.Bindings), queried.bindings.BindingsLength);
  EXPECT_TRUE(old == queried.bindings.Bindings || !buffer_size(old)) << "the old block is gone";
}

TEST(ChannelBindingFlags, CanBeSetAgain) {
  Queried queried(bindings_by_hand());
  ASSERT_EQ(SspiSetChannelBindingFlags(&queried.bindings, SEC_CHANNEL_BINDINGS_AUDIT_BINDINGS), SEC_E_OK);
  void* const block = queried.bindings.Bindings;
  ASSERT_EQ(SspiSetChannelBindingFlags(&queried.bindings, 0), SEC_E_OK);
  EXPECT_EQ(queried.bindings.Bindings, block);
  EXPECT_EQ(queried.ex().flags, 0u);
  queried.ex().cbStructureLength += 1;
  EXPECT_EQ(SspiSetChannelBindingFlags(&queried.bindings, 1), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(queried.ex().flags, 0u);
}

TEST(ChannelBindingFlags, LeaveTheApplicationsMemoryAlone) {
  const base::Bytes bytes = bindings_by_hand();
  const AtEndOfPage memory(bytes);
  SecPkgContext_Bindings bindings{static_cast<ULONG>(bytes.size()), static_cast<SEC_CHANNEL_BINDINGS*>(memory.get())};
  ASSERT_EQ(SspiSetChannelBindingFlags(&bindings, 1), SEC_E_OK);
  EXPECT_NE(static_cast<void*>(bindings.Bindings), memory.get());
  EXPECT_EQ(memory.bytes(), bytes);
  EXPECT_TRUE(free_buffer(bindings.Bindings, FreedBy::free_context_buffer));
}

TEST(ChannelBindingFlags, AreRefusedForBindingsThatLie) {
  const base::Bytes good = bindings_by_hand();
  const auto refused = [&](base::Bytes bytes) {
    const AtEndOfPage memory(bytes);
    SecPkgContext_Bindings bindings{static_cast<ULONG>(bytes.size()), static_cast<SEC_CHANNEL_BINDINGS*>(memory.get())};
    const SECURITY_STATUS status = SspiSetChannelBindingFlags(&bindings, 1);
    EXPECT_TRUE(status != SEC_E_OK || free_buffer(bindings.Bindings, FreedBy::free_context_buffer));
    return status == SEC_E_INVALID_PARAMETER;
  };
  const auto with = [&](std::size_t offset, ULONG value) {
    base::Bytes bytes = good;
    poke(bytes, offset, value);
    return bytes;
  };
  EXPECT_FALSE(refused(good));
  EXPECT_TRUE(refused(with(offsetof(SEC_CHANNEL_BINDINGS, dwAcceptorOffset), 4)));
  EXPECT_TRUE(refused(with(offsetof(SEC_CHANNEL_BINDINGS, dwApplicationDataOffset), 0xfffffff8)));
  EXPECT_TRUE(refused(with(offsetof(SEC_CHANNEL_BINDINGS, cbApplicationDataLength), 11)));
  EXPECT_TRUE(refused(with(offsetof(SEC_CHANNEL_BINDINGS, cbInitiatorLength), 1)));
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_TRUE(refused(base::to_bytes(base::ByteView(good).first(size)))) << size;
  // Any byte changed: refused or sound, and never beyond the bindings.
  for (std::size_t at = 0; at < good.size(); ++at) {
    base::Bytes bytes = good;
    bytes[at] ^= 0xff;
    refused(bytes);
  }
  Queried queried(good);
  EXPECT_EQ(SspiSetChannelBindingFlags(nullptr, 1), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiSetChannelBindingFlags(&queried.bindings, 2), SEC_E_INVALID_PARAMETER) << "no such flag";
  queried.bindings.BindingsLength += 1;
  EXPECT_EQ(SspiSetChannelBindingFlags(&queried.bindings, 1), SEC_E_INVALID_PARAMETER) << "longer than its block";
  queried.bindings.BindingsLength -= 1;
  SecPkgContext_Bindings none{32, nullptr};
  EXPECT_EQ(SspiSetChannelBindingFlags(&none, 1), SEC_E_INVALID_PARAMETER);
}

}  // namespace
}  // namespace openlsa::client
