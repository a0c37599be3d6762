#include "walk/parameters.hpp"

#include "support/text.hpp"

namespace openlsa::walk {
namespace {

Word word(const void* pointer) { return reinterpret_cast<Word>(pointer); }
Make constant(Word number) {
  return [number](Call&) { return number; };
}
const Wrong no_pointer{"NULL", constant(0)};

Make copy_of(std::string bytes, std::size_t alignment = 1) {
  return [bytes = std::move(bytes), alignment](Call& call) {
    return word(call.memory.copy(bytes.data(), bytes.size(), alignment));
  };
}

std::string wide_bytes(std::string_view text, bool terminated) {
  const std::vector<SEC_WCHAR> characters = test::wide(text);
  const std::size_t count = characters.size() - (terminated ? 0 : 1);
  return {reinterpret_cast<const char*>(characters.data()), count * sizeof(SEC_WCHAR)};
}

// A STRING or UNICODE_STRING with the given lengths over the bytes.
template <class String>
Make counted(std::string bytes, int length_change = 0, int maximum_change = 0, bool with_buffer = true) {
  return [=](Call& call) {
    String string{};
    string.Length = static_cast<USHORT>(static_cast<int>(bytes.size()) + length_change);
    string.MaximumLength = static_cast<USHORT>(static_cast<int>(bytes.size()) + maximum_change);
    if (with_buffer)
      string.Buffer = reinterpret_cast<decltype(string.Buffer)>(call.memory.copy(bytes.data(), bytes.size()));
    return word(call.memory.copy(string));
  };
}

template <class String>
Parameter counted_parameter(const std::string& bytes) {
  return {counted<String>(bytes),
          {no_pointer,
           {"a length and no buffer", counted<String>(bytes, 0, 0, false)},
           {"longer than its maximum", counted<String>(bytes, 0, -2), Expect::either},
           {"an odd length", counted<String>(bytes, -1), Expect::either},
           {"empty", counted<String>(""), Expect::either}}};
}

std::string sid_bytes(std::string_view text) {
  const std::vector<UCHAR> bytes = test::parse_sid(std::string(text));
  return {bytes.begin(), bytes.end()};
}

std::string spoilt_sid(std::string_view text, std::size_t at, char byte) {
  std::string bytes = sid_bytes(text);
  bytes[at] = byte;
  return bytes;
}

}  // namespace

Parameter value(Word number) { return {constant(number), {}}; }

Parameter choice(Word number, std::vector<Word> refused) {
  Parameter parameter = value(number);
  for (const Word other : refused) parameter.wrongs.push_back({"the number " + std::to_string(other), constant(other)});
  return parameter;
}

Parameter input(std::string bytes, std::size_t alignment) {
  return {copy_of(std::move(bytes), alignment), {no_pointer}};
}

Parameter size_of(ULONG bytes) {
  Parameter parameter = value(bytes);
  parameter.wrongs = {{"a size of nothing", constant(0), Expect::either},
                      {"a byte too few", constant(bytes - 1), Expect::either},
                      {"a size beyond all memory", constant(0xffffffff), Expect::fails}};
  return parameter;
}

Parameter text_a(std::string text) {
  return {copy_of(std::string(text.c_str(), text.size() + 1)),
          {no_pointer,
           {"an empty text", copy_of(std::string(1, '\0')), Expect::either},
           {"no UTF-8", copy_of(std::string("\xff\xfe", 3)), Expect::either},
           {"a very long text", copy_of(std::string(70000, 'x') + '\0'), Expect::either}}};
}

Parameter text_w(std::string_view text) {
  return {copy_of(wide_bytes(text, true)),
          {no_pointer,
           {"an empty text", copy_of(wide_bytes("", true)), Expect::either},
           {"half a surrogate pair", copy_of(std::string("\x00\xd8\x00\x00", 4)), Expect::either},
           {"a very long text", copy_of(wide_bytes(std::string(70000, 'x'), true)), Expect::either}}};
}

Parameter counted_a(std::string text) { return counted_parameter<LSA_STRING>(text); }
Parameter counted_w(std::string_view text) { return counted_parameter<LSA_UNICODE_STRING>(wide_bytes(text, false)); }

Parameter counted_w_array(std::string_view text, std::size_t count) {
  const std::string bytes = wide_bytes(text, false);
  const auto array = [=](bool with_buffer) {
    return [=](Call& call) {
      std::vector<LSA_UNICODE_STRING> strings(count);
      for (LSA_UNICODE_STRING& string : strings) {
        string.Length = string.MaximumLength = static_cast<USHORT>(bytes.size());
        if (with_buffer) string.Buffer = static_cast<PWSTR>(call.memory.copy(bytes.data(), bytes.size()));
      }
      return word(call.memory.copy(strings.data(), count * sizeof strings[0]));
    };
  };
  return {array(true), {no_pointer, {"a length and no buffer", array(false)}}};
}

Parameter sid(std::string_view text) {
  return {copy_of(sid_bytes(text), alignof(ULONG)),
          {no_pointer,
           {"a SID of revision 2", copy_of(spoilt_sid(text, 0, 2), alignof(ULONG))},
           {"a SID with 16 subauthorities", copy_of(spoilt_sid(text, 1, 16), alignof(ULONG))},
           {"a SID with 255 subauthorities", copy_of(spoilt_sid(text, 1, '\xff'), alignof(ULONG))}}};
}

Parameter sid_array(std::string_view text) {
  const auto array = [](Make make) {
    return [make = std::move(make)](Call& call) { return word(call.memory.copy(make(call))); };
  };
  Parameter one = sid(text);
  Parameter parameter{array(one.good), {no_pointer}};
  for (const Wrong& wrong : one.wrongs)
    parameter.wrongs.push_back({"an array with " + wrong.what, array(wrong.make), wrong.expect});
  return parameter;
}

Parameter guid(const GUID& good) {
  GUID other = good;
  other.Data1 ^= 0x10;
  return input_of(good).wrong("a GUID of nothing",
                              copy_of(std::string(reinterpret_cast<char*>(&other), sizeof other), alignof(GUID)),
                              Expect::either);
}

Parameter output(std::size_t size, Output what) {
  return {[size, what = std::move(what)](Call& call) {
            return word(call.memory.output({.name = what.name,
                                            .size = size,
                                            .on_failure = what.on_failure,
                                            .written_with = what.written_with,
                                            .whole = what.whole,
                                            .required = what.required,
                                            .release = what.release}));
          },
          {no_pointer}};
}

Parameter in_out(ULONG number, std::string name, std::vector<std::int32_t> written_with) {
  const auto place = [=](ULONG in) {
    return [=](Call& call) {
      ULONG* const at = call.memory.copy(in);
      call.memory.watch({.name = name,
                         .at = reinterpret_cast<unsigned char*>(at),
                         .size = sizeof *at,
                         .on_failure = written_with.empty() ? OnFailure::untouched : OnFailure::written,
                         .written_with = written_with,
                         .whole = false});
      return word(at);
    };
  };
  return {place(number),
          {no_pointer, {"a size of nothing", place(0), Expect::either}, {"a size of one", place(1), Expect::either}}};
}

Release deleted_context() {
  return [](unsigned char* cell) {
    SecHandle handle;
    std::memcpy(&handle, cell, sizeof handle);
    DeleteSecurityContext(&handle);
  };
}

Release freed_credential() {
  return [](unsigned char* cell) {
    SecHandle handle;
    std::memcpy(&handle, cell, sizeof handle);
    FreeCredentialsHandle(&handle);
  };
}

}  // namespace openlsa::walk
