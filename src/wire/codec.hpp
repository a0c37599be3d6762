// The codec: walks the fields that a value names (base/fields.hpp). Little-endian, fixed width, no padding:
//   integer, enum   its bytes; bool one byte, 0 or 1 only; Id<> and other values their fields in order
//   optional        one presence byte (0 or 1), then the value
//   vector, string, Bytes, Secret   a 32-bit count, then the elements
//   Sid             its size in one byte (0: no SID), then the binary form
//   UniqueFd        one presence byte; the descriptor itself travels beside the bytes, in order
// A message is one value and nothing else: what is left over makes it malformed, and a count is believed only when
// that many elements can still be in the bytes, so that no message makes the reader allocate more than a small multiple
// of its size.
#pragma once

#include <array>
#include <bit>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "nt/sid.hpp"
#include "wire/transport.hpp"

namespace openlsa::wire {

static_assert(std::endian::native == std::endian::little);

namespace detail {
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_string = false;
template <class C>
inline constexpr bool is_string<std::basic_string<C>> = true;
template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;
template <class T>
concept plain = std::is_integral_v<T> || std::is_enum_v<T>;
}  // namespace detail

class Encoder {
 public:
  explicit Encoder(Message& message) : message_(message) {}

  template <class... Fields>
  void operator()(Fields&... fields) {
    (put(fields), ...);
  }

  template <class T>
  void put(T& value) {
    using Value = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Value, bool>) {
      put_byte(value ? 1 : 0);
    } else if constexpr (detail::plain<Value>) {
      append(&value, sizeof value);
    } else if constexpr (std::is_same_v<Value, base::UniqueFd>) {
      put_descriptor(value);
    } else if constexpr (std::is_same_v<Value, base::Secret>) {
      put_count(value.size());
      append(value.reveal().data(), value.size());
    } else if constexpr (std::is_same_v<Value, nt::Sid>) {
      put_sid(value);
    } else if constexpr (detail::is_optional<Value>) {
      put_byte(value.has_value() ? 1 : 0);
      if (value) put(*value);
    } else if constexpr (detail::is_string<Value>) {
      put_count(value.size());
      append(value.data(), value.size() * sizeof(typename Value::value_type));
    } else if constexpr (detail::is_vector<Value>) {
      put_count(value.size());
      put_elements(value);
    } else if constexpr (detail::is_array<Value>) {
      put_elements(value);
    } else {
      value.visit_fields(*this);
    }
  }

 private:
  template <class Sequence>
  void put_elements(Sequence& sequence) {
    using Element = typename std::remove_const_t<Sequence>::value_type;
    if constexpr (detail::plain<Element>) {
      append(sequence.data(), sequence.size() * sizeof(Element));
    } else {
      for (auto& element : sequence) put(element);
    }
  }
  void put_byte(std::uint8_t byte) { append(&byte, 1); }
  void put_count(std::size_t count) {
    const auto narrow = static_cast<std::uint32_t>(count);
    append(&narrow, sizeof narrow);
  }
  void put_sid(const nt::Sid& sid) {
    if (sid.empty()) return put_byte(0);
    put_byte(static_cast<std::uint8_t>(sid.size_bytes()));
    sid.append_to(message_.bytes);
  }
  void put_descriptor(base::UniqueFd& fd) {
    put_byte(fd.valid() ? 1 : 0);
    if (fd.valid()) message_.descriptors.push_back(std::move(fd));
  }
  void append(const void* data, std::size_t size_bytes);

  Message& message_;
};

class Decoder {
 public:
  Decoder(base::ByteView bytes, std::vector<base::UniqueFd>& descriptors)
      : rest_(bytes), descriptors_(descriptors), allowance_(allowance_of(bytes.size())) {}

  template <class... Fields>
  void operator()(Fields&... fields) {
    (get(fields), ...);
  }

  // Nothing left, nothing wrong.
  bool complete() const { return good_ && rest_.empty() && next_descriptor_ == descriptors_.size(); }

  template <class T>
  void get(T& value) {
    if (!good_) return;
    if constexpr (std::is_same_v<T, bool>) {
      value = get_flag();
    } else if constexpr (detail::plain<T>) {
      take(&value, sizeof value);
    } else if constexpr (std::is_same_v<T, base::UniqueFd>) {
      get_descriptor(value);
    } else if constexpr (std::is_same_v<T, base::Secret>) {
      const std::size_t size = get_count(1);
      value = base::Secret(rest_.first(size));
      rest_ = rest_.subspan(size);
    } else if constexpr (std::is_same_v<T, nt::Sid>) {
      get_sid(value);
    } else if constexpr (detail::is_optional<T>) {
      if (!get_flag()) {
        value.reset();
      } else if (good_) {
        get(value.emplace());
      }
    } else if constexpr (detail::is_string<T>) {
      value.resize(get_count(sizeof(typename T::value_type)));
      take(value.data(), value.size() * sizeof(typename T::value_type));
    } else if constexpr (detail::is_vector<T>) {
      get_vector(value);
    } else if constexpr (detail::is_array<T>) {
      take(value.data(), sizeof value);
    } else {
      value.visit_fields(*this);
    }
  }

 private:
  template <class Element>
  void get_vector(std::vector<Element>& value) {
    if constexpr (detail::plain<Element>) {
      value.resize(get_count(sizeof(Element)));
      take(value.data(), value.size() * sizeof(Element));
    } else {
      // Every element takes at least one byte, so the loop ends with the bytes whatever the count says.
      const std::size_t count = get_count(1);
      value.clear();
      for (std::size_t i = 0; i < count && good_; ++i) {
        if (!spend(sizeof(Element))) return;
        get(value.emplace_back());
      }
    }
  }
  // An element may be far larger in memory than on the wire: an absent SID is one byte there, 72 here. What a message
  // makes of such elements is bounded by its size, with room for the small ones that say little in many elements.
  static constexpr std::size_t allowance_of(std::size_t size_bytes) { return size_bytes * 8 + 64 * 1024; }
  bool spend(std::size_t size_bytes) {
    if (size_bytes > allowance_) return good_ = false;
    allowance_ -= size_bytes;
    return true;
  }
  bool get_flag();
  // A count of elements of at least `element_bytes` each; 0, and the message is bad, when they cannot all be there.
  std::size_t get_count(std::size_t element_bytes);
  void get_sid(nt::Sid& sid);
  void get_descriptor(base::UniqueFd& fd);
  void take(void* out, std::size_t size_bytes);

  base::ByteView rest_;
  std::vector<base::UniqueFd>& descriptors_;
  std::size_t next_descriptor_ = 0;
  std::size_t allowance_;
  bool good_ = true;
};

// The value as a message, which was empty; descriptors move into it.
template <class T>
void encode_into(Message& message, T&& value) {
  Encoder(message).put(value);
}
template <class T>
Message encode(T&& value) {
  Message message;
  encode_into(message, value);
  return message;
}

// The value, or nothing when the bytes and descriptors are not exactly one value. Descriptors that were taken before
// the fault was found are closed with the value.
template <class T>
std::optional<T> decode(base::ByteView bytes, std::vector<base::UniqueFd>& descriptors) {
  std::optional<T> value(std::in_place);
  Decoder decoder(bytes, descriptors);
  decoder.get(*value);
  if (!decoder.complete()) value.reset();
  return value;
}
template <class T>
std::optional<T> decode(Message& message) {
  return decode<T>(message.bytes, message.descriptors);
}

}  // namespace openlsa::wire
