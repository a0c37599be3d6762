// A mount namespace of the test program's own, with /run and files of /etc that nobody else sees: PAM and NSS have
// their places there, and the machine's own must not be touched.
#pragma once

#include <string>

namespace openlsa::test {

// Before any thread starts. Empty on success; otherwise why it cannot be (not root).
std::string enter_private_system();

// What stands at `path` from now on, for this program and its children; `path` must be there in the machine's /etc, or
// the directory must have been replaced.
void replace_file(const std::string& path, const std::string& text, unsigned mode = 0644);
// A copy of the machine's /etc, to be written as it pleases.
void copy_etc();
// An empty directory instead of the machine's; it is made when there is none (only below /run).
void replace_directory(const std::string& path);
// `directory` is seen at `place` as well.
void show_at(const std::string& directory, const std::string& place);
void stop_showing_at(const std::string& place);

}  // namespace openlsa::test
