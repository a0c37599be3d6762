// fuzz-seeds DIRECTORY: first inputs for the targets codec and dispatch, one for each request and reply.
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

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fuzz-seeds DIRECTORY\n");
    return 2;
  }
  const std::filesystem::path place = argv[1];
  for (const char* target : {"codec", "dispatch"}) std::filesystem::create_directories(place / target);
  codec_seeds(place / "codec");
  dispatch_seeds(place / "dispatch");
  return 0;
}
