#include "client/identity/identity_values.hpp"

#include <cstring>

#include "client/memory/client_buffers.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {
namespace {

constexpr ULONG kept_flags = SEC_WINNT_AUTH_IDENTITY_MARSHALLED | SEC_WINNT_AUTH_IDENTITY_ONLY |
                             SEC_WINNT_AUTH_IDENTITY_FLAGS_ID_PROVIDER | SEC_WINNT_AUTH_IDENTITY_FLAGS_SSPIPFC_USE_MASK;

bool take_text(base::ByteView part, bool ansi, seam::OptionalText& text) {
  text.reset();
  if (part.data() == nullptr) return true;
  if (ansi) {
    text = nt::to_utf16({reinterpret_cast<const char*>(part.data()), part.size()});
    return text.has_value();
  }
  text.emplace(part.size() / sizeof(char16_t), u'\0');
  if (!part.empty()) std::memcpy(text->data(), part.data(), part.size());
  return true;
}

bool take_credentials(const IdentityView& view, std::optional<Credentials>& credentials) {
  credentials.reset();
  if (view.credentials.data() == nullptr) return true;
  if (view.form == IdentityForm::ex2) {
    credentials = unpack_credentials(view.credentials);
    return credentials.has_value();
  }
  auto password = view.ansi() ? password_from_utf8(view.credentials) : std::optional(base::Secret(view.credentials));
  if (!password) return false;
  credentials = Credentials{SEC_WINNT_AUTH_DATA_TYPE_PASSWORD, std::move(*password)};
  return true;
}

// Fills the block from its header on, and the header's offsets with it.
class Layout {
 public:
  explicit Layout(std::uint8_t* block) : block_(block) {}
  void place(base::ByteView part, ULONG& offset, USHORT& length) {
    offset = at_;
    length = static_cast<USHORT>(part.size());
    if (block_ != nullptr && !part.empty()) std::memcpy(block_ + at_, part.data(), part.size());
    at_ += static_cast<ULONG>(part.size());
  }
  void align(ULONG boundary) { at_ = (at_ + boundary - 1) / boundary * boundary; }
  ULONG size_bytes() const { return at_; }

 private:
  std::uint8_t* block_;  // nullptr: only counts
  ULONG at_ = sizeof(SEC_WINNT_AUTH_IDENTITY_EX2);
};

base::ByteView bytes_of(const seam::Text& text) { return base::as_bytes(text.data(), text.size() * sizeof(char16_t)); }

SEC_WINNT_AUTH_IDENTITY_EX2 lay_out(const IdentityValues& values, const base::Secret& packed, std::uint8_t* block) {
  SEC_WINNT_AUTH_IDENTITY_EX2 header{};
  header.Version = SEC_WINNT_AUTH_IDENTITY_VERSION_2;
  header.cbHeaderLength = sizeof header;
  header.Flags = (values.flags & kept_flags) | SEC_WINNT_AUTH_IDENTITY_UNICODE | SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED;
  if (!values.user) header.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_USER;
  if (!values.domain) header.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_DOMAIN;
  Layout layout(block);
  layout.place(values.user ? bytes_of(*values.user) : base::ByteView{}, header.UserOffset, header.UserLength);
  layout.place(values.domain ? bytes_of(*values.domain) : base::ByteView{}, header.DomainOffset, header.DomainLength);
  layout.place(bytes_of(values.packages), header.PackageListOffset, header.PackageListLength);
  layout.align(alignof(SEC_WINNT_AUTH_PACKED_CREDENTIALS));
  layout.place(packed.reveal(), header.PackedCredentialsOffset, header.PackedCredentialsLength);
  header.cbStructureLength = layout.size_bytes();
  if (block != nullptr) std::memcpy(block, &header, sizeof header);
  return header;
}

// Lengths are bytes in a USHORT.
bool fits(const IdentityValues& values) {
  constexpr std::size_t longest = 0xffff / sizeof(char16_t);
  return (!values.user || values.user->size() <= longest) && (!values.domain || values.domain->size() <= longest) &&
         values.packages.size() <= longest;
}

}  // namespace

nt::Status take_apart(const IdentityView& view, IdentityValues& values) {
  if (view.is_protected()) return STATUS_INVALID_PARAMETER;
  seam::OptionalText packages;
  if (!take_text(view.user, view.ansi(), values.user) || !take_text(view.domain, view.ansi(), values.domain) ||
      !take_text(view.packages, view.ansi(), packages) || !take_credentials(view, values.credentials))
    return SEC_E_INVALID_TOKEN;
  values.packages = packages.value_or(seam::Text{});
  values.flags = view.flags & kept_flags;
  return SEC_E_OK;
}

nt::Status take_apart(const void* identity, IdentityValues& values) {
  if (identity == nullptr) return SEC_E_INVALID_PARAMETER;
  const auto view = view_identity(identity);
  return view ? take_apart(*view, values) : SEC_E_INVALID_TOKEN;
}

nt::Status make_identity(const IdentityValues& values, void*& block) {
  base::Secret packed;
  if (!fits(values)) return SEC_E_INVALID_PARAMETER;
  if (values.credentials) {
    auto made = pack_credentials(*values.credentials);
    if (!made) return SEC_E_INVALID_PARAMETER;
    packed = std::move(*made);
  }
  const ULONG size = lay_out(values, packed, nullptr).cbStructureLength;
  block = allocate_buffer(size + identity_padding_bytes, FreedBy::sspi_local_free);
  if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  lay_out(values, packed, static_cast<std::uint8_t*>(block));
  return SEC_E_OK;
}

nt::Status copy_identity_block(const IdentityView& view, void*& block) {
  block = allocate_buffer(view.structure.size() + identity_padding_bytes, FreedBy::sspi_local_free);
  if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  std::memcpy(block, view.structure.data(), view.structure.size() + view.padding_bytes);
  // The room is there now. A protected block had it, and its header is sealed.
  const ULONG flags = view.flags | SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED;
  std::memcpy(static_cast<std::uint8_t*>(block) + offsetof(SEC_WINNT_AUTH_IDENTITY_EX2, Flags), &flags, sizeof flags);
  return SEC_E_OK;
}

}  // namespace openlsa::client
