#include "base/module.hpp"

#include <dlfcn.h>
#include <link.h>

#include <utility>

#include "base/elf_note.hpp"

namespace openlsa::base {
namespace {

// Calls `visit` with each loaded file until it answers true.
template <class Visit>
bool any_file(Visit&& visit) {
  return dl_iterate_phdr([](dl_phdr_info* info, std::size_t,
                            void* context) { return (*static_cast<Visit*>(context))(*info) ? 1 : 0; },
                         &visit) != 0;
}

}  // namespace

OrFailure<Module> Module::open(const std::string& path) {
  if (path.empty() || path.front() != '/')
    return failure("the package file \"" + path + "\" is not an absolute path; name it from the root");
  Module module;
  module.path_ = path;
  // RTLD_NOW: a missing function is found now, not in the middle of a logon. RTLD_LOCAL: packages do not see each
  // other.
  module.handle_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module.handle_ == nullptr) {
    const char* why = dlerror();
    return failure("the package file could not be loaded: " + std::string(why == nullptr ? path : why));
  }
  if (auto read = module.read_segments(); !read)
    return failure("the package file " + path + " cannot be used: " + read.error().message);
  return module;
}

Module::Module(Module&& other) noexcept
    : path_(std::move(other.path_)),
      handle_(std::exchange(other.handle_, nullptr)),
      leave_loaded_(other.leave_loaded_),
      readable_(std::move(other.readable_)),
      table_sizes_(other.table_sizes_) {}

Module& Module::operator=(Module&& other) noexcept {
  if (this == &other) return *this;
  close();
  path_ = std::move(other.path_);
  handle_ = std::exchange(other.handle_, nullptr);
  leave_loaded_ = other.leave_loaded_;
  readable_ = std::move(other.readable_);
  table_sizes_ = other.table_sizes_;
  return *this;
}

Module::~Module() { close(); }

void Module::close() {
  if (handle_ != nullptr && !leave_loaded_) dlclose(handle_);
  handle_ = nullptr;
  readable_.clear();
}

OrFailure<> Module::read_segments() {
  link_map* map = nullptr;
  if (dlinfo(handle_, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr) return failure("the loader does not know it");
  OrFailure<> result;
  const bool found = any_file([&](const dl_phdr_info& file) {
    // The name as well: two files may share a load address of 0 only if they are no shared objects.
    if (file.dlpi_addr != map->l_addr || std::string(file.dlpi_name) != map->l_name) return false;
    for (std::size_t i = 0; i < file.dlpi_phnum; ++i) {
      const ElfW(Phdr)& header = file.dlpi_phdr[i];
      const std::uintptr_t start = file.dlpi_addr + header.p_vaddr;
      if (header.p_type == PT_LOAD && (header.p_flags & PF_R) != 0)
        readable_.push_back({start, start + header.p_memsz});
    }
    for (std::size_t i = 0; i < file.dlpi_phnum && result; ++i) {
      const ElfW(Phdr)& header = file.dlpi_phdr[i];
      const auto* start = reinterpret_cast<const void*>(file.dlpi_addr + header.p_vaddr);
      if (header.p_type != PT_NOTE) continue;
      if (!holds(start, header.p_memsz))
        result = failure("its ELF notes are not loaded with it; the file is damaged");
      else
        result = read_table_sizes(as_bytes(start, header.p_memsz), header.p_align, table_sizes_);
    }
    return true;
  });
  return found ? result : failure("the loader does not list it");
}

bool Module::holds(const void* address, std::size_t size_bytes) const {
  const auto start = reinterpret_cast<std::uintptr_t>(address);
  for (const Segment& segment : readable_)
    if (start >= segment.start && start <= segment.end && size_bytes <= segment.end - start) return true;
  return false;
}

const void* Module::symbol(const char* name) const {
  const void* found = handle_ == nullptr ? nullptr : dlsym(handle_, name);
  return found != nullptr && holds(found, 1) ? found : nullptr;
}

bool is_code(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  return any_file([wanted](const dl_phdr_info& file) {
    for (std::size_t i = 0; i < file.dlpi_phnum; ++i) {
      const ElfW(Phdr)& header = file.dlpi_phdr[i];
      const std::uintptr_t start = file.dlpi_addr + header.p_vaddr;
      if (header.p_type == PT_LOAD && (header.p_flags & PF_X) != 0 && wanted >= start &&
          wanted - start < header.p_memsz)
        return true;
    }
    return false;
  });
}

}  // namespace openlsa::base
