// AddSecurityPackage and DeleteSecurityPackage: a bare SSP of this process, and a package of the authority.
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

const std::initializer_list<std::int32_t> of_list = {SEC_E_INVALID_PARAMETER, SEC_E_SECPKG_NOT_FOUND,
                                                     SEC_E_CANNOT_INSTALL, SEC_E_UNSUPPORTED_FUNCTION, SEC_E_NOT_OWNER};

std::string bare_file() { return test::package_file("bare_provider"); }
// As in the value Security Packages: without the ending.
std::string hosted_name() {
  const std::string file = test::package_file("late_package");
  return file.substr(0, file.size() - 3);
}

Parameter with_wrong_files(Parameter name, bool ansi) {
  const auto other = [ansi](const char* text) { return ansi ? text_a(text).good : text_w(text).good; };
  return std::move(name)
      .wrong("a bare SSP that is none", other("/nonexistent/provider.so"))
      .wrong("a package that is none", other("/nonexistent/package"))
      .wrong("a relative path", other("directory/provider.so"))
      .wrong("a directory", other("/usr/"));
}

Parameter options(ULONG type, ULONG flags) {
  const auto with = [](SECURITY_PACKAGE_OPTIONS changed) {
    return [changed](Call& call) { return reinterpret_cast<Word>(call.memory.copy(changed)); };
  };
  constexpr ULONG size = sizeof(SECURITY_PACKAGE_OPTIONS);
  static char signature[] = "signed";
  return input_of(SECURITY_PACKAGE_OPTIONS{size, type, flags, 0, nullptr})
      .wrong("a size of nothing", with({0, type, flags, 0, nullptr}))
      .wrong("a byte too few", with({size - 1, type, flags, 0, nullptr}))
      .wrong("a type that is none", with({size, 7, flags, 0, nullptr}))
      .wrong("the other type", with({size, 3 - type, flags, 0, nullptr}))
      .wrong("flags that are none", with({size, type, flags | 0x100, 0, nullptr}))
      .wrong("the other permanence", with({size, type, flags ^ SECPKG_OPTIONS_PERMANENT, 0, nullptr}))
      .wrong("a signature without a place", with({size, type, flags, 6, nullptr}))
      .wrong("a signature", with({size, type, flags, 6, signature}));
}

void remove(std::string name) { DeleteSecurityPackageA(name.data()); }

// A name that is in the list: it is added before the call.
template <class Adding>
Parameter listed(Parameter name, Adding add) {
  name.good = [add, make = std::move(name.good)](Call& call) {
    add();
    return make(call);
  };
  return name;
}

void add_bare() {
  std::string name = bare_file();
  AddSecurityPackageA(name.data(), nullptr);
}

void add_hosted() {
  std::string name = hosted_name();
  SECURITY_PACKAGE_OPTIONS options{sizeof options, SECPKG_OPTIONS_TYPE_LSA, SECPKG_OPTIONS_PERMANENT, 0, nullptr};
  AddSecurityPackageA(name.data(), &options);
}

}  // namespace

void add_package_list_rows() {
  const auto without_bare = [](Call&) { remove(bare_file()); };
  const auto without_hosted = [](Call&) { remove(hosted_name()); };
  const auto bare_a = [] { return with_wrong_files(text_a(bare_file()), true); };
  const auto bare_w = [] { return with_wrong_files(text_w(bare_file()), false); };
  const auto hosted_w = [] { return with_wrong_files(text_w(hosted_name()), false); };
  const auto of_process = [] { return options(SECPKG_OPTIONS_TYPE_SSPI, 0); };
  ROW(AddSecurityPackageW, bare_w(), of_process().optional()).fails(of_list).then(without_bare);
  ROW(AddSecurityPackageA, bare_a(), of_process().optional()).fails(of_list).then(without_bare);
  ROW(AddSecurityPackageW, hosted_w(), options(SECPKG_OPTIONS_TYPE_LSA, SECPKG_OPTIONS_PERMANENT))
      .fails(of_list)
      .then(without_hosted)
      .as_root()
      .called("of the authority");
  ROW(DeleteSecurityPackageW, listed(bare_w(), add_bare)).fails(of_list);
  ROW(DeleteSecurityPackageA, listed(bare_a(), add_bare)).fails(of_list);
  ROW(DeleteSecurityPackageW, listed(hosted_w(), add_hosted)).fails(of_list).as_root().called("of the authority");
}

}  // namespace openlsa::walk
