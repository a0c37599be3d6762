// What package-check and package-add have in common: the arguments, the copy of the files, and the look that a
// throw-away host takes at them.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "authority/admin/verbs.hpp"
#include "authority/packages/package_files.hpp"

namespace openlsa::authority::admin {

struct Addition {
  std::string name;
  OpenedFile package;
  std::vector<OpenedFile> libraries;
  Rights rights;
  seam::Door door = seam::Door::security_packages;
  std::uint32_t number = 0;  // of a sub-authentication package
  bool confirmed = false;
};

// A refusal, ready to be sent.
template <class T = void>
using OrReply = std::expected<T, seam::AdminReply>;

// Checks everything that needs no file and no host: names, rights, descriptors, and that the name is free.
OrReply<Addition> parse_addition(const Call& call);

// The files are copied, and a host in its sandbox has seen the tables. Unless keep() is called, a copy that was made
// for this goes with the object.
class CheckedPackage {
 public:
  static OrReply<CheckedPackage> make(const Call& call, const Addition& addition);
  CheckedPackage(CheckedPackage&& other) noexcept;
  CheckedPackage& operator=(CheckedPackage&&) = delete;
  ~CheckedPackage();

  const DropIn& drop_in() const { return drop_in_; }
  const seam::LoadReply& found() const { return found_; }
  const std::string& violation() const { return violation_; }  // of a policy, under audit_only
  void keep() { stored_.fresh = false; }
  std::string json() const;

 private:
  CheckedPackage() = default;
  StoredPackage stored_;
  DropIn drop_in_;
  seam::LoadReply found_;
  std::string violation_;
};

}  // namespace openlsa::authority::admin
