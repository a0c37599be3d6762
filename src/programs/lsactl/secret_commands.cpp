#include <memory>

#include "programs/lsactl/commands.hpp"
#include "programs/lsactl/secret_input.hpp"

namespace openlsa::lsactl {
namespace {

constexpr std::size_t max_secret_bytes = 512;  // LSA_SECRET_MAXIMUM_LENGTH

int set(const std::string& name, int descriptor, const Options& options) {
  const auto secret = descriptor >= 0 ? read_secret(descriptor, max_secret_bytes) : read_password(name, descriptor);
  if (!secret) return show({false, "", secret.error().message}, options.json);
  const auto file = SecretFile::make(*secret);
  if (!file) return show({false, "", file.error().message}, options.json);
  return show(ask("secret-set", {"name=" + name}, {file->descriptor()}), options.json);
}

}  // namespace

void add_secret_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* secret = app.add_subcommand("secret", "LSA private data; values are never shown");
  secret->require_subcommand(1);
  secret->add_subcommand("list", "The names of all private data")->callback([&] {
    exit_code = show(ask("secret-list", {}), options.json);
  });
  auto name = std::make_shared<std::string>();
  auto descriptor = std::make_shared<int>(-1);
  CLI::App* setting = secret->add_subcommand("set", "Stores private data; asks for it twice");
  setting->add_option("NAME", *name, "Its name")->required();
  setting->add_option("--secret-fd", *descriptor, "Read it from this descriptor, to its end")
      ->check(CLI::NonNegativeNumber);
  setting->callback([=, &options, &exit_code] { exit_code = set(*name, *descriptor, options); });
  auto gone = std::make_shared<std::string>();
  CLI::App* removing = secret->add_subcommand("remove", "Removes private data");
  removing->add_option("NAME", *gone, "Its name")->required();
  removing->callback([&, gone] { exit_code = show(ask("secret-remove", {"name=" + *gone}), options.json); });
}

}  // namespace openlsa::lsactl
