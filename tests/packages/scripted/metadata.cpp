// QueryMetaData and ExchangeMetaData (NEGOEX): what the initiating side says of itself, and what it hears of its peer.
// Without a context the call makes one.
#include "entry.hpp"
#include "objects.hpp"

namespace scripted {
namespace {

Words words_of(LSA_SEC_HANDLE credential, PUNICODE_STRING target, ULONG requirements, PLSA_SEC_HANDLE handle) {
  Words words;
  words.number("credential", credential != 0).number("known", credentials().find(credential) != nullptr);
  words.string("target", target).flags("requirements", requirements);
  return words.number("context", handle != nullptr && *handle != 0);
}

// The context of *handle, or a new one.
NTSTATUS find_or_make(LSA_SEC_HANDLE credential, PUNICODE_STRING target, PLSA_SEC_HANDLE handle,
                      std::shared_ptr<Context>& context) {
  if (*handle != 0) {
    context = contexts().find(*handle);
    return context == nullptr ? SEC_E_INVALID_HANDLE : SEC_E_OK;
  }
  if (credentials().find(credential) == nullptr) return SEC_E_INVALID_HANDLE;
  context = std::make_shared<Context>();
  context->initiator = true;
  context->options = parse_options(narrow(target), '&');
  context->user = option(context->options, "user");
  context->key = random_hex();
  context->leg = 1;
  *handle = contexts().add(context);
  return SEC_E_OK;
}

template <unsigned package>
struct MetadataSlots {
  static NTSTATUS NTAPI query(LSA_SEC_HANDLE credential, PUNICODE_STRING target, ULONG requirements, PULONG size,
                              PUCHAR* metadata, PLSA_SEC_HANDLE handle) {
    return lsa_entry(package, "QueryMetaData", words_of(credential, target, requirements, handle),
                     [&](const Rule& rule) -> NTSTATUS {
                       std::shared_ptr<Context> context;
                       if (const NTSTATUS status = find_or_make(credential, target, handle, context);
                           !NT_SUCCESS(status))
                         return status;
                       const Given given = give(rule, "MetaData", "lsa", "metadata of " + narrow(target));
                       *metadata = static_cast<PUCHAR>(given.block);
                       *size = given.size;
                       return SEC_E_OK;
                     });
  }

  static NTSTATUS NTAPI exchange(LSA_SEC_HANDLE credential, PUNICODE_STRING target, ULONG requirements, ULONG size,
                                 PUCHAR metadata, PLSA_SEC_HANDLE handle) {
    Words arguments = words_of(credential, target, requirements, handle);
    arguments.number("size", size).bytes("metadata", metadata, size);
    return lsa_entry(package, "ExchangeMetaData", arguments, [&](const Rule&) -> NTSTATUS {
      if (size != 0 && metadata == nullptr) return SEC_E_INVALID_PARAMETER;
      std::shared_ptr<Context> context;
      if (const NTSTATUS status = find_or_make(credential, target, handle, context); !NT_SUCCESS(status)) return status;
      const std::lock_guard lock(context->mutex);
      context->metadata = bytes_text(metadata, size);
      return SEC_E_OK;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.QueryMetaData = query;
    table.ExchangeMetaData = exchange;
  }
};

}  // namespace

void add_metadata_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<MetadataSlots>(table, package); }

}  // namespace scripted
