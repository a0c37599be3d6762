// Loads a package file into a Runtime: the file, its tables, and each package's initialisation.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "host/package/loaded_package.hpp"
#include "seam/package_calls.hpp"

namespace openlsa::host {

class Runtime;

class Loader {
 public:
  Loader(Runtime& runtime, const seam::LoadRequest& request) : runtime_(runtime), request_(request) {}
  // Once. The runtime then holds the packages that are left.
  seam::LoadReply run();

 private:
  // Why a package, or the file, is not used.
  struct Refused {
    nt::Status status;
    std::string reason;
  };
  using Outcome = std::expected<void, Refused>;

  Outcome open_file();
  seam::LoadReply open_door();
  Outcome find_tables(std::vector<SECPKG_FUNCTION_TABLE>& tables);
  Outcome ask_for_tables(std::vector<SECPKG_FUNCTION_TABLE>& tables);
  // package_initialization.cpp
  Outcome initialize(LoadedPackage& package);
  Outcome initialize_authentication_package(LoadedPackage& package);
  Outcome initialize_security_package(LoadedPackage& package);
  Outcome read_information(LoadedPackage& package);
  void note_abilities(LoadedPackage& package);
  // extended_information.cpp
  void set_context_thunks(LoadedPackage& package);
  void read_extended_information(LoadedPackage& package);
  bool name_is_taken(const LoadedPackage& package) const;

  Runtime& runtime_;
  const seam::LoadRequest& request_;
  std::uint32_t interface_version_ = 0;
  bool classic_ = false;
  std::vector<std::unique_ptr<LoadedPackage>> packages_;
};

}  // namespace openlsa::host
