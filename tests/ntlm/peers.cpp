#include "peers.hpp"

#include "ntlm/text.hpp"

namespace msv1_0::test {

SECURITY_STATUS Account::ntlmv2(const crypto::Challenge& server, ByteView blob, crypto::Ntlmv2Proof& proof) {
  proof = crypto::ntlmv2_proof(crypto::nt_owf_v2(crypto::nt_owf(password), user, domain), server, blob);
  return refusal;
}

SECURITY_STATUS Account::ntlmv1(const crypto::Challenge& server, const crypto::Challenge& nt_challenge, bool want_lm,
                                V1& out) {
  const crypto::Owf nt = crypto::nt_owf(password);
  out.nt = crypto::ntlmv1_response(nt, nt_challenge);
  out.session_base_key = crypto::ntlmv1_session_base_key(nt);
  if (!want_lm || !has_lm) return refusal;
  const crypto::Owf lm = *crypto::lm_owf(password);
  out.lm = crypto::ntlmv1_response(lm, server);
  out.lm_owf_start = crypto::Wiped<8>(lm.reveal().first<8>());
  return refusal;
}

SECURITY_STATUS Account::verify(const CredentialQuestion& question, CredentialAnswer& answer) {
  ++questions;
  last = question;
  if (refusal != SEC_E_OK) return refusal;
  answer.guest = let_in_as_guest;
  if (let_in_as_guest) return SEC_E_OK;
  if (!same_name(question.user, user)) return SEC_E_LOGON_DENIED;
  const crypto::Owf nt = crypto::nt_owf(password);
  const auto lm = crypto::lm_owf(password);
  if (lm) answer.lm_owf_start = crypto::Wiped<8>(lm->reveal().first<8>());
  if (question.kind == ResponseKind::ntlmv2) {
    const crypto::Owf key = crypto::nt_owf_v2(nt, question.user, question.domain);
    const auto proof = crypto::ntlmv2_proof(key, question.challenge, question.nt_response.subspan(proof_bytes));
    answer.session_base_key = proof.session_base_key;
    return crypto::equal_constant_time(proof.proof, question.nt_response.first(proof_bytes)) ? SEC_E_OK
                                                                                             : SEC_E_LOGON_DENIED;
  }
  answer.session_base_key = crypto::ntlmv1_session_base_key(nt);
  const bool by_lm = question.kind == ResponseKind::lm;
  const auto expected = crypto::ntlmv1_response(by_lm ? *lm : nt, question.challenge);
  return crypto::equal_constant_time(expected, by_lm ? question.lm_response : question.nt_response)
             ? SEC_E_OK
             : SEC_E_LOGON_DENIED;
}

InitiatorConfig client_config(std::uint32_t wanted) {
  InitiatorConfig config;
  config.user = u"User";
  config.domain = u"Domain";
  config.workstation = u"COMPUTER";
  config.target_name = u"host/server.example";
  config.wanted = wanted;
  return config;
}

AcceptorConfig server_config() {
  AcceptorConfig config;
  config.nb_computer_name = u"SERVER";
  config.nb_domain_name = u"EXAMPLE";
  config.dns_computer_name = u"server.example";
  config.dns_domain_name = u"example";
  config.dns_tree_name = u"example";
  return config;
}

LegInputs client_inputs() {
  return {now, array<8>("aaaaaaaaaaaaaaaa"), Key(array<16>("55555555555555555555555555555555"))};
}
LegInputs server_inputs() { return {now, array<8>("0123456789abcdef"), {}}; }

bool Handshake::send_negotiate() {
  initiator.emplace(client);
  acceptor.emplace(server);
  client_status = initiator->step({}, client_leg, account, negotiate);
  return client_status == SEC_I_CONTINUE_NEEDED;
}
bool Handshake::send_challenge() {
  server_status = acceptor->step(negotiate, server_leg, account, challenge);
  return server_status == SEC_I_CONTINUE_NEEDED;
}
bool Handshake::send_authenticate() {
  client_status = initiator->step(challenge, client_leg, account, authenticate);
  return client_status == SEC_E_OK;
}
SECURITY_STATUS Handshake::finish() {
  Bytes nothing;
  LegInputs leg = server_leg;
  leg.now += server_late;
  return server_status = acceptor->step(authenticate, leg, account, nothing);
}
SECURITY_STATUS Handshake::run() {
  if (!send_negotiate()) return client_status;
  if (!send_challenge()) return server_status;
  if (!send_authenticate()) return client_status;
  return finish();
}

}  // namespace msv1_0::test
