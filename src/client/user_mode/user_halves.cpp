#include "client/user_mode/user_halves.hpp"

#include <pthread.h>

#include "base/log.hpp"
#include "client/connection/per_process.hpp"
#include "client/user_mode/dll_functions.hpp"
#include "client/user_mode/verified_file.hpp"

namespace openlsa::client {
namespace {

std::string hex(nt::Status status) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text = "0x";
  for (int shift = 28; shift >= 0; shift -= 4) text += digits[static_cast<std::uint32_t>(status) >> shift & 0xf];
  return text;
}

void log_unusable(const UserHalfFile& file, const std::string& why) {
  base::log(base::LogLevel::error,
            "the user-mode half " + file.path + " is not used in this process: " + why +
                "; contexts of its package fail here. Look at the file, or run lsactl package add for it again.");
}

}  // namespace

UserHalves& UserHalves::of_process() {
  static constinit PerProcess<UserHalves> halves;
  return halves.now();
}

UserHalves::File* UserHalves::file_of(const UserHalfFile& identity, bool& fresh) {
  for (const auto& file : files_)
    if (file->identity.path == identity.path && file->identity.hash == identity.hash) return file.get();
  fresh = true;
  files_.push_back(std::make_unique<File>(File{.identity = identity, .module = {}, .halves = {}}));
  return files_.back().get();
}

UserHalf* UserHalves::load(const DirectChannel& channel) {
  const UserHalfFile& wanted = channel.user_half();
  const seam::PackageId package = channel.package().id;
  if (!channel.package().has_user_half || wanted.path.empty()) return nullptr;
  bool fresh = false;
  mutex_.lock();
  File* file = file_of(wanted, fresh);
  // A half whose initialization needs itself does not get it.
  while (!fresh && file->loading && !::pthread_equal(file->loader, ::pthread_self())) loaded_.wait(mutex_);
  mutex_.unlock();
  if (fresh) {
    const Loaded done(*this, *file);
    const auto result = initialize(*file, {channel.epoch(), package - wanted.index});
    if (!result) log_unusable(wanted, result.error().message);
  }
  const base::MutexLock lock(mutex_);
  if (file->loading || wanted.index >= file->halves.size()) return nullptr;
  UserHalf* half = file->halves[wanted.index].get();
  if (half != nullptr) half->set_identity({channel.epoch(), package});
  return half;
}

UserHalves::Loaded::~Loaded() {
  const base::MutexLock lock(halves.mutex_);
  file.loading = false;
  halves.loaded_.notify_all();
}

// Only the thread that made the entry is here; the others wait for it.
base::OrFailure<> UserHalves::initialize(File& file, PackageIdentity first) {
  const std::string path =
      OPENLSA_TRY(verify_user_half_file(file.identity.path, file.identity.hash, file.identity.authority));
  file.module = OPENLSA_TRY(base::Module::open(path));
  file.module->leave_loaded();  // the half's threads and callbacks may run for ever
  auto* initializer = file.module->function<std::remove_pointer_t<SpUserModeInitializeFn>>(SECPKG_USERMODEINIT_NAME);
  if (initializer == nullptr) return base::failure("it exports no SpUserModeInitialize");
  ULONG version = 0, count = 0;
  PSECPKG_USER_FUNCTION_TABLE found = nullptr;
  // LsaVersion stays the first interface version, as for SpLsaModeInitialize.
  const nt::Status status = initializer(SECPKG_INTERFACE_VERSION, &version, &found, &count);
  if (!nt::succeeded(status)) return base::failure("SpUserModeInitialize failed with " + hex(status));
  const auto tables = OPENLSA_TRY(copy_user_tables(*file.module, found, count));
  std::vector<std::unique_ptr<UserHalf>> halves;
  for (ULONG i = 0; i < count; ++i) {
    auto half = std::make_unique<UserHalf>(tables[i], PackageIdentity{first.epoch, first.package + i});
    PVOID unused = nullptr;
    const nt::Status started =
        tables[i].InstanceInit == nullptr
            ? STATUS_SUCCESS
            : half->call(tables[i].InstanceInit, ULONG{SECPKG_INTERFACE_VERSION}, dll_functions(), &unused);
    if (!nt::succeeded(started)) {
      log_unusable(file.identity, "SpInstanceInit failed with " + hex(started));
      static_cast<void>(half.release());  // stays in memory: the package's threads may have a pointer to it
    }
    halves.push_back(std::move(half));
  }
  file.halves = std::move(halves);
  return {};
}

UserHalf* UserHalves::find(PackageIdentity package) {
  const base::MutexLock lock(mutex_);
  for (auto file = files_.rbegin(); file != files_.rend(); ++file) {
    if ((*file)->loading) continue;
    for (const auto& half : (*file)->halves)
      if (half && half->identity() == package) return half.get();
  }
  return nullptr;
}

UserHalf* UserHalves::owner_of(const void* code) {
  const base::MutexLock lock(mutex_);
  for (const auto& file : files_)
    if (!file->loading && file->halves.size() == 1 && file->module && file->module->holds(code, 1))
      return file->halves.front().get();
  return nullptr;
}

}  // namespace openlsa::client
