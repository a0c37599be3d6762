// The one-way functions and responses against the examples of [MS-NLMP] 4.2.
#include <gtest/gtest.h>

#include "crypto/hex.hpp"
#include "crypto/ntlm_response.hpp"

namespace openlsa::crypto {
namespace {

using test::hex;

const Challenge server_challenge = test::array<8>("0123456789abcdef");
const Challenge client_challenge = test::array<8>("aaaaaaaaaaaaaaaa");

TEST(NtlmFunctions, OneWayFunctions) {
  EXPECT_EQ(hex(nt_owf(u"Password").reveal()), "a4f49c406510bdcab6824ee7c30fd852");   // 4.2.2.1.2
  EXPECT_EQ(hex(lm_owf(u"Password")->reveal()), "e52cac67419a9a224a3b108f3fa6cb6d");  // 4.2.2.1.1
  EXPECT_EQ(hex(nt_owf_v2(nt_owf(u"Password"), u"User", u"Domain").reveal()), "0c868a403bfd7a93a3001ef22ef02e3f");
}

// What every tool that reads account databases knows as "no password".
TEST(NtlmFunctions, TheEmptyPassword) {
  EXPECT_EQ(hex(nt_owf(u"").reveal()), "31d6cfe0d16ae931b73c59d7e0c089c0");
  EXPECT_EQ(hex(lm_owf(u"")->reveal()), "aad3b435b51404eeaad3b435b51404ee");
}

TEST(NtlmFunctions, NoLmHashOfLongOrForeignPasswords) {
  EXPECT_TRUE(lm_owf(u"12345678901234"));
  EXPECT_FALSE(lm_owf(u"123456789012345"));
  EXPECT_FALSE(lm_owf(u"p\u00e4ssword"));
}

TEST(NtlmFunctions, TheUserCountsInUpperCaseAndTheDomainAsItIs) {
  const Owf nt = nt_owf(u"Password");
  const std::string key = hex(nt_owf_v2(nt, u"User", u"Domain").reveal());
  EXPECT_EQ(hex(nt_owf_v2(nt, u"uSER", u"Domain").reveal()), key);
  EXPECT_NE(hex(nt_owf_v2(nt, u"User", u"DOMAIN").reveal()), key);
  EXPECT_EQ(hex(nt_owf_v2(nt, u"m\u00fcller", u"d").reveal()), hex(nt_owf_v2(nt, u"M\u00dcLLER", u"d").reveal()));
  // A name of many pieces is the same as in one.
  const std::u16string lower(200, u'x'), upper(200, u'X');
  EXPECT_EQ(hex(nt_owf_v2(nt, lower, u"d").reveal()), hex(nt_owf_v2(nt, upper, u"d").reveal()));
}

TEST(NtlmFunctions, UpperCase) {
  EXPECT_EQ(to_upper(u"az{\u00e4\u00ff\u0101\u03b1\u0436\uff41"), u"AZ{\u00c4\u0178\u0100\u0391\u0416\uff21");
  EXPECT_EQ(to_upper(u"AZ[\u00c4\u00df\u0100\u4e00\U0001f600"), u"AZ[\u00c4\u00df\u0100\u4e00\U0001f600");
  EXPECT_EQ(to_upper(u"\u0131\u017f"), u"\u0131\u017f") << "they would become I and S, names of others";
  for (unsigned unit = 0; unit < 0x10000; ++unit) {
    const char16_t upper = to_upper(static_cast<char16_t>(unit));
    ASSERT_EQ(to_upper(upper), upper) << std::hex << unit;
    if (unit >= 0x80) {
      ASSERT_GE(static_cast<unsigned>(upper), 0x80u) << std::hex << unit;
    }
  }
}

TEST(NtlmFunctions, Ntlmv1Responses) {
  const Owf nt = nt_owf(u"Password"), lm = *lm_owf(u"Password");
  EXPECT_EQ(hex(ntlmv1_response(nt, server_challenge)),
            "67c43011f30298a2ad35ece64f16331c44bdbed927841f94");  // 4.2.2.2.1
  EXPECT_EQ(hex(ntlmv1_response(lm, server_challenge)),
            "98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13");                             // 4.2.2.2.2
  EXPECT_EQ(hex(ntlmv1_session_base_key(nt).reveal()), "d87262b0cde4b1cb7499becccdf10784");  // 4.2.2.1.3
  const Challenge both = ntlm2_session_challenge(server_challenge, client_challenge);
  EXPECT_EQ(hex(ntlmv1_response(nt, both)), "7537f803ae367128ca458204bde7caf81e97ed2683267232");  // 4.2.3.2.2
}

TEST(NtlmFunctions, Ntlmv2Responses) {
  const Owf key = nt_owf_v2(nt_owf(u"Password"), u"User", u"Domain");
  const test::Bytes blob =
      hex("01010000 00000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000"
          "0200 0c00 44006f006d00610069006e00 0100 0c00 530065007200760065007200 0000 0000 00000000");
  const Ntlmv2Proof proof = ntlmv2_proof(key, server_challenge, blob);
  EXPECT_EQ(hex(proof.proof), "68cd0ab851e51c96aabc927bebef6a1c");                      // 4.2.4.2.2
  EXPECT_EQ(hex(proof.session_base_key.reveal()), "8de40ccadbc14a82f15cb0ad0de95ca3");  // 4.2.4.1.2
  EXPECT_EQ(hex(ntlmv2_proof(key, server_challenge, client_challenge).proof), "86c35097ac9cec102554764a57cccc19");
}

}  // namespace
}  // namespace openlsa::crypto
