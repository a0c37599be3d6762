#include "ssh/sshsig.hpp"

#include "core/wire.hpp"

namespace sshkey {
namespace {

constexpr std::string_view magic = "SSHSIG";
constexpr std::uint32_t version = 1;
constexpr std::string_view hash_name = "sha512";

}  // namespace

Bytes sshsig_to_be_signed(std::string_view name_space, View message) {
  Writer writer;
  writer.raw(magic).string(name_space).string(View{}).string(hash_name).string(sha512(message));
  return writer.take();
}

Bytes sshsig_encode(View public_key_blob, std::string_view name_space, View signature_blob) {
  Writer writer;
  writer.raw(magic).u32(version).string(public_key_blob).string(name_space).string(View{});
  writer.string(hash_name).string(signature_blob);
  return writer.take();
}

std::string sshsig_armor(View sshsig) {
  const std::string text = base64_encode(sshsig);
  std::string armored = "-----BEGIN SSH SIGNATURE-----\n";
  for (std::size_t i = 0; i < text.size(); i += 70) armored += text.substr(i, 70) + "\n";
  return armored + "-----END SSH SIGNATURE-----\n";
}

std::expected<void, SshsigError> sshsig_verify(View sshsig, const PublicKey& key, View message) {
  Reader reader(sshsig);
  const View preamble = reader.raw(magic.size());
  const std::uint32_t found_version = reader.u32();
  const View key_blob = reader.string(max_key_blob);
  const View name_space = reader.string(256);
  const View reserved = reader.string(256);
  const View hash = reader.string(16);
  const View signature = reader.string(max_signature_blob);
  // PROTOCOL.sshsig tells verifiers to ignore `reserved`; our own signatures leave it empty, and one accepted form is
  // enough.
  if (!reader.finished() || !equal(preamble, view_of(magic)) || found_version != version || !reserved.empty())
    return std::unexpected(SshsigError::malformed);
  if (!equal(name_space, view_of(logon_namespace))) return std::unexpected(SshsigError::wrong_namespace);
  if (!equal(hash, view_of(hash_name))) return std::unexpected(SshsigError::wrong_hash);
  if (!equal(key_blob, key.blob())) return std::unexpected(SshsigError::wrong_key);
  if (!key.verify(sshsig_to_be_signed(logon_namespace, message), signature))
    return std::unexpected(SshsigError::bad_signature);
  return {};
}

}  // namespace sshkey
