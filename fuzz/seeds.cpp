// fuzz-seeds DIRECTORY: first inputs for the targets codec and dispatch, one for each request and reply, and
// identities.
#define _SEC_WINNT_AUTH_TYPES
#include <openlsa/sspi.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "fuzz/interfaces.hpp"
#include "wire/codec.hpp"

using namespace openlsa;

namespace {

void write(const std::filesystem::path& path, base::Bytes head, const base::Bytes& body) {
  head.insert(head.end(), body.begin(), body.end());
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(head.data()), static_cast<std::streamsize>(head.size()));
}

// The order is that of the readers in codec.cpp.
void codec_seeds(const std::filesystem::path& place) {
  std::uint8_t which = 0;
#define OPENLSA_SEED(number, function, Message, permission, duration)                                \
  write(place / (#function "-request"), {which++, 0}, wire::encode(seam::Message##Request{}).bytes); \
  write(place / (#function "-reply"), {which++, 0}, wire::encode(seam::Message##Reply{}).bytes);
  OPENLSA_ALL_CALLS(OPENLSA_SEED)
#undef OPENLSA_SEED
}

void dispatch_seeds(const std::filesystem::path& place) {
  std::uint8_t interface = 0;
#define OPENLSA_SEED(number, function, Message, permission, duration) \
  write(place / #function, {interface, number, 0, 0}, wire::encode(seam::Message##Request{}).bytes);
  OPENLSA_AUTHORITY_CALLS(OPENLSA_SEED)
  interface = 2;
  OPENLSA_SSPI_CALLS(OPENLSA_SEED)
  interface = 3;
  OPENLSA_PACKAGE_CALLS(OPENLSA_SEED)
  interface = 4;
  OPENLSA_SUPPORT_CALLS(OPENLSA_SEED)
  interface = 5;
  OPENLSA_CLIENT_CALLS(OPENLSA_SEED)
#undef OPENLSA_SEED
}

// alice of LAB with the password "secret" and all packages but NTLM; with padding, and without.
void identity_seeds(const std::filesystem::path& place) {
  struct {
    SEC_WINNT_AUTH_IDENTITY_EX2 head{};
    SEC_WINNT_AUTH_PACKED_CREDENTIALS packed{};
    char16_t password[6] = {u's', u'e', u'c', u'r', u'e', u't'};
    char16_t user[5] = {u'a', u'l', u'i', u'c', u'e'};
    char16_t domain[3] = {u'L', u'A', u'B'};
    char16_t packages[5] = {u'!', u'N', u'T', u'L', u'M'};
    std::uint8_t padding[8] = {};
  } block;
  const auto offset = [&](const void* part) {
    return static_cast<ULONG>(static_cast<const char*>(part) - reinterpret_cast<const char*>(&block));
  };
  block.head.Version = SEC_WINNT_AUTH_IDENTITY_VERSION_2;
  block.head.cbHeaderLength = sizeof block.head;
  block.head.cbStructureLength = offset(&block.padding);
  block.head.UserOffset = offset(&block.user);
  block.head.UserLength = sizeof block.user;
  block.head.DomainOffset = offset(&block.domain);
  block.head.DomainLength = sizeof block.domain;
  block.head.PackedCredentialsOffset = offset(&block.packed);
  block.head.PackedCredentialsLength = sizeof block.packed + sizeof block.password;
  block.head.PackageListOffset = offset(&block.packages);
  block.head.PackageListLength = sizeof block.packages;
  block.packed.cbHeaderLength = sizeof block.packed;
  block.packed.cbStructureLength = block.head.PackedCredentialsLength;
  block.packed.AuthData.CredType = SEC_WINNT_AUTH_DATA_TYPE_PASSWORD;
  block.packed.AuthData.CredData = {sizeof block.packed, sizeof block.password};
  const auto bytes = [&] {
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(&block);
    return base::Bytes(begin, begin + sizeof block);
  };
  write(place / "clear", {0}, bytes());
  block.head.Flags = SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED;
  write(place / "padded", {0}, bytes());
  block.head.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED;
  write(place / "encrypted-elsewhere", {0}, bytes());
  const std::string_view nothing_known = "+OLSATI1+00000000FFFFFFFFFFFFFFFFFFFFFFFFFFFF000000006E";
  write(place / "target", {3}, base::Bytes(nothing_known.begin(), nothing_known.end()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fuzz-seeds DIRECTORY\n");
    return 2;
  }
  const std::filesystem::path place = argv[1];
  for (const char* target : {"codec", "dispatch", "identity"}) std::filesystem::create_directories(place / target);
  codec_seeds(place / "codec");
  dispatch_seeds(place / "dispatch");
  identity_seeds(place / "identity");
  return 0;
}
