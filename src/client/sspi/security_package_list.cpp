#include "client/sspi/security_package_list.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

#include "client/connection/current_client.hpp"
#include "client/sspi/packages.hpp"
#include "client/sspi/text.hpp"
#include "nt/security_providers.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {
namespace {

template <class Char>
nt::Status read(const Char* given, PackageName& name) {
  seam::OptionalText text;
  if (!copy_text(given, text) || !text) return SEC_E_INVALID_PARAMETER;
  const auto narrow = nt::to_utf8(*text);
  auto path = narrow ? nt::provider_path(*narrow) : base::failure("");
  if (!path) return SEC_E_INVALID_PARAMETER;
  name.text = std::move(*text);
  name.path = std::move(*path);
  name.has_ending = nt::has_library_ending(name.path);
  return SEC_E_OK;
}

// As LsaRegisterLogonProcess asks; the handle goes again at once.
nt::Status check_trusted() {
  CurrentClient client;
  const auto reply = client.call(&seam::AuthorityCalls::connect, {true, "AddSecurityPackage"});
  if (reply.status == STATUS_PORT_CONNECTION_REFUSED) return STATUS_PRIVILEGE_NOT_HELD;
  if (!nt::succeeded(reply.status)) return reply.status;
  return client.call(&seam::AuthorityCalls::disconnect, {reply.lsa_handle}).status;
}

nt::Status administer(seam::AdminRequest request) {
  if (const nt::Status status = check_trusted(); !nt::succeeded(status)) return status;
  return CurrentClient().call(&seam::AuthorityCalls::admin, std::move(request)).status;
}

// While another change of packages is under way it is asked again, for a while.
nt::Status remove_when_idle(const std::string& drop_in) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  while (true) {
    seam::AdminRequest request;
    request.verb = "package-remove";
    request.arguments = {"name=" + drop_in};
    const nt::Status status = administer(std::move(request));
    if (status != STATUS_DEVICE_BUSY || std::chrono::steady_clock::now() >= until) return status;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

bool is_hosted(std::u16string_view name) {
  std::vector<seam::PackageInfo> packages;
  list_hosted_packages(packages);
  return std::any_of(packages.begin(), packages.end(),
                     [&](const seam::PackageInfo& package) { return nt::equal_names(package.name, name); });
}

}  // namespace

std::optional<std::string> PackageName::drop_in() const {
  const std::string base = has_ending ? path.substr(0, path.size() - 3) : path;
  std::string name = base.substr(base.find_last_of('/') + 1);
  return name.find('.') == name.npos ? std::optional(std::move(name)) : std::nullopt;
}

nt::Status read_package_name(const SEC_CHAR* given, PackageName& name) { return read(given, name); }
nt::Status read_package_name(const SEC_WCHAR* given, PackageName& name) { return read(given, name); }

nt::Status add_to_authority(const PackageName& name) {
  const auto drop_in = name.drop_in();
  if (!drop_in) return SEC_E_INVALID_PARAMETER;
  seam::AdminRequest request;
  request.verb = "package-add";
  const std::string file = name.file();
  request.arguments = {"name=" + *drop_in, "file=" + file.substr(file.find_last_of('/') + 1), "confirm=yes"};
  base::UniqueFd opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!opened) return errno == ENOENT ? SEC_E_SECPKG_NOT_FOUND : SEC_E_CANNOT_INSTALL;
  request.files.push_back(std::move(opened));
  const nt::Status status = administer(std::move(request));
  switch (status) {
    case STATUS_ACCESS_DENIED:  // a policy about packages
      return STATUS_PRIVILEGE_NOT_HELD;
    case STATUS_PRIVILEGE_NOT_HELD:
    case STATUS_PORT_DISCONNECTED:
    case SEC_E_INTERNAL_ERROR:
      return status;
    default:
      return nt::succeeded(status) ? status : SEC_E_CANNOT_INSTALL;  // the authority's audit trail says why
  }
}

nt::Status remove_from_authority(const PackageName& name) {
  const auto drop_in = name.drop_in();
  if (!drop_in) return SEC_E_SECPKG_NOT_FOUND;
  const nt::Status status = remove_when_idle(*drop_in);
  switch (status) {
    case STATUS_PRIVILEGE_NOT_HELD:  // who may not ask hears of a package that everybody can list, and of no other
      return is_hosted(name.text) ? status : SEC_E_SECPKG_NOT_FOUND;
    case STATUS_OBJECT_NAME_NOT_FOUND:
    case STATUS_INVALID_PARAMETER:
      return SEC_E_SECPKG_NOT_FOUND;
    default:
      return nt::succeeded(status) ? status : SEC_E_INTERNAL_ERROR;  // the authority's audit trail says why
  }
}

}  // namespace openlsa::client
