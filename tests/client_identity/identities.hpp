// Identities as applications make them, and what the tests ask of the helpers again and again.
#pragma once

#ifndef _SEC_WINNT_AUTH_TYPES
#define _SEC_WINNT_AUTH_TYPES
#endif
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/sspi.h>
#include <openlsa/sspi/packed_credentials.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace openlsa::client {

using Opaque = PSEC_WINNT_AUTH_IDENTITY_OPAQUE;

inline PCWSTR wide(const char16_t* text) { return reinterpret_cast<PCWSTR>(text); }
// NULL is told from the empty string.
inline std::u16string text_of(PCWSTR text) {
  return text == nullptr ? u"(null)" : reinterpret_cast<const char16_t*>(text);
}

// What SspiEncodeStringsAsAuthIdentity makes, freed at the end.
class Encoded {
 public:
  Encoded(const char16_t* user, const char16_t* domain, const char16_t* credentials) {
    EXPECT_EQ(SspiEncodeStringsAsAuthIdentity(wide(user), wide(domain), wide(credentials), &identity_), SEC_E_OK);
  }
  explicit Encoded(Opaque made) : identity_(made) {}
  ~Encoded() { SspiFreeAuthIdentity(identity_); }
  Encoded(const Encoded&) = delete;
  Encoded& operator=(const Encoded&) = delete;

  Opaque get() const { return identity_; }
  SEC_WINNT_AUTH_IDENTITY_EX2& header() const { return *static_cast<SEC_WINNT_AUTH_IDENTITY_EX2*>(identity_); }
  base::MutableByteView block() const {
    const bool padded = (header().Flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED) != 0;
    return {static_cast<std::uint8_t*>(identity_), header().cbStructureLength + (padded ? 8u : 0u)};
  }
  base::Bytes bytes() const { return base::to_bytes(block()); }

 private:
  Opaque identity_ = nullptr;
};

// Memory that ends where the next byte is nobody's.
class AtEndOfPage {
 public:
  explicit AtEndOfPage(base::ByteView bytes) {
    page_ = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    pages_ = (bytes.size() + page_ - 1) / page_ + 1;
    base_ = static_cast<std::uint8_t*>(
        ::mmap(nullptr, pages_ * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (base_ == MAP_FAILED || ::mprotect(base_ + (pages_ - 1) * page_, page_, PROT_NONE) != 0) std::abort();
    data_ = base_ + (pages_ - 1) * page_ - bytes.size();
    size_ = bytes.size();
    if (size_ != 0) std::memcpy(data_, bytes.data(), size_);
  }
  ~AtEndOfPage() { ::munmap(base_, pages_ * page_); }
  AtEndOfPage(const AtEndOfPage&) = delete;
  AtEndOfPage& operator=(const AtEndOfPage&) = delete;

  void* get() const { return data_; }
  base::Bytes bytes() const { return base::to_bytes({data_, size_}); }

 private:
  std::size_t page_ = 0, pages_ = 0, size_ = 0;
  std::uint8_t* base_ = nullptr;
  std::uint8_t* data_ = nullptr;
};

// The three strings of an identity, "(null)" for NULL; the status when there are none.
struct Strings {
  explicit Strings(Opaque identity) {
    PCWSTR user_out = nullptr, domain_out = nullptr, credentials_out = nullptr;
    status = SspiEncodeAuthIdentityAsStrings(identity, &user_out, &domain_out, &credentials_out);
    user = text_of(user_out);
    domain = text_of(domain_out);
    credentials = text_of(credentials_out);
    SspiLocalFree(const_cast<WCHAR*>(user_out));
    SspiLocalFree(const_cast<WCHAR*>(domain_out));
    SspiLocalFree(const_cast<WCHAR*>(credentials_out));
  }
  SECURITY_STATUS status;
  std::u16string user, domain, credentials;
};

// A SEC_WINNT_AUTH_IDENTITY_W whose strings live beside it.
struct WideIdentity {
  std::u16string user = u"alice", domain = u"LAB", password = u"secret";
  SEC_WINNT_AUTH_IDENTITY_W identity{};
  WideIdentity() {
    identity.User = reinterpret_cast<USHORT*>(user.data());
    identity.UserLength = static_cast<ULONG>(user.size());
    identity.Domain = reinterpret_cast<USHORT*>(domain.data());
    identity.DomainLength = static_cast<ULONG>(domain.size());
    identity.Password = reinterpret_cast<USHORT*>(password.data());
    identity.PasswordLength = static_cast<ULONG>(password.size());
    identity.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  }
};

// An EX2 block that an application lays out by hand: the strings behind the header, nothing behind them.
inline base::Bytes block_by_hand(std::u16string_view user, std::u16string_view domain, base::ByteView credentials,
                                 std::u16string_view packages = {}) {
  SEC_WINNT_AUTH_IDENTITY_EX2 header{};
  base::Bytes bytes(sizeof header);
  const auto add = [&](const void* data, std::size_t size, ULONG& offset, USHORT& length) {
    offset = static_cast<ULONG>(bytes.size());
    length = static_cast<USHORT>(size);
    const auto* const begin = static_cast<const std::uint8_t*>(data);
    bytes.insert(bytes.end(), begin, begin + size);
  };
  header.Version = SEC_WINNT_AUTH_IDENTITY_VERSION_2;
  header.cbHeaderLength = sizeof header;
  header.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  add(user.data(), 2 * user.size(), header.UserOffset, header.UserLength);
  add(domain.data(), 2 * domain.size(), header.DomainOffset, header.DomainLength);
  add(credentials.data(), credentials.size(), header.PackedCredentialsOffset, header.PackedCredentialsLength);
  add(packages.data(), 2 * packages.size(), header.PackageListOffset, header.PackageListLength);
  header.cbStructureLength = static_cast<ULONG>(bytes.size());
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

inline base::Bytes packed_by_hand(const GUID& type, base::ByteView data) {
  SEC_WINNT_AUTH_PACKED_CREDENTIALS header{};
  header.cbHeaderLength = sizeof header;
  header.cbStructureLength = static_cast<USHORT>(sizeof header + data.size());
  header.AuthData.CredType = type;
  header.AuthData.CredData.ByteArrayOffset = sizeof header;
  header.AuthData.CredData.ByteArrayLength = static_cast<USHORT>(data.size());
  base::Bytes bytes = base::to_bytes(base::as_bytes(&header, sizeof header));
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

inline base::Bytes password_by_hand(std::u16string_view password) {
  return packed_by_hand(SEC_WINNT_AUTH_DATA_TYPE_PASSWORD, base::as_bytes(password.data(), 2 * password.size()));
}

template <class T>
void poke(base::Bytes& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

}  // namespace openlsa::client
