// SaveCredentials, GetCredentials, DeleteCredentials: one supplemental credential for each user, in the state
// directory, so that it outlives the host. DeleteCredentials takes the bytes that were saved, or their beginning, as
// the key.
#include <cstring>

#include "entry.hpp"
#include "objects.hpp"

namespace scripted {
namespace {

std::string file_of(const Credential& credential) {
  return "saved." + hex(credential.user);  // a name of the client's is no name of a file
}

Words words_of(LSA_SEC_HANDLE handle, const SecBuffer* buffer) {
  Words words;
  words.number("known", credentials().find(handle) != nullptr).number("buffer", buffer != nullptr);
  if (buffer != nullptr)
    words.number("buffer-type", buffer->BufferType).secret("bytes", buffer->pvBuffer, buffer->cbBuffer);
  return words;
}

template <unsigned package>
struct StoredCredentialSlots {
  static NTSTATUS NTAPI save(LSA_SEC_HANDLE handle, PSecBuffer buffer) {
    return lsa_entry(package, "SaveCredentials", words_of(handle, buffer), [&](const Rule&) -> NTSTATUS {
      const auto credential = credentials().find(handle);
      if (credential == nullptr) return SEC_E_INVALID_HANDLE;
      if (buffer == nullptr || buffer->pvBuffer == nullptr) return SEC_E_INVALID_PARAMETER;
      Store(Half::lsa).set_file(file_of(*credential), bytes_text(buffer->pvBuffer, buffer->cbBuffer));
      return SEC_E_OK;
    });
  }

  // Into the buffer that is there, or a block of the LSA heap.
  static NTSTATUS NTAPI get(LSA_SEC_HANDLE handle, PSecBuffer buffer) {
    return lsa_entry(package, "GetCredentials", words_of(handle, buffer), [&](const Rule& rule) -> NTSTATUS {
      const auto credential = credentials().find(handle);
      if (credential == nullptr) return SEC_E_INVALID_HANDLE;
      const std::string saved = Store(Half::lsa).file(file_of(*credential));
      if (saved.empty()) return SEC_E_NO_CREDENTIALS;
      if (buffer->pvBuffer == nullptr) {
        const Given given = give(rule, "Credentials", "lsa", saved);
        buffer->pvBuffer = given.block;
        buffer->cbBuffer = given.size;
        return SEC_E_OK;
      }
      if (buffer->cbBuffer < saved.size()) return SEC_E_BUFFER_TOO_SMALL;
      std::memcpy(buffer->pvBuffer, saved.data(), saved.size());
      buffer->cbBuffer = static_cast<ULONG>(rule.number("size", saved.size()));
      return SEC_E_OK;
    });
  }

  static NTSTATUS NTAPI remove(LSA_SEC_HANDLE handle, PSecBuffer key) {
    return lsa_entry(package, "DeleteCredentials", words_of(handle, key), [&](const Rule&) -> NTSTATUS {
      const auto credential = credentials().find(handle);
      if (credential == nullptr) return SEC_E_INVALID_HANDLE;
      const Store store(Half::lsa);
      const std::string saved = store.file(file_of(*credential));
      const std::string wanted = key == nullptr ? "" : bytes_text(key->pvBuffer, key->cbBuffer);
      if (saved.empty() || saved.compare(0, wanted.size(), wanted) != 0) return SEC_E_NO_CREDENTIALS;
      store.remove_file(file_of(*credential));
      return SEC_E_OK;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.SaveCredentials = save;
    table.GetCredentials = get;
    table.DeleteCredentials = remove;
  }
};

}  // namespace

void add_stored_credential_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) {
  fill<StoredCredentialSlots>(table, package);
}

}  // namespace scripted
