#include "authority/policy/configuration.hpp"

#include <gtest/gtest.h>

#include "authority/policy/authority_id.hpp"
#include "authority_policy/temporary_directory.hpp"

namespace openlsa::authority {
namespace {

std::string refusal_of(const std::string& text) {
  TemporaryDirectory directory;
  directory.write("lsa.toml", text);
  const auto loaded = load_configuration(directory.path());
  if (loaded) return "";
  EXPECT_TRUE(loaded.error().message.find(directory / "lsa.toml") != std::string::npos) << loaded.error().message;
  return loaded.error().message;
}

TEST(Configuration, KeepsDefaultsForMissingKeys) {
  TemporaryDirectory directory;
  directory.write("lsa.toml", "");
  const auto loaded = load_configuration(directory.path());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->socket, "/run/openlsa/lsad.sock");
  EXPECT_EQ(loaded->packages_directory, directory / "packages.d");
  EXPECT_EQ(loaded->audit_log, "/var/lib/openlsa/audit.jsonl");
  EXPECT_EQ(loaded->composition, Composition::isolated);
  EXPECT_FALSE(loaded->domain.empty());
}

TEST(Configuration, SecurityProvidersIsOneStringOfFilesWithTheirEnding) {
  TemporaryDirectory directory;
  directory.write("lsa.toml", "security_providers = \"one.so, /opt/two.so\"\n");
  EXPECT_TRUE(load_configuration(directory / "lsa.toml"));
  for (const char* text : {"security_providers = [\"one\", \"two\"]\n", "security_providers = \"one,two.so\"\n"})
    EXPECT_NE(refusal_of(text).find("security_providers"), std::string::npos) << text;
}

// The parser has undefined behaviour for these (found by fuzzing), so none may reach it.
TEST(Configuration, RefusesCharactersThatStandOnlyInStringsBeforeTheyReachTheParser) {
  for (const char* text :
       {"\n\u00e9 = 1", "\n[`]", "\nsocket = /tmp/s", "\n[accounts]\u00a0", "\nsocket = \"a\" \u20ac"}) {
    const std::string refusal = refusal_of(text);
    EXPECT_NE(refusal.find("lsa.toml:2: not valid TOML: a character"), std::string::npos) << text << ": " << refusal;
  }
}

TEST(Configuration, KeepsLettersOfEveryAlphabetInDoubleQuotes) {
  TemporaryDirectory directory;
  directory.write("lsa.toml", "# \u00e9\nsocket = \"/tmp/\u00e9\U0001f511\\u00e9\"\n");
  const auto loaded = load_configuration(directory.path());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->socket, "/tmp/\u00e9\U0001f511\u00e9");
  EXPECT_NE(refusal_of("socket = '/tmp/\u00e9'\n").find("lsa.toml:1: not valid TOML: a letter outside of ASCII"),
            std::string::npos);
  EXPECT_NE(refusal_of("\nsocket = \"/tmp/\\\u00e9\"\n").find("lsa.toml:2: not valid TOML: a string"),
            std::string::npos);
  EXPECT_NE(refusal_of("socket = \"/tmp/\xff\"\n").find("no UTF-8"), std::string::npos);
}

// The parser of toml++ asserts that a key begins here; in a build with assertions that ended lsad.
TEST(Configuration, AKeyThatIsNotThereIsNamed) {
  for (const char* text : {"\n[\n", "\n[ \n", "\n[[\n", "\n[.]\n", "\n[a.\n", "\na.=1\n"}) {
    const std::string refusal = refusal_of(text);
    EXPECT_NE(refusal.find("lsa.toml:2: not valid TOML"), std::string::npos) << text << ": " << refusal;
  }
}

TEST(Configuration, KnowsWhereStringsAndCommentsEnd) {
  for (const char* value :
       {"\"/tmp/\u00e9\"", "'/tmp/`'", "\"/tmp/\\\"`\"", "\"\"\"/tmp/`\"\"\"", "'''/tmp/`'''", "'/tmp/s' # \u00e9 `"})
    EXPECT_EQ(refusal_of(std::string("socket = ") + value + "\n"), "") << value;
  EXPECT_NE(refusal_of("socket = '/tmp/s'`\n"), "");
  EXPECT_NE(refusal_of("socket = '/tmp/s\n`'\n"), "") << "a string of one line ends with it";
}

// Clients read this key of the same file (client/connection/client_configuration.cpp).
TEST(Configuration, TakesTheKeyThatIsForClients) {
  EXPECT_EQ(refusal_of("authority_uid = 990\n"), "");
  EXPECT_NE(refusal_of("authority_uid = \"lsa\"\n"), "");
}

TEST(Configuration, ReadsEveryKey) {
  TemporaryDirectory directory;
  const std::string path = directory.write("lsa.toml", R"(
socket = "/tmp/s"
state_directory = "/tmp/state/"
packages_directory = "/tmp/p"
composition = "in-authority"
host_uids = [100, 110]
[accounts]
domain = "BOX"
minimum_uid = 500
uid_range = [600, 700]
[policy]
no_custom_packages = true
audit_only = true
signed_only = true
call_deadline_seconds = 5
session_end_deadline_seconds = 6
)");
  const auto loaded = load_configuration(path);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->audit_log, "/tmp/state/audit.jsonl");
  EXPECT_EQ(loaded->composition, Composition::in_authority);
  EXPECT_EQ(loaded->host_uids.last, 110u);
  EXPECT_EQ(loaded->domain, "BOX");
  EXPECT_EQ(loaded->uid_range.first, 600u);
  EXPECT_TRUE(loaded->no_custom_packages && loaded->audit_only && loaded->signed_only);
  EXPECT_EQ(loaded->call_deadline_seconds, 5u);
  EXPECT_EQ(loaded->session_end_deadline_seconds, 6u);
}

TEST(Configuration, ReadsEveryKeyOfNtlm) {
  TemporaryDirectory directory;
  const auto defaults = load_configuration(directory.write("lsa.toml", "[ntlm]\n"));
  ASSERT_TRUE(defaults) << defaults.error().message;
  EXPECT_TRUE(defaults->ntlm_enabled);
  EXPECT_EQ(defaults->lm_compatibility_level, 5u) << "NTLMv2 alone, both ways";
  EXPECT_EQ(defaults->ntlm_minimum_client_security, 0x20080000u);
  EXPECT_EQ(defaults->ntlm_minimum_server_security, 0x20080000u);
  EXPECT_EQ(defaults->restrict_sending_ntlm, 0u);
  EXPECT_EQ(defaults->restrict_receiving_ntlm, 0u);
  EXPECT_FALSE(defaults->ntlm_allow_anonymous);
  const auto loaded = load_configuration(directory.write("lsa.toml", R"([ntlm]
enabled = false
lm_compatibility_level = 3
minimum_client_security = "session-security"
minimum_server_security = "none"
restrict_sending = "deny"
restrict_receiving = "deny"
allow_anonymous = true
)"));
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_FALSE(loaded->ntlm_enabled);
  EXPECT_EQ(loaded->lm_compatibility_level, 3u);
  EXPECT_EQ(loaded->ntlm_minimum_client_security, 0x00080000u);
  EXPECT_EQ(loaded->ntlm_minimum_server_security, 0u);
  EXPECT_EQ(loaded->restrict_sending_ntlm, 2u);
  EXPECT_EQ(loaded->restrict_receiving_ntlm, 2u);
  EXPECT_TRUE(loaded->ntlm_allow_anonymous);
}

// A misspelt policy is none that silently does not hold.
TEST(Configuration, RefusesWhatIsWrongInNtlm) {
  for (const char* line :
       {"lm_compatibility_level = 6", "lm_compatibility_level = -1", "lm_compatibility_level = \"5\"",
        "minimum_client_security = \"64-bit\"", "minimum_server_security = 128", "restrict_sending = \"refuse\"",
        "restrict_receiving = true", "allow_anonymous = \"no\"", "restrict_recieving = \"deny\"", "enabled = 1"}) {
    const std::string key(line, std::string_view(line).find(' '));
    EXPECT_NE(refusal_of("[ntlm]\n" + std::string(line)).find(":2: 'ntlm." + key + "'"), std::string::npos)
        << line << ": " << refusal_of("[ntlm]\n" + std::string(line));
  }
}

TEST(Configuration, KnowsWhatIsRestrictedOfNtlmAndWhomItDoesNotConcern) {
  TemporaryDirectory directory;
  const std::string path = directory.write("lsa.toml", R"(
[ntlm]
restrict_sending = "deny"
restrict_receiving = "audit"
sending_exceptions = ["nas", "*.legacy.example", "print*", "*"]
)");
  const auto loaded = load_configuration(path);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->restrict_sending_ntlm, 2u);
  EXPECT_EQ(loaded->restrict_receiving_ntlm, 1u);
  EXPECT_EQ(loaded->ntlm_sending_exceptions, (std::vector<std::string>{"nas", "*.legacy.example", "print*", "*"}));
  for (const char* server : {"", "a*b", "*a*", "a b", "HTTP/nas", "nas\\\\x", "\\u0000"})
    EXPECT_NE(refusal_of(std::string("[ntlm]\nsending_exceptions = [\"") + server + "\"]\n"), "") << server;
  EXPECT_NE(refusal_of("[ntlm]\nrestrict_sending = \"log\"\n"), "");
}

TEST(Configuration, KnowsTheDomain) {
  TemporaryDirectory directory;
  const auto plain = load_configuration(directory.write("lsa.toml", "[accounts]\nminimum_uid = 2000\n"));
  ASSERT_TRUE(plain) << plain.error().message;
  EXPECT_FALSE(plain->domain_enabled);
  EXPECT_EQ(plain->cached_logons, 10u);
  EXPECT_EQ(plain->domain_minimum_uid, 2000u) << "that of [accounts]";
  const auto loaded = load_configuration(directory.write(
      "lsa.toml", "[domain]\nwinbind = true\nname = \"EXAMPLE\"\ncached_logons = 50\nminimum_uid = 100000\n"));
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_TRUE(loaded->domain_enabled);
  EXPECT_EQ(loaded->domain_name, "EXAMPLE");
  EXPECT_NE(refusal_of("[domain]\nname = \"example.test\"\n").find(":2: 'domain.name'"), std::string::npos);
  EXPECT_EQ(loaded->cached_logons, 50u);
  EXPECT_EQ(loaded->domain_minimum_uid, 100'000u);
  EXPECT_NE(refusal_of("[domain]\ncached_logons = 51\n").find(":2: 'domain.cached_logons'"), std::string::npos);
  EXPECT_NE(refusal_of("[domain]\nminimum_uid = 999\n"), "") << "below that of [accounts]";
}

TEST(Configuration, NamesTheLineAndKeyOfWhatIsWrong) {
  const std::string unknown = refusal_of("\n[policy]\nno_costum_packages = true\n");
  EXPECT_NE(unknown.find(":3: 'policy.no_costum_packages'"), std::string::npos) << unknown;
  EXPECT_NE(refusal_of("host_uids = [0, 5]").find(":1: 'host_uids'"), std::string::npos);
  EXPECT_NE(refusal_of("socket = \"relative\"").find("absolute"), std::string::npos);
  EXPECT_NE(refusal_of("composition = \"together\""), "");
  EXPECT_NE(refusal_of("[policy]\naudit_only = \"yes\"").find(":2: 'policy.audit_only'"), std::string::npos);
  EXPECT_NE(refusal_of("policy = true"), "");
  EXPECT_NE(refusal_of("socket = ").find(":1"), std::string::npos);
  EXPECT_NE(refusal_of("state_directory = \"/var/../etc\""), "");
  EXPECT_NE(refusal_of("[accounts]\nuid_range = [59000, 60000]").find("overlaps"), std::string::npos);
}

TEST(Configuration, RefusesAFileThatOthersCanWriteAndAMissingOne) {
  TemporaryDirectory directory;
  directory.write("lsa.toml", "", 0666);
  EXPECT_FALSE(load_configuration(directory.path()));
  EXPECT_FALSE(load_configuration(directory / "absent.toml"));
}

TEST(AuthorityId, OutlivesARestart) {
  TemporaryDirectory directory;
  const auto first = load_authority_id(directory.path());
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(*load_authority_id(directory.path()), *first);
  EXPECT_NE(*first, AuthorityId{});
  directory.write("authority-id", "short");
  EXPECT_FALSE(load_authority_id(directory.path()));
}

}  // namespace
}  // namespace openlsa::authority
