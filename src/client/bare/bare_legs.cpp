#include "client/bare/bare_legs.hpp"

#include "client/bare/bare_text.hpp"
#include "client/sspi/buffers.hpp"

namespace openlsa::client {
namespace {

struct Objects {
  std::shared_ptr<BareCredential> credential;
  std::shared_ptr<BareContext> context;
  const BarePackage& package() const { return credential ? credential->package : context->package(); }
};

nt::Status find(const BareLeg& leg, Objects& objects) {
  if (leg.context == nullptr && leg.new_context == nullptr) return SEC_E_INVALID_PARAMETER;
  if (leg.input != nullptr && !valid_buffers(leg.input)) return SEC_E_INVALID_PARAMETER;
  if (leg.output != nullptr && !valid_buffers(leg.output)) return SEC_E_INVALID_PARAMETER;
  if (leg.credential != nullptr) objects.credential = BareCredentialTable::of_process().find(leg.credential);
  if (leg.context != nullptr) objects.context = BareContextTable::of_process().find(leg.context);
  const bool found = (leg.credential == nullptr || objects.credential) && (leg.context == nullptr || objects.context);
  if (!found) return SEC_E_INVALID_HANDLE;
  const bool match = !objects.credential || !objects.context ||
                     objects.credential->package.provider == objects.context->package().provider;
  return match ? SEC_E_OK : SEC_E_INVALID_HANDLE;
}

// Where the output's memory was before the call.
std::vector<void*> output_pointers(const BareLeg& leg) {
  std::vector<void*> pointers;
  for (ULONG i = 0; leg.output != nullptr && i < leg.output->cBuffers; ++i)
    pointers.push_back(leg.output->pBuffers[i].pvBuffer);
  return pointers;
}

// The provider allocated them; FreeContextBuffer must know whose they are. Also after a failure, which may have a
// message for the peer. What it left alone is the caller's own.
void adopt_output(const BareLeg& leg, const std::vector<void*>& before, const BareProvider& provider) {
  static_assert(ISC_REQ_ALLOCATE_MEMORY == ASC_REQ_ALLOCATE_MEMORY);
  if ((leg.requirements & ISC_REQ_ALLOCATE_MEMORY) == 0 || leg.output == nullptr) return;
  for (ULONG i = 0; i < leg.output->cBuffers && i < before.size(); ++i)
    if (void* const now = leg.output->pBuffers[i].pvBuffer; now != before[i]) provider.adopt(now);
}

// A first leg's context gets a handle of ours; when there is none left the provider's goes again.
nt::Status publish(const BareLeg& leg, Objects& objects, const CtxtHandle& own, nt::Status status) {
  if (objects.context) {
    if (SecIsValidHandle(&own)) objects.context->set_handle(own);
    if (leg.new_context != nullptr) *leg.new_context = *leg.context;
    return status;
  }
  if (!SecIsValidHandle(&own)) return SEC_E_INTERNAL_ERROR;
  auto context = std::make_shared<BareContext>(objects.package(), own);
  return BareContextTable::of_process().insert(std::move(context), *leg.new_context) ? status
                                                                                     : SEC_E_INSUFFICIENT_MEMORY;
}

// call(credential, context, new context, attributes, expiry): the provider's handles, or NULL.
template <class Call>
nt::Status run(const BareLeg& leg, Objects& objects, Call&& call) {
  CredHandle credential = objects.credential ? objects.credential->handle : CredHandle{};
  const std::shared_ptr<BareContextHandle> held = objects.context ? objects.context->handle() : nullptr;
  CtxtHandle context = held ? held->value() : CtxtHandle{};
  CtxtHandle fresh;
  SecInvalidateHandle(&fresh);
  if (objects.context) fresh = context;
  ULONG attributes = 0;
  TimeStamp expiry{};
  const std::vector<void*> before = output_pointers(leg);
  const nt::Status status = call(objects.credential ? &credential : nullptr, objects.context ? &context : nullptr,
                                 &fresh, &attributes, &expiry);
  adopt_output(leg, before, *objects.package().provider);
  if (leg.attributes != nullptr && (nt::succeeded(status) || attributes != 0)) *leg.attributes = attributes;
  if (!nt::succeeded(status)) return status;
  const nt::Status published = publish(leg, objects, fresh, status);
  if (nt::succeeded(published) && leg.expiry != nullptr) *leg.expiry = expiry;
  return published;
}

}  // namespace

template <class Char>
nt::Status initialize_in_bare(const BareLeg& leg, Char* target) {
  Objects objects;
  if (const nt::Status status = find(leg, objects); status != SEC_E_OK) return status;
  const BareProvider& provider = *objects.package().provider;
  const bool ansi = provider.form(std::is_same_v<Char, SEC_CHAR>);
  BareText name(target, ansi);
  if (!name.good()) return SEC_E_TARGET_UNKNOWN;
  return run(leg, objects,
             [&](PCredHandle credential, PCtxtHandle context, PCtxtHandle fresh, ULONG* attributes, PTimeStamp expiry) {
               return ansi ? bare_call(provider.ansi().InitializeSecurityContextA, credential, context, name.ansi(),
                                       leg.requirements, ULONG{0}, leg.data_representation, leg.input, ULONG{0}, fresh,
                                       leg.output, attributes, expiry)
                           : bare_call(provider.wide().InitializeSecurityContextW, credential, context, name.wide(),
                                       leg.requirements, ULONG{0}, leg.data_representation, leg.input, ULONG{0}, fresh,
                                       leg.output, attributes, expiry);
             });
}
template nt::Status initialize_in_bare(const BareLeg&, SEC_CHAR*);
template nt::Status initialize_in_bare(const BareLeg&, SEC_WCHAR*);

nt::Status accept_in_bare(const BareLeg& leg) {
  Objects objects;
  if (const nt::Status status = find(leg, objects); status != SEC_E_OK) return status;
  return run(leg, objects,
             [&](PCredHandle credential, PCtxtHandle context, PCtxtHandle fresh, ULONG* attributes, PTimeStamp expiry) {
               return bare_call(objects.package().provider->wide().AcceptSecurityContext, credential, context,
                                leg.input, leg.requirements, leg.data_representation, fresh, leg.output, attributes,
                                expiry);
             });
}

}  // namespace openlsa::client
