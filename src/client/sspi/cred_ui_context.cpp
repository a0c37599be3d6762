#include "client/sspi/cred_ui_context.hpp"

#include <cstring>

#include "client/memory/client_buffers.hpp"
#include "wire/codec.hpp"

namespace openlsa::client {
namespace {

// The marshaled data behind the header.
struct Data {
  std::uint64_t lower = 0;
  std::uint64_t upper = 0;
  std::uint32_t auth_error = 0;
  seam::OptionalText target;
  OPENLSA_FIELDS(lower, upper, auth_error, target)
};

bool same(const GUID& a, const GUID& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

base::Bytes marshal_cred_ui_context(const CredUiContext& context, const nt::Luid& logon_id) {
  const wire::Message data =
      wire::encode(Data{context.context.dwLower, context.context.dwUpper, context.auth_error, context.target});
  if (data.bytes.size() > UINT16_MAX) return {};
  CREDUIWIN_MARSHALED_CONTEXT header{};
  header.StructureType = CREDUIWIN_STRUCTURE_TYPE_SSPIPFC;
  header.cbHeaderLength = sizeof header;
  header.LogonId = {logon_id.low(), logon_id.high()};
  header.MarshaledDataType = SSPIPFC_STRUCTURE_TYPE_CREDUI_CONTEXT;
  header.MarshaledDataOffset = sizeof header;
  header.MarshaledDataLength = static_cast<USHORT>(data.bytes.size());
  base::Bytes bytes = base::to_bytes(base::as_bytes(&header, sizeof header));
  bytes.insert(bytes.end(), data.bytes.begin(), data.bytes.end());
  return bytes;
}

std::optional<CredUiContext> unmarshal_cred_ui_context(base::ByteView bytes) {
  CREDUIWIN_MARSHALED_CONTEXT header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  const std::size_t offset = header.MarshaledDataOffset;
  if (!same(header.StructureType, CREDUIWIN_STRUCTURE_TYPE_SSPIPFC) || header.cbHeaderLength != sizeof header ||
      !same(header.MarshaledDataType, SSPIPFC_STRUCTURE_TYPE_CREDUI_CONTEXT) || offset < sizeof header ||
      offset > bytes.size() || header.MarshaledDataLength != bytes.size() - offset)
    return std::nullopt;
  std::vector<base::UniqueFd> none;
  auto data = wire::decode<Data>(bytes.subspan(offset), none);
  if (!data || data->lower > UINT32_MAX || data->upper > UINT32_MAX) return std::nullopt;
  CredUiContext context;
  context.context = {static_cast<ULONG_PTR>(data->lower), static_cast<ULONG_PTR>(data->upper)};
  context.auth_error = data->auth_error;
  context.target = std::move(data->target);
  return context;
}

HANDLE cred_ui_handle(const SecHandle& context) {
  return reinterpret_cast<HANDLE>(std::uintptr_t{context.dwUpper} << 32 | context.dwLower);
}

std::shared_ptr<Context> context_of_cred_ui(HANDLE cred_ui_context) {
  const auto size = buffer_size(cred_ui_context);
  SEC_WINNT_CREDUI_CONTEXT structure;
  if (!size || *size < sizeof structure) return nullptr;
  std::memcpy(&structure, cred_ui_context, sizeof structure);
  if (structure.cbHeaderLength != sizeof structure) return nullptr;
  const auto value = reinterpret_cast<std::uintptr_t>(structure.CredUIContextHandle);
  const SecHandle handle{static_cast<ULONG_PTR>(value & UINT32_MAX), static_cast<ULONG_PTR>(value >> 32)};
  return ContextTable::of_process().find(&handle);
}

}  // namespace openlsa::client
