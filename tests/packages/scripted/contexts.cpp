// The handshake, in text. The target name is options of the initiator, separated by '&'; they travel in its token.
//
//   token 1 (initiator)  "S1\n" nonce and options        token 2 (acceptor)  "S2\n" its nonce
//   token 3 (initiator)  "S3\n", only with legs=3
//
// Options: user (whom the acceptor's token names; without it there is no token), level, legs=3, complete=1
// (SEC_I_COMPLETE_NEEDED), sequence=1 (the user halves count messages). Datagram: the first leg gives no token and is
// mapped at once. Stream: each token begins with its length; a part of one is SEC_E_INCOMPLETE_MESSAGE.
#include <cstring>

#include "entry.hpp"
#include "objects.hpp"
#include "token_information.hpp"

namespace scripted {
namespace {

SecBuffer* buffer_of(PSecBufferDesc buffers, ULONG type) {
  for (ULONG i = 0; buffers != nullptr && i < buffers->cBuffers; ++i)
    if ((buffers->pBuffers[i].BufferType & ~SECBUFFER_ATTRMASK) == type) return &buffers->pBuffers[i];
  return nullptr;
}

// One leg, of either side.
struct Leg {
  const Rule& rule;
  PSecBufferDesc input;
  PSecBufferDesc output;
  bool allocate;
  bool stream;
  PULONG attributes;
  PBOOLEAN mapped;
  PSecBuffer data;
};

// Stream: four bytes of length before the token. What is missing, or too much, is said in a buffer of its own.
NTSTATUS take_frame(const Leg& leg, std::string& token) {
  std::uint32_t size = 0;
  if (token.size() >= sizeof size) std::memcpy(&size, token.data(), sizeof size);
  const std::size_t whole = sizeof size + size;
  SecBuffer* other = buffer_of(leg.input, SECBUFFER_EMPTY);
  if (token.size() < sizeof size || token.size() < whole) {
    if (other != nullptr) other->BufferType = SECBUFFER_MISSING;
    if (other != nullptr) other->cbBuffer = static_cast<ULONG>(whole - token.size());
    return SEC_E_INCOMPLETE_MESSAGE;
  }
  if (token.size() > whole && other != nullptr) {
    other->BufferType = SECBUFFER_EXTRA;
    other->cbBuffer = static_cast<ULONG>(token.size() - whole);
  }
  token = token.substr(sizeof size, size);
  return SEC_E_OK;
}

NTSTATUS take_token(const Leg& leg, std::string& token) {
  const SecBuffer* buffer = buffer_of(leg.input, SECBUFFER_TOKEN);
  token = buffer == nullptr ? "" : bytes_text(buffer->pvBuffer, buffer->cbBuffer);
  return leg.stream && !token.empty() ? take_frame(leg, token) : SEC_E_OK;
}

NTSTATUS give_token(const Leg& leg, std::string token) {
  token += std::string(leg.rule.number("pad"), '.');
  if (leg.stream && !token.empty()) {
    const auto size = static_cast<std::uint32_t>(token.size());
    token = bytes_text(&size, sizeof size) + token;
  }
  SecBuffer* buffer = buffer_of(leg.output, SECBUFFER_TOKEN);
  if (buffer == nullptr) return token.empty() ? SEC_E_OK : SEC_E_INVALID_TOKEN;
  if (leg.allocate || (leg.rule.has("allocator") && leg.rule.is_about("Token"))) {
    const Given given = give(leg.rule, "Token", "lsa", token);
    buffer->pvBuffer = given.block;
    buffer->cbBuffer = given.size;
    return SEC_E_OK;
  }
  if (buffer->cbBuffer < token.size()) return SEC_E_BUFFER_TOO_SMALL;
  if (!token.empty()) std::memcpy(buffer->pvBuffer, token.data(), token.size());
  const bool lie = leg.rule.has("size") && leg.rule.is_about("Token");
  buffer->cbBuffer = static_cast<ULONG>(lie ? leg.rule.number("size") : token.size());
  return SEC_E_OK;
}

// ContextData, as lines that the user-mode half reads (user_contexts.cpp).
void map_context(const Leg& leg, const Context& context) {
  std::string text = context.initiator ? "role=initiator\n" : "role=acceptor\n";
  text += "key=" + context.key + "\nuser=" + context.user + "\n";
  text += "token=" + std::to_string(reinterpret_cast<ULONG_PTR>(context.client_token)) + "\n";
  text += "stream=" + std::to_string(context.stream) + "\n";
  for (const char* name : {"complete", "sequence"})
    text += std::string(name) + "=" + option(context.options, name) + "\n";
  const Given given = give(leg.rule, "ContextData", "lsa", text);
  leg.data->BufferType = SECBUFFER_DATA;
  leg.data->cbBuffer = given.size;
  leg.data->pvBuffer = given.block;
  *leg.mapped = TRUE;
}

NTSTATUS make_client_token(const Rule& rule, Context& context) {
  LUID luid{};
  AllocateLocallyUniqueId(&luid);
  NTSTATUS status = lsa->CreateLogonSession(&luid);
  if (!NT_SUCCESS(status)) return status;
  LSA_TOKEN_INFORMATION_TYPE type{};
  PVOID information = nullptr;
  HANDLE token = nullptr;
  status = make_token_information({}, context.options, type, information);
  if (NT_SUCCESS(status)) {
    TOKEN_SOURCE source{};
    std::memcpy(source.SourceName, "Scripted", 8);
    WideText account(context.user), authority("SCRIPTED"), empty("");
    const auto level = static_cast<SECURITY_IMPERSONATION_LEVEL>(parse_number(option(context.options, "level", "2")));
    NTSTATUS sub_status = 0;
    status = lsa->CreateToken(&luid, &source, Network, level, type, information, nullptr, account.get(),
                              authority.get(), empty.get(), empty.get(), &token, &sub_status);
    free_token_information(type, information);
  }
  if (!NT_SUCCESS(status)) {
    lsa->DeleteLogonSession(&luid);
    return status;
  }
  status = lsa->DuplicateHandle(token, &context.client_token);
  CloseHandle(token);  // the client's keeps the session
  if (rule.has("client-token")) context.client_token = reinterpret_cast<HANDLE>(rule.number("client-token"));
  return status;
}

NTSTATUS finish(const Leg& leg, Context& context) {
  if (!context.initiator && !context.user.empty())
    if (const NTSTATUS status = make_client_token(leg.rule, context); !NT_SUCCESS(status)) return status;
  if (leg.rule.number("mapped", 1) != 0) map_context(leg, context);
  return context.initiator && option(context.options, "complete") == "1" ? SEC_I_COMPLETE_NEEDED : SEC_E_OK;
}

// The options of a context and of its first token: lines after the first one.
std::string first_token(const Context& context) {
  std::string token = "S1\nnonce=" + context.key + "\n";
  for (const auto& [name, value] : context.options) token += name + "=" + value + "\n";
  return token;
}

NTSTATUS begin_initiator(const Leg& leg, const Credential& credential, const std::string& target, bool datagram,
                         PLSA_SEC_HANDLE new_context) {
  auto context = std::make_shared<Context>();
  context->initiator = true;
  context->datagram = datagram;
  context->stream = leg.stream;
  context->leg = 1;
  context->options = parse_options(target, '&');
  context->user = option(context->options, "user");
  context->key = random_hex();
  if ((credential.use & SECPKG_CRED_OUTBOUND) == 0) return SEC_E_NO_CREDENTIALS;
  if (const NTSTATUS status = give_token(leg, datagram ? "" : first_token(*context)); !NT_SUCCESS(status))
    return status;
  if (datagram || leg.rule.number("mapped") != 0) map_context(leg, *context);
  *new_context = contexts().add(std::move(context));
  return SEC_I_CONTINUE_NEEDED;
}

NTSTATUS continue_initiator(const Leg& leg, Context& context, const std::string& token) {
  const std::lock_guard lock(context.mutex);
  if (context.datagram) {
    if (context.leg++ != 1) return SEC_E_OUT_OF_SEQUENCE;
    return give_token(leg, first_token(context));
  }
  if (context.leg != 1) return SEC_E_OUT_OF_SEQUENCE;
  if (token.substr(0, 3) != "S2\n") return SEC_E_INVALID_TOKEN;
  const bool three = option(context.options, "legs") == "3";
  if (const NTSTATUS status = give_token(leg, three ? "S3\n" : ""); !NT_SUCCESS(status)) return status;
  context.leg = 2;
  context.key += option(parse_options(token), "nonce");
  return finish(leg, context);
}

NTSTATUS begin_acceptor(const Leg& leg, const Credential& credential, const std::string& token, bool datagram,
                        PLSA_SEC_HANDLE new_context) {
  if ((credential.use & SECPKG_CRED_INBOUND) == 0) return SEC_E_NO_CREDENTIALS;
  if (token.substr(0, 3) != "S1\n") return SEC_E_INVALID_TOKEN;
  auto context = std::make_shared<Context>();
  context->datagram = datagram;
  context->stream = leg.stream;
  context->leg = 1;
  context->options = parse_options(token);
  context->user = option(context->options, "user");
  const std::string own = datagram ? "" : random_hex();
  context->key = option(context->options, "nonce") + own;
  if (context->key.size() == own.size()) return SEC_E_INVALID_TOKEN;
  if (const NTSTATUS status = give_token(leg, datagram ? "" : "S2\nnonce=" + own + "\n"); !NT_SUCCESS(status))
    return status;
  NTSTATUS status = SEC_I_CONTINUE_NEEDED;
  if (option(context->options, "legs") != "3") status = finish(leg, *context);
  if (NT_SUCCESS(status)) *new_context = contexts().add(std::move(context));
  return status;
}

NTSTATUS continue_acceptor(const Leg& leg, Context& context, const std::string& token) {
  const std::lock_guard lock(context.mutex);
  if (context.leg++ != 1) return SEC_E_OUT_OF_SEQUENCE;
  if (token != "S3\n") return SEC_E_INVALID_TOKEN;
  return finish(leg, context);
}

// What a rule says instead of the truth.
void lie(const Rule& rule, PLSA_SEC_HANDLE new_context, PULONG attributes, PTimeStamp expiry) {
  *attributes = static_cast<ULONG>(rule.number("attributes", *attributes));
  expiry->QuadPart = static_cast<LONGLONG>(rule.number("expiry", 0x7fffffffffffffff));
  if (rule.has("handle")) *new_context = rule.number("handle");
}

Words leg_words(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, ULONG requirements, ULONG representation,
                PSecBufferDesc input, PSecBufferDesc output) {
  const auto context = contexts().find(handle);
  Words words;
  words.number("leg", handle == 0          ? 1
                      : context == nullptr ? 0
                                           : context->leg + 1)
      .number("credential", credential != 0);
  words.flags("requirements", requirements).flags("representation", representation);
  return words.buffers("input", input).buffers("output", output);
}

template <unsigned package>
struct ContextSlots {
  static NTSTATUS NTAPI initialize(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, PUNICODE_STRING target,
                                   ULONG requirements, ULONG representation, PSecBufferDesc input,
                                   PLSA_SEC_HANDLE new_context, PSecBufferDesc output, PULONG attributes,
                                   PTimeStamp expiry, PBOOLEAN mapped, PSecBuffer data) {
    Words arguments = leg_words(credential, handle, requirements, representation, input, output);
    arguments.string("target", target);
    return lsa_entry(package, "InitLsaModeContext", arguments, [&](const Rule& rule) -> NTSTATUS {
      const Leg leg{rule,
                    input,
                    output,
                    (requirements & ISC_REQ_ALLOCATE_MEMORY) != 0,
                    (requirements & ISC_REQ_STREAM) != 0,
                    attributes,
                    mapped,
                    data};
      const bool datagram = (requirements & ISC_REQ_DATAGRAM) != 0;
      *attributes = ISC_RET_CONFIDENTIALITY | ISC_RET_INTEGRITY | (requirements & ISC_REQ_MUTUAL_AUTH) |
                    (datagram ? ISC_RET_DATAGRAM : 0) | (leg.stream ? ISC_RET_STREAM : 0);
      std::string token;
      if (const NTSTATUS status = take_token(leg, token); !NT_SUCCESS(status)) return status;
      NTSTATUS status = SEC_E_INVALID_HANDLE;
      if (handle == 0) {
        if (const auto known = credentials().find(credential))
          status = begin_initiator(leg, *known, narrow(target), datagram, new_context);
      } else if (const auto context = contexts().find(handle)) {
        *new_context = handle;
        status = continue_initiator(leg, *context, token);
      }
      lie(rule, new_context, attributes, expiry);
      return status;
    });
  }

  static NTSTATUS NTAPI accept(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, PSecBufferDesc input,
                               ULONG requirements, ULONG representation, PLSA_SEC_HANDLE new_context,
                               PSecBufferDesc output, PULONG attributes, PTimeStamp expiry, PBOOLEAN mapped,
                               PSecBuffer data) {
    const Words arguments = leg_words(credential, handle, requirements, representation, input, output);
    return lsa_entry(package, "AcceptLsaModeContext", arguments, [&](const Rule& rule) -> NTSTATUS {
      const Leg leg{rule,
                    input,
                    output,
                    (requirements & ASC_REQ_ALLOCATE_MEMORY) != 0,
                    (requirements & ASC_REQ_STREAM) != 0,
                    attributes,
                    mapped,
                    data};
      const bool datagram = (requirements & ASC_REQ_DATAGRAM) != 0;
      *attributes = ASC_RET_CONFIDENTIALITY | ASC_RET_INTEGRITY | (datagram ? ASC_RET_DATAGRAM : 0) |
                    (leg.stream ? ASC_RET_STREAM : 0);
      std::string token;
      if (const NTSTATUS status = take_token(leg, token); !NT_SUCCESS(status)) return status;
      NTSTATUS status = SEC_E_INVALID_HANDLE;
      if (handle == 0) {
        if (const auto known = credentials().find(credential))
          status = begin_acceptor(leg, *known, token, datagram, new_context);
      } else if (const auto context = contexts().find(handle)) {
        *new_context = handle;
        status = continue_acceptor(leg, *context, token);
      }
      lie(rule, new_context, attributes, expiry);
      return status;
    });
  }

  static NTSTATUS NTAPI remove(LSA_SEC_HANDLE handle) {
    const auto context = contexts().take(handle);
    Words arguments;
    arguments.number("known", context != nullptr);
    if (context != nullptr) arguments.text("role", context->initiator ? "initiator" : "acceptor");
    return lsa_entry(package, "DeleteContext", arguments,
                     [&](const Rule&) -> NTSTATUS { return context == nullptr ? SEC_E_INVALID_HANDLE : SEC_E_OK; });
  }

  // A token "shutdown" closes the context.
  static NTSTATUS NTAPI apply_control_token(LSA_SEC_HANDLE handle, PSecBufferDesc input) {
    const auto context = contexts().find(handle);
    const SecBuffer* token = buffer_of(input, SECBUFFER_TOKEN);
    const std::string text = token == nullptr ? "" : bytes_text(token->pvBuffer, token->cbBuffer);
    Words arguments;
    arguments.number("known", context != nullptr).buffers("input", input).text("token", text);
    return lsa_entry(package, "ApplyControlToken", arguments, [&](const Rule&) -> NTSTATUS {
      if (context == nullptr) return SEC_E_INVALID_HANDLE;
      if (text != "shutdown") return SEC_E_INVALID_TOKEN;
      const std::lock_guard lock(context->mutex);
      context->closed = true;
      return SEC_E_OK;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.InitLsaModeContext = initialize;
    table.AcceptLsaModeContext = accept;
    table.DeleteContext = remove;
    table.ApplyControlToken = apply_control_token;
  }
};

}  // namespace

void add_context_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<ContextSlots>(table, package); }

}  // namespace scripted
