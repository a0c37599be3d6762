#include "entry.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>

namespace scripted {

Words& Words::text(const char* name, std::string_view value) {
  line_ += " " + std::string(name) + "=" + escape(value);
  return *this;
}

Words& Words::number(const char* name, unsigned long long value) { return text(name, std::to_string(value)); }

Words& Words::string(const char* name, const UNICODE_STRING* value) {
  return text(name, value == nullptr ? "(null)" : narrow(value));
}

Words& Words::luid(const char* name, const LUID* value) {
  return text(name, value == nullptr ? "(null)" : luid_text(*value));
}

Words& Words::guid(const char* name, const GUID* value) {
  return text(name, value == nullptr ? "(null)" : hex(bytes_text(value, sizeof *value)));
}

Words& Words::bytes(const char* name, const void* value, std::size_t size_bytes) {
  return text(name, value == nullptr ? "(null)" : bytes_text(value, size_bytes));
}

Words& Words::secret(const char* name, const void* value, std::size_t size_bytes) {
  return text(name, secret_text(value, size_bytes));
}

Words& Words::secret(const char* name, const UNICODE_STRING* value) {
  return value == nullptr ? text(name, "(null)") : secret(name, value->Buffer, value->Length);
}

Words& Words::buffers(const char* name, const SecBufferDesc* value) {
  std::string all = value == nullptr ? "(null)" : "";
  for (ULONG i = 0; value != nullptr && i < value->cBuffers; ++i)
    all += (i == 0 ? "" : ",") + std::to_string(value->pBuffers[i].BufferType) + ":" +
           std::to_string(value->pBuffers[i].cbBuffer);
  return text(name, all);
}

namespace {

// " call=..." of GetCallInfo and " client=..." of GetClientInfo.
std::string caller_words() {
  Words words;
  SECPKG_CALL_INFO call{};
  if (lsa == nullptr || !lsa->GetCallInfo(&call)) return words.text("caller", "none").line();
  words.flags("attributes", call.Attributes)
      .number("call-process", call.ProcessId)
      .number("call-count", call.CallCount);
  SECPKG_CLIENT_INFO client{};
  if (const NTSTATUS status = lsa->GetClientInfo(&client); !NT_SUCCESS(status))
    return words.flags("client-status", static_cast<ULONG>(status)).line();
  words.luid("caller", &client.LogonId).number("client-process", client.ProcessID);
  words.number("tcb", client.HasTcbPrivilege).number("impersonating", client.Impersonating);
  words.number("restricted", client.Restricted).flags("client-flags", client.ClientFlags);
  words.number("level", static_cast<unsigned>(client.ImpersonationLevel));
  return words.line();
}

std::string head(const char* kind, unsigned long long sequence, const char* package, const char* entry) {
  Words words;
  words.text("package", package).text("entry", entry).number("sequence", sequence);
  return kind + words.line();
}

NTSTATUS enter(Half half, const char* package, const char* entry, const std::string& arguments, const Usual& usual) {
  const Store store(half);
  const unsigned long long call = store.count_call(entry, package);
  const unsigned long long sequence = store.next_sequence();
  const Rule rule = rule_for(store, entry, package, call);
  Words where;
  where.number("number", call).number("process", static_cast<unsigned>(::getpid()));
  where.number("thread", static_cast<unsigned long long>(::syscall(SYS_gettid)));
  store.append_record(head("call", sequence, package, entry) + where.line() + arguments);
  const GivenWords given;
  before_usual(store, rule);
  NTSTATUS status = rule.runs_usual() ? usual(rule) : STATUS_SUCCESS;
  status = rule.status().value_or(status);
  after_usual(store, rule);
  store.append_record(head("return", sequence, package, entry) +
                      Words().flags("status", static_cast<ULONG>(status)).line() + given.line());
  return status;
}

}  // namespace

// `impersonate=1`: the usual behaviour as the client, which must not happen as anybody else (ImpersonateClient: "check
// the return value").
NTSTATUS lsa_entry(unsigned package, const char* entry, const Words& arguments, const Usual& usual) {
  const Usual as_client = [&](const Rule& rule) -> NTSTATUS {
    if (rule.number("impersonate") != 0)
      if (const NTSTATUS status = lsa->ImpersonateClient(); !NT_SUCCESS(status)) return status;
    const NTSTATUS status = usual(rule);
    if (rule.number("impersonate") != 0) RevertToSelf();
    return status;
  };
  return enter(Half::lsa, package_names[package], entry, caller_words() + arguments.line(), as_client);
}

NTSTATUS user_entry(unsigned package, const char* entry, const Words& arguments, const Usual& usual) {
  return enter(Half::user, package_names[package], entry, arguments.line(), usual);
}

}  // namespace scripted
