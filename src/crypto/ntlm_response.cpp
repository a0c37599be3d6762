#include "crypto/ntlm_response.hpp"

#include "crypto/des.hpp"
#include "crypto/hmac_md5.hpp"
#include "crypto/md4.hpp"

namespace openlsa::crypto {

Ntlmv2Proof ntlmv2_proof(const Owf& owf_v2, const Challenge& server, ByteView blob) {
  const HmacMd5Key key(owf_v2.reveal());
  Ntlmv2Proof result;
  Md5 inner = key.begin();
  inner.update(server);
  inner.update(blob);
  result.proof = key.finish(inner);
  inner = key.begin();
  inner.update(result.proof);
  Digest session = key.finish(inner);
  result.session_base_key = Wiped<16>(session);
  wipe(session);
  return result;
}

Response24 ntlmv1_response(const Owf& owf, const Challenge& challenge) { return desl(owf.reveal(), challenge); }

Wiped<16> ntlmv1_session_base_key(const Owf& nt) {
  Digest digest = Md4::of(nt.reveal());
  const Wiped<16> key{digest};
  wipe(digest);
  return key;
}

Challenge ntlm2_session_challenge(const Challenge& server, const Challenge& client) {
  Md5 hash;
  hash.update(server);
  hash.update(client);
  const Digest digest = hash.finish();
  Challenge both;
  std::memcpy(both.data(), digest.data(), both.size());
  return both;
}

}  // namespace openlsa::crypto
