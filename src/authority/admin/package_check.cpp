// package-check: the arguments and files of package-add. Tells what the file holds and which rights it would get;
// nothing stays.
#include "authority/admin/package_addition.hpp"

namespace openlsa::authority::admin {

seam::AdminReply package_check(const Call& call) {
  const PackageChange change;  // a copy for the check must not be one that an addition is about to use
  if (!change) return PackageChange::busy();
  const OrReply<Addition> addition = parse_addition(call);
  if (!addition) return addition.error();
  const OrReply<CheckedPackage> checked = CheckedPackage::make(call, *addition);
  return checked ? answer(checked->json()) : checked.error();
}

}  // namespace openlsa::authority::admin
