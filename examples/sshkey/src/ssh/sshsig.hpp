// SSHSIG, the signature format of ssh-keygen -Y (OpenSSH, PROTOCOL.sshsig). We use one profile of it: version 1, hash
// sha512, empty reserved field, our own namespace.
#pragma once

#include "ssh/public_key.hpp"

namespace sshkey {

inline constexpr std::string_view logon_namespace = "logon@sshkey.openlsa";
inline constexpr std::size_t max_sshsig = 1024;

// What the key signs for `message`: "SSHSIG", namespace, reserved, hash name, SHA-512 of the message.
Bytes sshsig_to_be_signed(std::string_view name_space, View message);
// The whole signature blob around an SSH signature blob that the agent gave.
Bytes sshsig_encode(View public_key_blob, std::string_view name_space, View signature_blob);
// PEM-like armour, the file form that ssh-keygen -Y verify reads.
std::string sshsig_armor(View sshsig);

enum class SshsigError { malformed, wrong_namespace, wrong_hash, wrong_key, bad_signature };
// Checks that `sshsig` is a signature by `key` over `message` in our namespace. A signature by another key, under
// another namespace or hash, or without the SSHSIG frame is not one.
std::expected<void, SshsigError> sshsig_verify(View sshsig, const PublicKey& key, View message);

}  // namespace sshkey
