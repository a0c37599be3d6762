#include "lsa_mode/package.hpp"

namespace msv1_0 {
namespace {

struct Registered {
  std::mutex mutex;
  std::shared_ptr<Package> package;
};
// Never destroyed: a call may still run while the process exits.
Registered& registered() {
  static Registered& instance = *new Registered;
  return instance;
}

}  // namespace

std::shared_ptr<Package> package() {
  Registered& all = registered();
  const std::lock_guard lock(all.mutex);
  return all.package;
}

void set_package(std::shared_ptr<Package> package) {
  Registered& all = registered();
  const std::lock_guard lock(all.mutex);
  all.package.swap(package);
}

}  // namespace msv1_0
