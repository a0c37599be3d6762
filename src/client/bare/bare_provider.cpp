#include "client/bare/bare_provider.hpp"

#include "client/memory/client_buffers.hpp"
#include "client/sspi/text.hpp"
#include "client/user_mode/verified_file.hpp"
#include "nt/built_in_packages.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {
namespace {

constexpr ULONG max_packages = 64;

template <class Info>
bool copy_info(const Info& info, seam::PackageInfo& copy) {
  seam::OptionalText name, comment;
  if (!copy_text(info.Name, name) || !name || name->empty() || !copy_text(info.Comment, comment)) return false;
  copy.capabilities = info.fCapabilities;
  copy.version = info.wVersion;
  copy.rpc_id = info.wRPCID;
  copy.max_token = info.cbMaxToken;
  copy.name = std::move(*name);
  copy.comment = comment.value_or(u"");
  copy.supports_sspi = true;
  return true;
}

}  // namespace

std::shared_ptr<const BareProvider> BareProvider::built_in(const BareTables& tables) {
  auto provider = std::make_shared<BareProvider>();
  provider->tables_ = tables;
  provider->built_in_ = true;
  return provider;
}

void BareProvider::free(void* block) const {
  if (built_in_)
    free_if_buffer(block, FreedBy::free_context_buffer);
  else
    bare_call(tables_.wide.FreeContextBuffer, block);
}

void BareProvider::adopt(void* block) const {
  if (block != nullptr && tables_.wide.FreeContextBuffer != nullptr)
    adopt_buffer(block, tables_.wide.FreeContextBuffer);
}

base::OrFailure<std::shared_ptr<const BareProvider>> BareProvider::load(const std::string& path, uid_t owner) {
  auto provider = std::make_shared<BareProvider>();
  provider->path_ = path;
  const OwnedFile file = OPENLSA_TRY(verify_owned_file(path, owner));
  provider->module_ = OPENLSA_TRY(base::Module::open(file.path));
  provider->module_.leave_loaded();  // its threads may run, and its blocks be freed, until the process ends
  provider->tables_ = OPENLSA_TRY(read_bare_tables(provider->module_));
  OPENLSA_TRY(provider->list_packages());
  return provider;
}

base::OrFailure<> BareProvider::list_packages() {
  return form(false) ? copy_packages(tables_.ansi.EnumerateSecurityPackagesA)
                     : copy_packages(tables_.wide.EnumerateSecurityPackagesW);
}

template <class Info>
base::OrFailure<> BareProvider::copy_packages(SECURITY_STATUS (*enumerate)(ULONG*, Info**)) {
  ULONG count = 0;
  Info* list = nullptr;
  const nt::Status status = bare_call(enumerate, &count, &list);
  if (!nt::succeeded(status)) return base::failure("its EnumerateSecurityPackages failed");
  bool good = count != 0 && count <= max_packages && list != nullptr;
  for (ULONG i = 0; good && i < count; ++i) {
    seam::PackageInfo package;
    good = copy_info(list[i], package) && !nt::is_built_in_package(package.name);
    packages_.push_back(std::move(package));
  }
  if (list != nullptr) free(list);
  return good ? base::OrFailure<>() : base::failure("it lists no packages, or one without a name of its own");
}

}  // namespace openlsa::client
