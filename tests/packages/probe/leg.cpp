#include <cstring>

#include "sspi.hpp"

namespace probe {

std::string token_text(PSecBufferDesc buffers) {
  for (ULONG i = 0; buffers != nullptr && i < buffers->cBuffers; ++i) {
    const SecBuffer& buffer = buffers->pBuffers[i];
    if ((buffer.BufferType & ~SECBUFFER_ATTRMASK) == SECBUFFER_TOKEN && buffer.pvBuffer != nullptr)
      return {static_cast<const char*>(buffer.pvBuffer), buffer.cbBuffer};
  }
  return {};
}

NTSTATUS give_token(PSecBufferDesc buffers, ULONG allocate, const std::string& token) {
  for (ULONG i = 0; buffers != nullptr && i < buffers->cBuffers; ++i) {
    SecBuffer& buffer = buffers->pBuffers[i];
    if ((buffer.BufferType & ~SECBUFFER_ATTRMASK) != SECBUFFER_TOKEN) continue;
    if (allocate != 0) {
      buffer.pvBuffer = heap_copy(token.data(), token.size());
    } else {
      if (buffer.cbBuffer < token.size()) return SEC_E_BUFFER_TOO_SMALL;
      std::memcpy(buffer.pvBuffer, token.data(), token.size());
    }
    buffer.cbBuffer = static_cast<ULONG>(token.size());
    return SEC_E_OK;
  }
  return token.empty() ? SEC_E_OK : SEC_E_INVALID_TOKEN;
}

// ContextData, as lines that the user-mode half reads (user_mode.cpp).
void map_context(const Context& context, PBOOLEAN mapped, PSecBuffer data) {
  std::string text = "role=";
  text += context.initiator ? "initiator" : "acceptor";
  text += "\nkey=" + context.nonce + "\nuser=" + context.user + "\n";
  text += "token=" + std::to_string(reinterpret_cast<ULONG_PTR>(context.client_token)) + "\n";
  if (option(context.options, "complete") == "1") text += "complete=1\n";
  data->BufferType = SECBUFFER_DATA;
  data->cbBuffer = static_cast<ULONG>(text.size());
  data->pvBuffer = heap_copy(text.data(), text.size());
  *mapped = TRUE;
}

void run_options(Context& context, const std::string& name) {
  std::string script = option(context.options, name);
  if (script.empty()) return;
  for (char& c : script) c = c == ';' ? '\n' : c == '_' ? ' ' : c;
  context.call = {};
  context.call.package = context.package;
  run_script(script, context.call);
  for (const std::string& answer : context.call.order) log_line("ran " + answer + "=" + context.call.answers[answer]);
}

NTSTATUS status_option(const Context& context, const std::string& name) {
  const std::string text = option(context.options, name);
  return text.empty() ? SEC_E_OK : static_cast<NTSTATUS>(parse_number(text));
}

}  // namespace probe
