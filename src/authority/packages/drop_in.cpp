#include "authority/packages/drop_in.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "authority/packages/package_files.hpp"
#include "authority/policy/files.hpp"
#include "authority/policy/toml_reader.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_file_bytes = 64 * 1024;
constexpr std::string_view suffix = ".toml";

std::string path_of(const std::string& directory, const std::string& name) {
  return directory + "/" + name + std::string(suffix);
}

bool parse_hex(std::string_view text, Sha256& hash) {
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  if (text.size() != 2 * hash.size()) return false;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    const int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    hash[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

base::OrFailure<> read_rights(const TomlReader& reader, Rights& rights) {
  OPENLSA_TRY(reader.only_keys({"vouch_for", "clear_text_passwords", "account_keys", "network", "call_packages"}));
  OPENLSA_TRY(reader.texts("vouch_for", rights.vouch_for));
  OPENLSA_TRY(reader.flag("clear_text_passwords", rights.clear_text_passwords));
  OPENLSA_TRY(reader.flag("account_keys", rights.account_keys));
  OPENLSA_TRY(reader.flag("network", rights.network));
  return reader.texts("call_packages", rights.call_packages);
}

// A sub-authentication package has its number (Lsa\\MSV1_0, Auth<number>), the other kinds have none.
base::OrFailure<> read_kind(const TomlReader& reader, DropIn& drop_in) {
  std::string kind = to_string(drop_in.door);
  OPENLSA_TRY(reader.text("kind", kind));
  const std::optional<seam::Door> door = parse_door(kind);
  if (!door)
    return reader.wrong("kind", "must be \"security\", \"sub-authentication\", \"notification\" or \"domain\".");
  drop_in.door = *door;
  const bool numbered = *door == seam::Door::sub_authentication;
  if (numbered != reader.has("number"))
    return reader.wrong("number", numbered ? "is missing. Add the package again with `lsactl package add`."
                                           : "belongs to a sub-authentication package alone. Remove it.");
  return reader.number("number", drop_in.number, 0, max_sub_authentication_number);
}

constexpr std::size_t max_context_thunks = 256;  // of one package

base::OrFailure<> read_context_thunks(const TomlReader& reader, std::vector<seam::ContextThunks>& thunks) {
  for (const std::string& package : reader.keys()) {
    const auto name = nt::to_utf16(package);
    if (!name || name->empty()) return reader.wrong(package, "is no name of a package. Correct it.");
    std::vector<std::uint32_t> levels;
    OPENLSA_TRY(reader.numbers(package, levels));
    if (levels.size() > max_context_thunks) return reader.wrong(package, "has more than 256 attributes. Remove some.");
    thunks.push_back({*name, std::move(levels)});
  }
  return {};
}

// A basic TOML string (TOML 1.0.0, "String").
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string list_of(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ", ") + quoted(value);
  return "[" + out + "]";
}

std::string format_context_thunks(const std::vector<seam::ContextThunks>& thunks) {
  std::string text = thunks.empty() ? "" : "\n[context_thunks]\n";
  for (const seam::ContextThunks& one : thunks)
    text += fmt::format("{} = [{}]\n", quoted(nt::to_utf8_lossy(one.package_name)), fmt::join(one.levels, ", "));
  return text;
}

}  // namespace

const char* to_string(seam::Door door) {
  switch (door) {
    case seam::Door::security_packages:
      return "security";
    case seam::Door::sub_authentication:
      return "sub-authentication";
    case seam::Door::notification:
      return "notification";
    case seam::Door::domain:
      return "domain";
  }
  return "unknown";
}

std::optional<seam::Door> parse_door(std::string_view kind) {
  for (const seam::Door door :
       {seam::Door::security_packages, seam::Door::sub_authentication, seam::Door::notification, seam::Door::domain})
    if (kind == to_string(door)) return door;
  return std::nullopt;
}

std::string to_hex(const Sha256& hash) {
  std::string text;
  for (const std::uint8_t byte : hash) text += fmt::format("{:02x}", byte);
  return text;
}

bool is_valid_drop_in_name(std::string_view name) {
  const auto letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && name.size() <= 64 && letter_or_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter_or_digit(c) || c == '-' || c == '_'; });
}

base::OrFailure<DropIn> parse_drop_in(std::string_view text, const std::string& path,
                                      const std::string& state_directory) {
  DropIn drop_in;
  const std::size_t begin = path.find_last_of('/') + 1;
  drop_in.name = path.substr(begin);
  if (!drop_in.name.ends_with(suffix)) return base::failure(path + " does not end with .toml. Rename it.");
  drop_in.name.resize(drop_in.name.size() - suffix.size());
  if (!is_valid_drop_in_name(drop_in.name))
    return base::failure(path + " is no valid name of a drop-in. Use letters, digits, '-' and '_', at most 64.");
  const toml::table table = OPENLSA_TRY(parse_toml(text, path));
  const TomlReader reader(table, path);
  OPENLSA_TRY(reader.only_keys({"file", "sha256", "uid", "kind", "number", "rights", "context_thunks"}));
  for (std::string_view key : {"file", "sha256", "uid"})
    if (!reader.has(key)) return reader.wrong(key, "is missing. Add the package again with `lsactl package add`.");
  OPENLSA_TRY(reader.absolute_path("file", drop_in.file));
  std::string hash;
  OPENLSA_TRY(reader.text("sha256", hash));
  if (!parse_hex(hash, drop_in.sha256)) return reader.wrong("sha256", "must be 64 hexadecimal digits in lower case.");
  OPENLSA_TRY(reader.number("uid", drop_in.uid, 1, 0xfffffffd));
  const std::string directory = state_directory + "/packages/" + hash + "/";
  if (!is_plain_absolute(drop_in.file) || !drop_in.file.starts_with(directory) ||
      drop_in.file.find('/', directory.size()) != std::string::npos)
    return reader.wrong(
        "file", fmt::format("must lie directly in {}. Add the package again with `lsactl package add`.", directory));
  OPENLSA_TRY(read_kind(reader, drop_in));
  OPENLSA_TRY(read_rights(OPENLSA_TRY(reader.section("rights")), drop_in.rights));
  OPENLSA_TRY(read_context_thunks(OPENLSA_TRY(reader.section("context_thunks")), drop_in.context_thunks));
  return drop_in;
}

std::string format_drop_in(const DropIn& drop_in) {
  const Rights& rights = drop_in.rights;
  std::string text = "# Written by `lsactl package add`.\n";
  text += fmt::format("file = {}\nsha256 = {}\nuid = {}\n", quoted(drop_in.file), quoted(to_hex(drop_in.sha256)),
                      drop_in.uid);
  if (drop_in.door != seam::Door::security_packages)
    text += fmt::format("kind = {}\n", quoted(to_string(drop_in.door)));
  if (drop_in.door == seam::Door::sub_authentication) text += fmt::format("number = {}\n", drop_in.number);
  text += "\n[rights]\n";
  text +=
      fmt::format("vouch_for = {}\nclear_text_passwords = {}\naccount_keys = {}\nnetwork = {}\ncall_packages = {}\n",
                  list_of(rights.vouch_for), rights.clear_text_passwords, rights.account_keys, rights.network,
                  list_of(rights.call_packages));
  text += format_context_thunks(drop_in.context_thunks);
  return text;
}

base::OrFailure<DropIn> read_drop_in(const std::string& directory, const std::string& name,
                                     const std::string& state_directory) {
  const std::string path = path_of(directory, name);
  if (!is_valid_drop_in_name(name))
    return base::failure(path + " is no valid name of a drop-in. Use letters, digits, '-' and '_', at most 64.");
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return system_failure("open", path, "List the packages with `lsactl package list`.");
  OPENLSA_TRY(verify_trusted_descriptor(file.get(), path));
  const std::string text = OPENLSA_TRY(read_file(file.get(), path, max_file_bytes));
  DropIn drop_in = OPENLSA_TRY(parse_drop_in(text, path, state_directory));
  OPENLSA_TRY(verify_trusted_file(parent_of(drop_in.file)));
  OPENLSA_TRY(verify_trusted_file(drop_in.file));
  return drop_in;
}

base::OrFailure<> write_drop_in(const std::string& directory, const DropIn& drop_in) {
  if (!is_valid_drop_in_name(drop_in.name))
    return base::failure(
        fmt::format("'{}' is no valid name of a package. Use letters, digits, '-' and '_', at most 64.", drop_in.name));
  OPENLSA_TRY(ensure_directory(directory, 0755));
  return replace_file(path_of(directory, drop_in.name), base::as_bytes(format_drop_in(drop_in)), 0644);
}

base::OrFailure<> remove_drop_in(const std::string& directory, const std::string& name) {
  if (!is_valid_drop_in_name(name)) return base::failure(fmt::format("'{}' is no valid name of a package.", name));
  const std::string path = path_of(directory, name);
  if (::unlink(path.c_str()) != 0)
    return system_failure("remove", path, "List the packages with `lsactl package list`.");
  return sync_directory(directory);
}

base::OrFailure<DropInListing> list_drop_ins(const std::string& directory) {
  DropInListing listing;
  const std::unique_ptr<DIR, int (*)(DIR*)> opened(::opendir(directory.c_str()), ::closedir);
  if (opened == nullptr) {
    if (errno == ENOENT) return listing;
    return system_failure("list", directory, "Check its owner and permissions.");
  }
  OPENLSA_TRY(verify_trusted_descriptor(::dirfd(opened.get()), directory));
  while (const dirent* entry = ::readdir(opened.get())) {
    const std::string_view file = entry->d_name;
    // What is left over from an interrupted write, a backup or an editor is no drop-in, and says so by its suffix.
    if (!file.ends_with(suffix)) continue;
    const std::string name(file.substr(0, file.size() - suffix.size()));
    if (is_valid_drop_in_name(name))
      listing.names.push_back(name);
    else
      listing.refused.emplace_back(file, "The name is not valid. Use letters, digits, '-' and '_', at most 64.");
  }
  std::sort(listing.names.begin(), listing.names.end());
  std::sort(listing.refused.begin(), listing.refused.end());
  return listing;
}

}  // namespace openlsa::authority
