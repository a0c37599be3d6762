// account import, account export: the authority reads and writes the file; here is the loop over its parts.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/unique_fd.hpp"
#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_problems = 20;

struct Transfer {
  std::string file;
  std::string format;
  bool keys = false;
};

std::string format_of(const Transfer& transfer) {
  if (!transfer.format.empty()) return transfer.format;
  return transfer.file.ends_with(".json") || transfer.file.ends_with(".jsonl") ? "json" : "csv";
}

// One line that grows, on a terminal only.
class Progress {
 public:
  explicit Progress(std::uint64_t total) : total_(total), shown_(::isatty(STDERR_FILENO) != 0) {}
  ~Progress() {
    if (shown_) std::fputs("\r\033[K", stderr);
  }
  void show(std::uint64_t done, std::uint64_t added, std::uint64_t skipped) const {
    if (!shown_) return;
    constexpr int width = 30;
    const int filled = total_ == 0 ? width : static_cast<int>(done * width / total_);
    std::fprintf(stderr, "\r[%-*.*s] %3d%%  %llu added, %llu there already", width, filled,
                 "##############################", total_ == 0 ? 100 : static_cast<int>(done * 100 / total_),
                 static_cast<unsigned long long>(added), static_cast<unsigned long long>(skipped));
    std::fflush(stderr);
  }

 private:
  const std::uint64_t total_;
  const bool shown_;
};

Answer unreadable() { return {false, "", "The authority's answer cannot be read. Use an lsactl of its version."}; }

Answer import(const Transfer& transfer, int file, std::uint64_t size) {
  const Progress progress(size);
  std::uint64_t offset = 0, line = 1, added = 0, skipped = 0, failed = 0;
  Json problems = Json::array();
  for (bool end = false; !end;) {
    const Answer part = ask(
        "account-import",
        {"format=" + format_of(transfer), "offset=" + std::to_string(offset), "line=" + std::to_string(line)}, {file});
    const Json parsed = Json::parse(part.ok ? part.json : "{}", nullptr, false);
    if (!part.ok)
      return {false, "",
              part.message + " " + std::to_string(added) + " accounts were added before; run it again to go on."};
    if (!parsed.is_object() || !parsed.contains("end")) return unreadable();
    offset = parsed.value("next", offset);
    line = parsed.value("line", line);
    end = parsed.value("end", true);
    added += parsed.value("added", 0u);
    skipped += parsed.value("skipped", 0u);
    failed += parsed.value("failed", 0u);
    for (const Json& problem : parsed["problems"])
      if (problems.size() < most_problems) problems.push_back(problem);
    progress.show(offset, added, skipped);
  }
  const Json result = {{"added", added}, {"skipped", skipped}, {"failed", failed}, {"problems", problems}};
  return {true, result.dump(-1, ' ', false, Json::error_handler_t::replace), ""};
}

int run_import(const Transfer& transfer, const Options& options) {
  const base::UniqueFd file(::open(transfer.file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (!file || ::fstat(file.get(), &status) != 0)
    return show({false, "", "Cannot open " + transfer.file + ": " + std::strerror(errno) + "."}, options.json);
  const Answer answer = import(transfer, file.get(), static_cast<std::uint64_t>(status.st_size));
  const int code = show(answer, options.json);
  const Json parsed = Json::parse(answer.ok ? answer.json : "{}", nullptr, false);
  return code == 0 && parsed.value("failed", 0u) != 0 ? 1 : code;
}

int run_export(const Transfer& transfer, const Options& options) {
  const base::UniqueFd file(::open(transfer.file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file)
    return show({false, "",
                 "Cannot create " + transfer.file + ": " + std::strerror(errno) + ". Name a file that is not there."},
                options.json);
  std::uint64_t accounts = 0;
  for (std::string from = "0";;) {
    std::vector<std::string> arguments = {"format=" + format_of(transfer), "from=" + from};
    if (transfer.keys) arguments.push_back("keys=yes");
    const Answer part = ask("account-export", arguments, {file.get()});
    const Json parsed = Json::parse(part.ok ? part.json : "{}", nullptr, false);
    if (!part.ok || !parsed.is_object() || !parsed.contains("next")) {
      ::unlink(transfer.file.c_str());
      return show(part.ok ? unreadable() : part, options.json);
    }
    accounts += parsed.value("accounts", 0u);
    if (parsed["next"] == 0u) return show({true, Json{{"accounts", accounts}}.dump(), ""}, options.json);
    from = parsed["next"].dump();
  }
}

void add_format(CLI::App& command, Transfer& transfer) {
  command.add_option("--format", transfer.format, "csv or json (one object a line); otherwise by the file's name")
      ->check(CLI::IsMember({"csv", "json"}));
}

}  // namespace

void add_import_command(CLI::App& account, const Options& options, int& exit_code) {
  auto transfer = std::make_shared<Transfer>();
  CLI::App* command = account.add_subcommand(
      "import",
      "Adds accounts from a file. Columns: name, uid, gid, groups, member_of, home, shell, full_name, password or "
      "nt_key, disabled, must_change_password, password_never_expires, cannot_change_password, expires, logon_hours, "
      "workstations. What is there and equal is skipped: after an interruption run it again");
  command->add_option("FILE", transfer->file, "CSV with a header, or one JSON object a line")->required();
  add_format(*command, *transfer);
  command->callback([&, transfer] { exit_code = run_import(*transfer, options); });
}

void add_export_command(CLI::App& account, const Options& options, int& exit_code) {
  auto transfer = std::make_shared<Transfer>();
  CLI::App* command = account.add_subcommand("export", "Writes all accounts to a new file that `import` reads");
  command->add_option("FILE", transfer->file, "The new file")->required();
  add_format(*command, *transfer);
  command->add_flag("--with-keys", transfer->keys, "With the NT keys, which are worth the passwords: guard the file");
  command->callback([&, transfer] { exit_code = run_export(*transfer, options); });
}

}  // namespace openlsa::lsactl
