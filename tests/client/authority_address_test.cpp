#include "client/connection/authority_address.hpp"

#include <gtest/gtest.h>

namespace openlsa::client {
namespace {

TEST(ClientConfiguration, FindsItsTwoKeysAmongOthers) {
  const auto found = parse_client_configuration(
      "# comment\n\nstate_directory = \"/var/lib/openlsa\"  # socket = \"/no\"\n"
      "host_uids = [\n  59500,\n  59899, # ]\n]\n"
      "note = 'socket = \"/no\"'\nquoted = \"a \\\" # socket\"\n"
      "socket = \"/run/o \\\"x\\\".sock\" # here\r\nauthority_uid = 123\n[accounts]\nsocket = \"/other\"\n");
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->socket, "/run/o \"x\".sock");
  EXPECT_EQ(found->authority_uid, 123u);
}

TEST(ClientConfiguration, SecurityProvidersIsOneString) {
  const auto found = parse_client_configuration("security_providers = \"one.so, /opt/two.so\"\n");
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->security_providers, "one.so, /opt/two.so");
  // A list is the syntax of Security Packages.
  EXPECT_FALSE(parse_client_configuration("security_providers = [\"one\", \"two\"]\n"));
  EXPECT_FALSE(parse_client_configuration("security_providers = \"a.so\"\nsecurity_providers = \"b.so\"\n"));
}

TEST(ClientConfiguration, KeysOfTablesAreNotItsKeys) {
  const auto found = parse_client_configuration("[policy]\nsocket = \"/other\"\nauthority_uid = 1\n");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->socket);
  EXPECT_FALSE(found->authority_uid);
}

TEST(ClientConfiguration, WhatItCannotReadIsAnError) {
  for (const char* text : {
           "socket = /run/x\n",                   // no string
           "socket = \"relative\"\n",             // not absolute
           "socket = \"/a\"\nsocket = \"/b\"\n",  // twice
           "socket = \"/a\" x\n",                 // something behind
           "socket = \"/a\n",                     // no end
           "socket = \"\"\"/a\"\"\"\n",           // a string of lines
           "note = '''\nsocket = \"/b\"\n'''\n",  // would hide or show a key
           "socket = \"/\\u0041\"\n",             // an escape that it does not know
           "authority_uid = -1\n",
           "authority_uid = 4294967295\n",
           "authority_uid = 99999999999\n",
           "authority_uid = 012\n",
           "authority_uid = \"1\"\n",
           "authority_uid =\n",
           "a = [1\n",
           "a = 1]\n",
           "= 1\n",
           "socket\n",
           "\"socket\" = \"/a\"\n",
       })
    EXPECT_FALSE(parse_client_configuration(text)) << text;
  EXPECT_FALSE(parse_client_configuration(std::string_view("a = 1\0\n", 7)));
}

TEST(AuthorityAddress, EnvironmentGoesBeforeTheDefault) {
  const auto socket = resolve_authority("/tmp/lsad.sock", "/nonexistent/lsa.toml");
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket->path, "/tmp/lsad.sock");
  EXPECT_FALSE(socket->embedded);
  const auto embedded = resolve_authority("embedded:/tmp/conf", "/nonexistent/lsa.toml");
  ASSERT_TRUE(embedded);
  EXPECT_EQ(embedded->path, "/tmp/conf");
  EXPECT_TRUE(embedded->embedded);
  EXPECT_EQ(resolve_authority("embedded:", "/nonexistent/lsa.toml")->path, "/etc/openlsa");
  EXPECT_EQ(resolve_authority(nullptr, "/nonexistent/lsa.toml")->path, default_socket);
  EXPECT_EQ(resolve_authority("", "/nonexistent/lsa.toml")->path, default_socket);
  EXPECT_FALSE(resolve_authority("lsad.sock", "/nonexistent/lsa.toml"));
}

TEST(AuthorityAddress, AFileThatCannotBeReadIsAnError) { EXPECT_FALSE(resolve_authority(nullptr, "/")); }

}  // namespace
}  // namespace openlsa::client
