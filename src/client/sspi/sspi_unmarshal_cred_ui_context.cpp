#include "client/memory/client_buffers.hpp"
#include "client/sspi/cred_ui_context.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;

// One block: the structure, its UNICODE_STRING and the name.
SECURITY_STATUS SspiUnmarshalCredUIContext(PUCHAR MarshaledCredUIContext, ULONG MarshaledCredUIContextLength,
                                           PSEC_WINNT_CREDUI_CONTEXT* CredUIContext) {
  return sspi_edge([&]() -> nt::Status {
    if (MarshaledCredUIContext == nullptr || CredUIContext == nullptr) return SEC_E_INVALID_PARAMETER;
    const auto context =
        unmarshal_cred_ui_context(base::as_bytes(MarshaledCredUIContext, MarshaledCredUIContextLength));
    if (!context) return SEC_E_INVALID_TOKEN;
    if (!ContextTable::of_process().find(&context->context)) return SEC_E_INVALID_HANDLE;
    struct Block {
      SEC_WINNT_CREDUI_CONTEXT structure;
      UNICODE_STRING target;
    };
    const std::size_t name_bytes = context->target ? (context->target->size() + 1) * sizeof(char16_t) : 0;
    auto* block = static_cast<Block*>(allocate_buffer(sizeof(Block) + name_bytes, FreedBy::free_context_buffer));
    if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
    block->structure.cbHeaderLength = sizeof block->structure;
    block->structure.CredUIContextHandle = cred_ui_handle(context->context);
    block->structure.dwAuthError = context->auth_error;
    if (context->target) {
      block->target.MaximumLength = static_cast<USHORT>(name_bytes);
      block->target.Length = static_cast<USHORT>(name_bytes - sizeof(char16_t));
      block->target.Buffer = reinterpret_cast<decltype(block->target.Buffer)>(block + 1);
      write_text(*context->target, false, block + 1);
      block->structure.TargetName = &block->target;
    }
    *CredUIContext = &block->structure;
    return SEC_E_OK;
  });
}
