#include "common/packed_context.hpp"

#include "ntlm/text.hpp"

namespace msv1_0 {
namespace {

constexpr std::uint32_t version = 1;

// Fields in order, until one does not fit.
class Fields {
 public:
  explicit Fields(ByteView bytes) : rest_(bytes) {}
  template <class Number>
  Number number() {
    Number value = 0;
    const ByteView field = take(sizeof value);
    for (std::size_t i = 0; i < field.size(); ++i) value |= static_cast<Number>(Number{field[i]} << (8 * i));
    return value;
  }
  std::u16string text() {
    const auto units = number<std::uint32_t>();
    if (units > longest_packed_text) return fail(), u"";
    const auto text = read_utf16(take(units * sizeof(char16_t)));
    if (!text) fail();
    return text.value_or(u"");
  }
  std::optional<ByteView> rest() const { return good_ ? std::optional(rest_) : std::nullopt; }

 private:
  ByteView take(std::size_t size) {
    if (size > rest_.size()) return fail(), ByteView{};
    const ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  void fail() {
    good_ = false;
    rest_ = {};
  }
  ByteView rest_;
  bool good_ = true;
};

void append_text(Bytes& to, std::u16string_view text) {
  append_number(to, static_cast<std::uint32_t>(text.size()));
  append(to, to_utf16(text));
}

}  // namespace

PackedBytes pack_context(const PackedContext& context, const Session& session) {
  const std::u16string_view texts[] = {context.user, context.domain, context.server, context.target};
  std::size_t size = 64 + packed_session_bytes;
  for (const std::u16string_view text : texts) size += 4 + text.size() * sizeof(char16_t);
  Bytes bytes;
  bytes.reserve(size);  // never moved, so that no copy of the keys stays behind
  append_number(bytes, version);
  append_number(bytes, static_cast<std::uint32_t>(context.initiator));
  append_number(bytes, context.attributes);
  append_number(bytes, context.token_handle);
  append_number(bytes, context.started);
  for (const std::u16string_view text : texts) append_text(bytes, text);
  append(bytes, pack(session).reveal());
  return PackedBytes(std::move(bytes));
}

std::optional<UnpackedContext> unpack_context(ByteView bytes) {
  Fields fields(bytes);
  PackedContext context;
  if (fields.number<std::uint32_t>() != version) return std::nullopt;
  const auto initiator = fields.number<std::uint32_t>();
  context.initiator = initiator != 0;
  context.attributes = fields.number<std::uint32_t>();
  context.token_handle = fields.number<std::uint64_t>();
  context.started = fields.number<std::uint64_t>();
  for (std::u16string* text : {&context.user, &context.domain, &context.server, &context.target}) *text = fields.text();
  const auto rest = fields.rest();
  if (!rest || initiator > 1) return std::nullopt;
  auto session = unpack_session(*rest);
  if (!session || (session->role() == Sender::initiator) != context.initiator) return std::nullopt;
  return UnpackedContext{std::move(context), std::move(*session)};
}

}  // namespace msv1_0
