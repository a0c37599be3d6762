// MsV1_0GenericPassthrough: a message for the CallPackagePassthrough of a package in a domain. The only domain that is
// reached from here is this machine's own.
#include "lsa_mode/call_package.hpp"
#include "lsa_mode/sub_auth.hpp"
#include "ntlm/text.hpp"

namespace msv1_0 {
namespace {

bool is_own_domain(const Package::Setting& setting, std::u16string_view domain) {
  if (domain.empty() || domain == u".") return true;
  for (const std::u16string& own : {setting.domain_name, setting.computer_name, setting.dns_name})
    if (same_name(domain, own)) return true;
  return false;
}

bool is_own_package(std::u16string_view name) {
  return same_name(name, u"NTLM") || same_name(name, u"MICROSOFT_AUTHENTICATION_PACKAGE_V1_0");
}

NTSTATUS give(const ProtocolCall& call, ByteView validation) {
  MSV1_0_PASSTHROUGH_RESPONSE response{};
  ClientBlock block(*call.package.setting.lsa, call.request, sizeof response + validation.size());
  if (const NTSTATUS status = block.allocate(); status < 0) return status;
  std::size_t offset = sizeof response;
  void* const place = block.append_bytes(offset, validation);
  response.MessageType = MsV1_0GenericPassthrough;
  response.DataLength = static_cast<ULONG>(validation.size());
  response.ValidationData = validation.empty() ? nullptr : static_cast<PUCHAR>(place);
  block.put(&response, sizeof response);
  return call.give(block);
}

// This package's own part (relayed_sub_auth), without the way over the LSA.
NTSTATUS to_ourselves(const ProtocolCall& call, ByteView data, const void* client_base) {
  const SubmitBuffer relayed(data.data(), client_base, static_cast<ULONG>(data.size()));
  ULONG type = 0;
  if (!relayed.read(type)) return STATUS_INVALID_PARAMETER;
  // "MsV1_0SubAuth for local subauthentication and MsV1_0GenericPassthrough for [that] on the domain controller"
  if (type != MsV1_0SubAuth && type != MsV1_0GenericPassthrough) return STATUS_NOT_SUPPORTED;
  const auto returned = ask_sub_authentication(call.package, relayed);
  if (!returned) return returned.error();
  MSV1_0_SUBAUTH_RESPONSE response{};
  response.MessageType = MsV1_0SubAuth;
  response.SubAuthInfoLength = returned->size;
  if (returned->size != 0) response.SubAuthReturnBuffer = reinterpret_cast<PUCHAR>(sizeof response);
  HeapBlock whole = HeapBlock::of_size(*call.package.setting.lsa, sizeof response + returned->size);
  auto* const bytes = static_cast<std::uint8_t*>(whole.get());
  std::memcpy(bytes, &response, sizeof response);
  if (returned->size != 0) std::memcpy(bytes + sizeof response, returned->bytes().data(), returned->size);
  return give(call, {bytes, sizeof response + returned->size});
}

NTSTATUS to_another(const ProtocolCall& call, std::u16string_view package, ByteView data) {
  const LSA_SECPKG_FUNCTION_TABLE& lsa = *call.package.setting.lsa;
  HeapBlock submitted = HeapBlock::of(lsa, data);  // the other may change it
  UNICODE_STRING name = string_over(package);
  PVOID returned = nullptr;
  ULONG size = 0;
  NTSTATUS protocol_status = STATUS_SUCCESS;
  const NTSTATUS called = lsa.CallPackagePassthrough(
      &name, submitted.get(), submitted.get(), static_cast<ULONG>(data.size()), &returned, &size, &protocol_status);
  NTSTATUS status = called < 0 ? called : protocol_status;
  if (status >= 0) {
    const ByteView answer(static_cast<const std::uint8_t*>(returned), returned == nullptr ? 0 : size);
    status = give(call, answer);
  }
  if (returned != nullptr) lsa.FreeReturnBuffer(returned);
  return status;
}

}  // namespace

NTSTATUS generic_passthrough(const ProtocolCall& call) {
  MSV1_0_PASSTHROUGH_REQUEST request{};
  if (!call.submitted.read(request)) return STATUS_INVALID_PARAMETER;
  const auto domain = call.submitted.text(request.DomainName), package = call.submitted.text(request.PackageName);
  const auto data = call.submitted.bytes_at(request.LogonData, request.DataLength);
  if (!domain || !package || !data) return STATUS_INVALID_PARAMETER;
  if (!is_own_domain(call.package.setting, *domain)) return STATUS_NO_SUCH_DOMAIN;
  return is_own_package(*package) ? to_ourselves(call, *data, request.LogonData) : to_another(call, *package, *data);
}

}  // namespace msv1_0
