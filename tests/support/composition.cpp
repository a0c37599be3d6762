#include "support/composition.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace openlsa::test {
namespace {

constexpr const char* names[] = {"isolated", "in-authority", "embedded"};
Composition chosen = Composition::embedded;

}  // namespace

void choose_composition(int argc, char** argv) {
  static constexpr char prefix[] = "--composition=";
  const char* name = std::getenv("OPENLSA_TEST_COMPOSITION");
  for (int i = 1; i < argc; ++i)
    if (std::strncmp(argv[i], prefix, sizeof prefix - 1) == 0) name = argv[i] + sizeof prefix - 1;
  if (name == nullptr) return;
  for (int i = 0; i < 3; ++i)
    if (std::strcmp(name, names[i]) == 0) {
      chosen = static_cast<Composition>(i);
      return;
    }
  std::fprintf(stderr, "'%s' is no composition; choose isolated, in-authority or embedded\n", name);
  std::exit(2);
}

Composition composition() { return chosen; }
const char* composition_name() { return names[static_cast<int>(chosen)]; }
bool is_root() { return ::geteuid() == 0; }

}  // namespace openlsa::test
