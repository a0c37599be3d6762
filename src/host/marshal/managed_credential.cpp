#include "host/marshal/managed_credential.hpp"

#include <algorithm>
#include <cstring>

#include "host/lsa_heap.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::marshal {
namespace {

constexpr std::size_t alignment = alignof(ENCRYPTED_CREDENTIALW);

std::size_t aligned(std::size_t size) { return (size + alignment - 1) / alignment * alignment; }

// The pieces of a structure behind it, in one block.
class Block {
 public:
  Block(void* memory, std::size_t head_bytes) : next_(static_cast<std::uint8_t*>(memory) + aligned(head_bytes)) {}

  static std::size_t size_of(const seam::OptionalText& text) {
    return text ? aligned((text->size() + 1) * sizeof(char16_t)) : 0;
  }
  static std::size_t size_of(std::size_t bytes) { return aligned(bytes); }

  // The memory is zeroed: a terminating null is there.
  PWSTR place(const seam::OptionalText& text) {
    return text ? static_cast<PWSTR>(place(text->data(), text->size() * sizeof(char16_t), size_of(text))) : nullptr;
  }
  PUCHAR place(base::ByteView bytes) {
    return bytes.empty() ? nullptr : static_cast<PUCHAR>(place(bytes.data(), bytes.size(), size_of(bytes.size())));
  }
  void* place_array(std::size_t bytes) { return place(nullptr, 0, size_of(bytes)); }

 private:
  void* place(const void* data, std::size_t size, std::size_t taken) {
    void* at = next_;
    if (size != 0) std::memcpy(at, data, size);
    next_ += taken;
    return at;
  }
  std::uint8_t* next_;
};

std::size_t size_of(const seam::Credential& credential) {
  std::size_t size = Block::size_of(sizeof(ENCRYPTED_CREDENTIALW)) + Block::size_of(credential.target_name) +
                     Block::size_of(credential.comment) + Block::size_of(credential.target_alias) +
                     Block::size_of(credential.user_name) + Block::size_of(credential.blob.size()) +
                     Block::size_of(credential.attributes.size() * sizeof(CREDENTIAL_ATTRIBUTEW));
  for (const seam::CredentialAttribute& attribute : credential.attributes)
    size += Block::size_of(attribute.keyword) + Block::size_of(attribute.value.size());
  return size;
}

Copied<std::vector<seam::CredentialAttribute>> copy_attributes(const CREDENTIALW& credential) {
  std::vector<seam::CredentialAttribute> attributes;
  if (credential.AttributeCount > CRED_MAX_ATTRIBUTES ||
      (credential.Attributes == nullptr && credential.AttributeCount != 0))
    return std::unexpected(Refusal{"attributes that are not there"});
  for (DWORD i = 0; i < credential.AttributeCount; ++i) {
    const CREDENTIAL_ATTRIBUTEW& attribute = credential.Attributes[i];
    auto keyword = copy_terminated(attribute.Keyword, CRED_MAX_STRING_LENGTH);
    if (!keyword) return std::unexpected(keyword.error());
    if (attribute.ValueSize > CRED_MAX_VALUE_SIZE || (attribute.Value == nullptr && attribute.ValueSize != 0))
      return std::unexpected(Refusal{"an attribute's value that is not there, or too long"});
    attributes.push_back({std::move(*keyword).value_or(u""), attribute.Flags,
                          base::to_bytes(base::as_bytes(attribute.Value, attribute.ValueSize))});
  }
  return attributes;
}

// "ClearCredentialBlobSize: the size of the unencrypted credential."
Copied<base::Secret> copy_blob(const ENCRYPTED_CREDENTIALW& credential, BlobForm form) {
  const DWORD size = credential.Cred.CredentialBlobSize;
  const bool clear = form == BlobForm::clear;
  if (size > CRED_MAX_CREDENTIAL_BLOB_SIZE || (credential.Cred.CredentialBlob == nullptr && size != 0) ||
      (!clear && credential.ClearCredentialBlobSize > size))
    return std::unexpected(Refusal{"a credential blob that is not there, or too long"});
  base::Secret copy(base::as_bytes(credential.Cred.CredentialBlob, size));
  if (clear) return copy;
  support::lsa_unprotect_memory(copy.reveal_mutable().data(), size);
  return base::Secret(copy.reveal().first(credential.ClearCredentialBlobSize));
}

}  // namespace

Copied<seam::OptionalText> copy_terminated(const WCHAR* text, std::size_t max_units) {
  if (text == nullptr) return std::nullopt;
  const auto* units = reinterpret_cast<const char16_t*>(text);
  const auto* end = std::find(units, units + max_units, u'\0');
  if (end == units + max_units) return std::unexpected(Refusal{"a string without an end"});
  return seam::Text(units, end);
}

Copied<seam::Credential> copy_credential(const ENCRYPTED_CREDENTIALW& credential, BlobForm form) {
  const CREDENTIALW& from = credential.Cred;
  auto target = copy_terminated(from.TargetName, CRED_MAX_GENERIC_TARGET_NAME_LENGTH);
  auto comment = copy_terminated(from.Comment, CRED_MAX_STRING_LENGTH);
  auto alias = copy_terminated(from.TargetAlias, CRED_MAX_STRING_LENGTH);
  auto user = copy_terminated(from.UserName, CRED_MAX_USERNAME_LENGTH);
  for (const auto* text : {&target, &comment, &alias, &user})
    if (!*text) return std::unexpected(text->error());
  if (!*target) return std::unexpected(Refusal{"a credential without a target name"});
  auto attributes = copy_attributes(from);
  if (!attributes) return std::unexpected(attributes.error());
  auto blob = copy_blob(credential, form);
  if (!blob) return std::unexpected(blob.error());
  seam::Credential copy;
  copy.flags = from.Flags;
  copy.type = from.Type;
  copy.target_name = std::move(**target);
  copy.comment = std::move(*comment);
  copy.blob = std::move(*blob);
  copy.persist = from.Persist;
  copy.attributes = std::move(*attributes);
  copy.target_alias = std::move(*alias);
  copy.user_name = std::move(*user);
  return copy;
}

Copied<seam::CredentialTarget> copy_target(const CREDENTIAL_TARGET_INFORMATIONW& target) {
  seam::CredentialTarget copy;
  struct Member {
    seam::OptionalText& value;
    const WCHAR* text;
  };
  for (const Member& member :
       {Member{copy.target_name, target.TargetName}, Member{copy.netbios_server_name, target.NetbiosServerName},
        Member{copy.dns_server_name, target.DnsServerName}, Member{copy.netbios_domain_name, target.NetbiosDomainName},
        Member{copy.dns_domain_name, target.DnsDomainName}, Member{copy.dns_tree_name, target.DnsTreeName}}) {
    auto text = copy_terminated(member.text, CRED_MAX_DOMAIN_TARGET_NAME_LENGTH);
    if (!text) return std::unexpected(text.error());
    member.value = std::move(*text);
  }
  if (target.CredTypeCount > CRED_TYPE_MAXIMUM_EX || (target.CredTypes == nullptr && target.CredTypeCount != 0))
    return std::unexpected(Refusal{"credential types that are not there"});
  copy.types.assign(target.CredTypes, target.CredTypes + target.CredTypeCount);
  return copy;
}

ENCRYPTED_CREDENTIALW* give_credential(const seam::Credential& credential, BlobForm form) {
  auto* given = static_cast<ENCRYPTED_CREDENTIALW*>(lsa_heap::allocate(size_of(credential)));
  if (given == nullptr) return nullptr;
  Block block(given, sizeof *given);
  CREDENTIALW& to = given->Cred;
  to.Flags = credential.flags;
  to.Type = credential.type;
  to.TargetName = block.place(credential.target_name);
  to.Comment = block.place(credential.comment);
  to.LastWritten.dwLowDateTime = static_cast<DWORD>(credential.last_written.ticks);
  to.LastWritten.dwHighDateTime = static_cast<DWORD>(credential.last_written.ticks >> 32);
  to.Persist = credential.persist;
  to.TargetAlias = block.place(credential.target_alias);
  to.UserName = block.place(credential.user_name);
  to.CredentialBlob = block.place(credential.blob.reveal());
  to.CredentialBlobSize = given->ClearCredentialBlobSize = static_cast<DWORD>(credential.blob.size());
  // In place: the form of LsaProtectMemory is as long as what it protects.
  if (form == BlobForm::protected_memory) support::lsa_protect_memory(to.CredentialBlob, to.CredentialBlobSize);
  to.AttributeCount = static_cast<DWORD>(credential.attributes.size());
  if (credential.attributes.empty()) return given;
  to.Attributes =
      static_cast<PCREDENTIAL_ATTRIBUTEW>(block.place_array(credential.attributes.size() * sizeof *to.Attributes));
  for (std::size_t i = 0; i < credential.attributes.size(); ++i) {
    const seam::CredentialAttribute& attribute = credential.attributes[i];
    to.Attributes[i] = {block.place(attribute.keyword), attribute.flags, static_cast<DWORD>(attribute.value.size()),
                        block.place(base::ByteView(attribute.value))};
  }
  return given;
}

}  // namespace openlsa::host::marshal
