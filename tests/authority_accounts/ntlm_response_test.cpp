// What a response says of a key, with the values of [MS-NLMP] 4.2.
#include "authority/accounts/ntlm_response.hpp"

#include <gtest/gtest.h>
#include <openlsa/openlsa.h>

#include "authority_accounts/store_fixture.hpp"
#include "crypto/hex.hpp"

namespace openlsa::authority {
namespace {

using openlsa::test::hex;

constexpr std::uint32_t every_kind = OPENLSA_RESPONSE_NTLM_V2 | OPENLSA_RESPONSE_NTLM_V1;

// 4.2.1: user "User" of "Domain" with the password "Password"; the server's challenge.
struct Specification {
  NtKey key = key_of("Password");
  NtlmResponse response{.user_name = u"User",
                        .domain_name = u"Domain",
                        .challenge = {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef},
                        .accepted = every_kind};
};

// 4.2.4.1.3, 4.2.4.2.2: NTProofStr and temp.
const char* const ntlmv2 =
    "68cd0ab851e51c96aabc927bebef6a1c"
    "01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e00"
    "01000c005300650072007600650072000000000000000000";
// 4.2.4.2.1
const char* const lmv2 = "86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa";
// 4.2.2.2.1
const char* const ntlmv1 = "67c43011f30298a2ad35ece64f16331c44bdbed927841f94";

TEST(NtlmResponse, OfVersion2GivesItsSessionBaseKey) {
  Specification given;
  const auto bytes = hex(ntlmv2);
  given.response.nt_response = bytes;
  const auto keys = verify_response(given.key, given.response);
  ASSERT_TRUE(keys);
  // 4.2.4.1.2: SessionBaseKey
  EXPECT_TRUE(base::equal(keys->session_base_key.reveal(), hex("8de40ccadbc14a82f15cb0ad0de95ca3")));
  EXPECT_EQ(keys->user_flags, LOGON_NTLMV2_ENABLED | LOGON_NTLM_V2);
  given.response.accepted = OPENLSA_RESPONSE_NTLM_V1;
  EXPECT_FALSE(verify_response(given.key, given.response));
  EXPECT_FALSE(given.response.has_accepted());
}

TEST(NtlmResponse, OfVersion1IsTakenWherePolicyTakesIt) {
  Specification given;
  const auto bytes = hex(ntlmv1);
  given.response.nt_response = bytes;
  const auto keys = verify_response(given.key, given.response);
  ASSERT_TRUE(keys);
  // 4.2.2.1.3: SessionBaseKey
  EXPECT_TRUE(base::equal(keys->session_base_key.reveal(), hex("d87262b0cde4b1cb7499becccdf10784")));
  given.response.accepted = OPENLSA_RESPONSE_NTLM_V2;
  EXPECT_FALSE(verify_response(given.key, given.response));
}

TEST(NtlmResponse, EachBitOfItCounts) {
  for (const char* text : {ntlmv2, ntlmv1}) {
    Specification given;
    auto bytes = hex(text);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      given.response.nt_response = bytes;
      EXPECT_FALSE(verify_response(given.key, given.response)) << bit;
      bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    }
  }
}

// N-12. 3.3.2 makes SessionBaseKey of NTProofStr; an LMv2 response has none. The real one of 4.2.4 is no proof, whether
// it stands where an NT response should, or where it belongs (which the authority does not look at).
TEST(NtlmResponse, AnLmv2ResponseAloneIsNoProof) {
  Specification given;
  const auto bytes = hex(lmv2);
  EXPECT_FALSE(given.response.has_accepted());
  EXPECT_FALSE(verify_response(given.key, given.response));
  given.response.nt_response = bytes;
  EXPECT_FALSE(verify_response(given.key, given.response));
}

// N-08
TEST(NtlmResponse, OfAnyOtherLengthIsNone) {
  Specification given;
  const base::Bytes bytes(65535, 1);
  for (const std::size_t size : {0u, 1u, 23u, 25u, 43u, 44u, 45u, 65535u}) {
    given.response.nt_response = base::ByteView(bytes).first(size);
    EXPECT_FALSE(verify_response(given.key, given.response)) << size;
    EXPECT_EQ(given.response.has_accepted(), size >= 44) << size;
  }
}

}  // namespace
}  // namespace openlsa::authority
