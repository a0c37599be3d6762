// The tokens of SPNEGO, against what SMB servers send, and against what nobody may send (S-01, S-03, S-06).
#include "client/negotiate/neg_token.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "client/negotiate/der.hpp"
#include "client/negotiate/object_identifier.hpp"
#include "client_negotiate/hex.hpp"

namespace openlsa::client::negotiate {
namespace {

// Windows 10's answer to an SMB2 NEGOTIATE: NegoEx and NTLM.
const base::Bytes& windows_list() {
  static const base::Bytes& bytes =
      *new base::Bytes(hex("60 28 06 06 2b 06 01 05 05 02 a0 1e 30 1c a0 1a 30 18 06 0a 2b 06 01 04 01 82 37 02 02 1e"
                           "06 0a 2b 06 01 04 01 82 37 02 02 0a"));
  return bytes;
}

// A server with NTLM alone, with the hint of [MS-SPNG] 2.2.1.
const base::Bytes& hints_of_server() {
  static const base::Bytes& bytes = *new base::Bytes(
      hex("60 48 06 06 2b 06 01 05 05 02 a0 3e 30 3c a0 0e 30 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a a3 2a 30 28 a0 26"
          "1b 24 6e 6f 74 5f 64 65 66 69 6e 65 64 5f 69 6e 5f 52 46 43 34 31 37 38 40 70 6c 65 61 73 65 5f 69 67 6e 6f"
          "72 65"));
  return bytes;
}

TEST(NegTokenInit, OfAWindowsServer) {
  const auto init = read_neg_token_init(windows_list());
  ASSERT_TRUE(init);
  ASSERT_EQ(init->mechanisms.size(), 2u);
  EXPECT_TRUE(base::equal(init->mechanisms[1], ntlm_identifier));
  EXPECT_EQ(init->mechanism_list.size(), 26u) << "with its tag: mechListMIC is made over it";
  EXPECT_FALSE(init->token || init->mic || init->has_hints);
  EXPECT_EQ(write_neg_token_init(init->mechanism_list, {}), windows_list());
}

TEST(NegTokenInit2, HasHints) {
  const auto init = read_neg_token_init(hints_of_server());
  ASSERT_TRUE(init);
  EXPECT_TRUE(init->has_hints);
  EXPECT_FALSE(init->mic);
  EXPECT_EQ(write_neg_hints(init->mechanism_list), hints_of_server());
}

TEST(NegTokenInit, TellsAMicFromHints) {
  const base::Bytes list = make_mechanism_list({ntlm_identifier});
  base::Bytes members = make_der(der_context_tag(0), list), inner;
  append_der(members, der_context_tag(3), hex("04 02 01 02"));
  inner = make_der(DerTag::object_identifier, spnego_identifier);
  append_der(inner, der_context_tag(0), make_der(DerTag::sequence, members));
  const base::Bytes token = make_der(DerTag::application_0, inner);
  const auto init = read_neg_token_init(token);
  ASSERT_TRUE(init);
  EXPECT_TRUE(init->mic);
  EXPECT_FALSE(init->has_hints);
}

TEST(NegTokenResp, OfServers) {
  const base::Bytes completed = hex("a1 07 30 05 a0 03 0a 01 00");
  const auto last = read_neg_token_resp(completed);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->state, NegState::accept_completed);
  EXPECT_EQ(write_neg_token_resp(*last), completed);
  const base::Bytes with_mic =
      hex("a1 1b 30 19 a0 03 0a 01 00 a3 12 04 10 01 00 00 00 43 52 7f b0 32 31 2a b6 00 00 00 00");
  const auto mic = read_neg_token_resp(with_mic);
  ASSERT_TRUE(mic && mic->mic);
  EXPECT_EQ(mic->mic->size(), 16u);
  EXPECT_EQ(write_neg_token_resp(*mic), with_mic);
}

TEST(NegToken, NoPrefixAndNoExtensionOfATokenIsOne) {
  for (const base::Bytes& whole : {windows_list(), hints_of_server()}) {
    for (std::size_t size = 0; size < whole.size(); ++size)
      EXPECT_FALSE(read_neg_token_init(base::ByteView(whole).first(size))) << size;
    base::Bytes more = whole;
    more.push_back(0);
    EXPECT_FALSE(read_neg_token_init(more));
  }
  EXPECT_FALSE(read_neg_token_resp(hex("a1 07 30 05 a0 03 0a 01 00 00")));
  EXPECT_FALSE(read_neg_token_resp(hex("a1 07 30 05 a0 03 0a 01")));
}

TEST(NegTokenResp, RefusesUnsoundMembers) {
  for (const char* bad : {"a1 07 30 05 a0 03 0a 01 04", "a1 08 30 06 a0 04 0a 02 00 00", "a1 06 30 04 a0 02 0a 00",
                          "a1 07 30 05 a0 03 02 01 00", "a1 0e 30 0c a2 03 04 01 00 a0 05 0a 01 00 00 00",
                          "a1 06 30 04 a1 02 06 00", "a1 80 30 80 00 00 00 00"})
    EXPECT_FALSE(read_neg_token_resp(hex(bad))) << bad;
}

base::Bytes init_of(const std::vector<base::ByteView>& mechanisms) {
  return write_neg_token_init(make_mechanism_list(mechanisms), base::as_bytes("token"));
}

TEST(MechTypeList, IsBoundedAndHasNobodyTwice) {
  EXPECT_FALSE(read_neg_token_init(init_of({})));
  EXPECT_TRUE(read_neg_token_init(init_of({ntlm_identifier})));
  EXPECT_FALSE(read_neg_token_init(init_of({ntlm_identifier, kerberos_identifier, ntlm_identifier})));
  EXPECT_FALSE(read_neg_token_init(init_of({ntlm_identifier, spnego_identifier}))) << "S-06";
  EXPECT_FALSE(read_neg_token_init(init_of({hex("2b 80 01")})));
  std::vector<base::Bytes> names;
  for (std::uint8_t i = 0; i < 64; ++i) names.push_back({0x2b, i});
  std::vector<base::ByteView> many(names.begin(), names.end());
  EXPECT_TRUE(read_neg_token_init(init_of(many)));
  many.push_back(ntlm_identifier);
  EXPECT_FALSE(read_neg_token_init(init_of(many)));
}

TEST(MechTypeList, TenThousandAreRefusedAtOnce) {
  const std::vector<base::ByteView> same(10000, ntlm_identifier);
  const base::Bytes token = init_of(same);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(read_neg_token_init(token));
}

TEST(InitialToken, NamesItsMechanism) {
  base::Bytes inner = make_der(DerTag::object_identifier, kerberos_identifier);
  inner.insert(inner.end(), {1, 0, 0x6e});
  const base::Bytes token = make_der(DerTag::application_0, inner);
  EXPECT_TRUE(base::equal(identifier_of_initial_token(token).value(), kerberos_identifier));
  EXPECT_FALSE(identifier_of_initial_token(base::as_bytes("NTLMSSP")));
}

}  // namespace
}  // namespace openlsa::client::negotiate
