// Headers and payloads of the three messages ([MS-NLMP] 2.2.1): "NTLMSSP\0", the type, and fields of length, maximum
// length and offset that name parts of the payload.
//
// What is decided here, for all three (rows N-01, N-02): a field of length 0 names nothing, whatever its offset; the
// maximum length is ignored, as the specification says; every other field lies whole within the message and behind the
// header; no two overlap. Anything else makes the message malformed before any of it is acted upon.
#pragma once

#include "ntlm/bytes.hpp"

namespace msv1_0 {

enum class MessageType : std::uint32_t { negotiate = 1, challenge = 2, authenticate = 3 };

inline constexpr std::size_t header_start_bytes = 12;
inline constexpr std::size_t field_bytes = 8;

// None when this is no NTLM message.
OrStatus<MessageType> message_type(ByteView message);

class FieldReader {
 public:
  // The message has at least the header's bytes.
  FieldReader(ByteView message, std::size_t header_bytes) : message_(message), header_bytes_(header_bytes) {}

  // The part that the field at this place of the header names.
  ByteView read(std::size_t place);
  // After all fields were read.
  bool good() const;
  // Where the first part begins; the message's size when there is none.
  std::size_t payload_start() const;

 private:
  struct Part {
    std::size_t start, size_bytes;
  };
  static constexpr std::size_t most_fields = 6;

  ByteView message_;
  std::size_t header_bytes_;
  Part parts_[most_fields] = {};
  std::size_t count_ = 0;
  bool good_ = true;
};

// Builds header and payload side by side. The parts lie in the payload in the order in which they are written, which is
// not that of the fields in the header. What is written fits a field: the callers bound their strings.
class FieldWriter {
 public:
  FieldWriter(MessageType type, std::size_t header_bytes);

  void number(std::size_t place, std::uint32_t value);
  void bytes(std::size_t place, ByteView value);
  void field(std::size_t place, ByteView value);
  Bytes finish() &&;

 private:
  Bytes header_;
  Bytes payload_;
};

}  // namespace msv1_0
