#include "msv1_0/side_doors.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "support/child.hpp"
#include "support/text.hpp"

namespace openlsa::test {

AdminAnswer add_file(const std::string& name, const std::string& package, std::vector<std::string> arguments) {
  const int file = ::open(package_file(package).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) give_up("there is no " + package_file(package));
  arguments.insert(arguments.end(), {"name=" + name, "file=" + package + ".so", "confirm=yes"});
  AdminAnswer answer = admin("package-add", arguments, {file});
  ::close(file);
  return answer;
}

AdminAnswer remove_file(const std::string& name) { return admin("package-remove", {"name=" + name}); }

AddedFile::AddedFile(std::string name, const std::string& package, std::vector<std::string> arguments)
    : name_(std::move(name)) {
  const AdminAnswer answer = add_file(name_, package, std::move(arguments));
  if (answer.status < 0) give_up("package-add " + name_ + ": " + status_text(answer.status) + " " + answer.message);
}

bool comes_back(const std::function<bool()>& works) { return eventually(works); }

bool runs(const std::string& name) {
  return admin("package-list").json.find("\"name\":\"" + name + "\",\"state\":\"running\"") != std::string::npos;
}

}  // namespace openlsa::test
