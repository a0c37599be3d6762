#include "client/user_mode/user_module.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <algorithm>
#include <cstring>

namespace openlsa::client {
namespace {

// Before this slot no header has ended the table; a file without a note was built with at least these.
constexpr std::size_t oldest_slots = 14;
constexpr std::size_t newest_slots = sizeof(SECPKG_USER_FUNCTION_TABLE) / sizeof(void*);
constexpr std::uint32_t max_table_bytes = 4096;
constexpr ULONG max_tables = 64;

// Calls `visit` with each loaded file until it answers true.
template <class Visit>
bool any_file(Visit&& visit) {
  const auto each = [](dl_phdr_info* info, std::size_t, void* context) {
    return (*static_cast<Visit*>(context))(*info) ? 1 : 0;
  };
  return ::dl_iterate_phdr(each, &visit) != 0;
}

bool is_code(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  return any_file([wanted](const dl_phdr_info& file) {
    for (std::size_t i = 0; i < file.dlpi_phnum; ++i) {
      const ElfW(Phdr)& header = file.dlpi_phdr[i];
      const std::uintptr_t start = file.dlpi_addr + header.p_vaddr;
      const bool code = header.p_type == PT_LOAD && (header.p_flags & PF_X) != 0;
      if (code && wanted >= start && wanted - start < header.p_memsz) return true;
    }
    return false;
  });
}

std::size_t aligned(std::size_t offset) { return (offset + 3) / 4 * 4; }

}  // namespace

base::OrFailure<UserModule> UserModule::load(const std::string& file) {
  UserModule module;
  // RTLD_NOW: a missing function is found now, not in the middle of a message. RTLD_LOCAL: the half's names bind nobody
  // else's calls.
  module.handle_ = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module.handle_ == nullptr) {
    const char* why = ::dlerror();
    return base::failure(why == nullptr ? "it cannot be loaded" : why);
  }
  if (auto read = module.read_segments(); !read) return std::unexpected(read.error());
  return module;
}

base::OrFailure<> UserModule::read_segments() {
  link_map* map = nullptr;
  if (::dlinfo(handle_, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr)
    return base::failure("the loader does not know it");
  any_file([&](const dl_phdr_info& file) {
    if (file.dlpi_addr != map->l_addr || std::strcmp(file.dlpi_name, map->l_name) != 0) return false;
    for (std::size_t i = 0; i < file.dlpi_phnum; ++i) {
      const ElfW(Phdr)& header = file.dlpi_phdr[i];
      const std::uintptr_t start = file.dlpi_addr + header.p_vaddr;
      if (header.p_type == PT_LOAD && (header.p_flags & PF_R) != 0)
        readable_.push_back({start, start + header.p_memsz});
    }
    for (std::size_t i = 0; i < file.dlpi_phnum; ++i) {
      const ElfW(Phdr)& header = file.dlpi_phdr[i];
      const auto* notes = reinterpret_cast<const std::uint8_t*>(file.dlpi_addr + header.p_vaddr);
      if (header.p_type == PT_NOTE && holds(notes, header.p_memsz)) read_note(notes, header.p_memsz);
    }
    return true;
  });
  return readable_.empty() ? base::failure("the loader does not list it") : base::OrFailure<>();
}

// The host has refused files whose notes disagree (they match: same SHA-256), so the first one counts.
void UserModule::read_note(const std::uint8_t* notes, std::size_t size_bytes) {
  std::size_t offset = 0;
  while (!table_bytes_ && offset <= size_bytes && size_bytes - offset >= sizeof(Elf64_Nhdr)) {
    Elf64_Nhdr header;
    std::memcpy(&header, notes + offset, sizeof header);
    const std::size_t name = offset + sizeof header;
    const std::size_t descriptor = aligned(name + header.n_namesz);
    if (descriptor > size_bytes || header.n_descsz > size_bytes - descriptor) return;
    std::uint32_t words[3];
    if (header.n_type == OPENLSA_NOTE_PACKAGE && header.n_namesz == sizeof OPENLSA_NOTE_OWNER &&
        std::memcmp(notes + name, OPENLSA_NOTE_OWNER, sizeof OPENLSA_NOTE_OWNER) == 0 &&
        header.n_descsz >= sizeof words) {
      std::memcpy(words, notes + descriptor, sizeof words);
      if (words[0] == OPENLSA_NOTE_VERSION) table_bytes_ = words[2];
    }
    offset = aligned(descriptor + header.n_descsz);
  }
}

SpUserModeInitializeFn UserModule::initializer() const {
  void* found = ::dlsym(handle_, SECPKG_USERMODEINIT_NAME);
  return found != nullptr && holds(found, 1) ? reinterpret_cast<SpUserModeInitializeFn>(found) : nullptr;
}

base::OrFailure<std::vector<SECPKG_USER_FUNCTION_TABLE>> UserModule::copy_tables(
    const SECPKG_USER_FUNCTION_TABLE* tables, ULONG count) const {
  const std::size_t stride = table_bytes_.value_or(oldest_slots * sizeof(void*));
  if (stride < sizeof(void*) || stride > max_table_bytes || stride % sizeof(void*) != 0)
    return base::failure("its OpenLSA note names a table size that cannot be");
  if (count == 0 || count > max_tables || tables == nullptr)
    return base::failure("SpUserModeInitialize gave no tables");
  const std::size_t counted = std::min(stride, sizeof(SECPKG_USER_FUNCTION_TABLE));
  static_assert(newest_slots >= oldest_slots);
  if (reinterpret_cast<std::uintptr_t>(tables) % alignof(void*) != 0 || !holds(tables, (count - 1) * stride + counted))
    return base::failure("the tables of SpUserModeInitialize do not lie in the file's memory; tables must be static");
  std::vector<SECPKG_USER_FUNCTION_TABLE> copies(count);
  for (ULONG i = 0; i < count; ++i) {
    std::memcpy(&copies[i], reinterpret_cast<const std::uint8_t*>(tables) + i * stride, counted);
    const void* slots[newest_slots];
    std::memcpy(slots, &copies[i], sizeof slots);
    if (!std::all_of(slots, slots + newest_slots, [](const void* slot) { return slot == nullptr || is_code(slot); }))
      return base::failure("a slot of its SECPKG_USER_FUNCTION_TABLE names no code");
  }
  return copies;
}

bool UserModule::holds(const void* address, std::size_t size_bytes) const {
  const auto start = reinterpret_cast<std::uintptr_t>(address);
  for (const Segment& segment : readable_)
    if (start >= segment.start && start <= segment.end && size_bytes <= segment.end - start) return true;
  return false;
}

}  // namespace openlsa::client
