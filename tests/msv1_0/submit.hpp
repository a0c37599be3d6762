// Submit buffers of MSV1_0 as programs build them: a structure, and its strings behind it.
#pragma once

#include <openlsa/ntsecapi.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace openlsa::test {

template <class Structure>
class Submit {
 public:
  Submit() : bytes_(4096) { offset_ = sizeof(Structure); }
  Structure* operator->() { return reinterpret_cast<Structure*>(bytes_.data()); }
  void text(UNICODE_STRING Structure::* member, std::u16string_view text) {
    UNICODE_STRING string{};
    string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * 2);
    string.Buffer = reinterpret_cast<PWSTR>(append(text.data(), text.size() * 2));
    operator->()->*member = string;
  }
  void bytes(STRING Structure::* member, std::string_view data) {
    STRING string{};
    string.Length = string.MaximumLength = static_cast<USHORT>(data.size());
    string.Buffer = static_cast<PCHAR>(append(data.data(), data.size()));
    operator->()->*member = string;
  }
  void* data() { return bytes_.data(); }
  ULONG size() const { return static_cast<ULONG>(offset_); }
  // Where it then lies.
  void* append(const void* from, std::size_t size) {
    void* const place = bytes_.data() + offset_;
    std::memcpy(place, from, size);
    offset_ += size;
    return place;
  }

 private:
  std::vector<char> bytes_;
  std::size_t offset_;
};

struct LogOnAnswer {
  NTSTATUS status = 0;
  NTSTATUS sub_status = 0;
  LUID logon_id{};
  HANDLE token = nullptr;
  std::string profile;  // as it lies in this process
};
// LsaLogonUser with MSV1_0_PACKAGE_NAME over a connection of a logon process, or an untrusted one.
LogOnAnswer log_on(void* submit, ULONG size, SECURITY_LOGON_TYPE type = Interactive, bool trusted = true);
LogOnAnswer log_on_interactively(std::u16string_view user, std::u16string_view password,
                                 std::u16string_view domain = u"");

struct MessageAnswer {
  NTSTATUS status = 0;
  NTSTATUS protocol_status = 0;
  std::string bytes;
};
MessageAnswer send_message(void* submit, ULONG size, bool trusted = true);

}  // namespace openlsa::test
