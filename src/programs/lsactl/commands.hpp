// The subcommands, one group a file. Each sets `exit_code` when it has run.
#pragma once

#include <CLI/CLI.hpp>

#include "programs/lsactl/admin.hpp"

namespace openlsa::lsactl {

struct Options {
  bool json = false;
};

// Prints an answer for a person or as JSON, or the error; returns the exit code.
int show(const Answer& answer, bool as_json);

void add_status_command(CLI::App& app, const Options& options, int& exit_code);
void add_package_commands(CLI::App& app, const Options& options, int& exit_code);
void add_session_commands(CLI::App& app, const Options& options, int& exit_code);
void add_account_commands(CLI::App& app, const Options& options, int& exit_code);
void add_import_command(CLI::App& account, const Options& options, int& exit_code);
void add_export_command(CLI::App& account, const Options& options, int& exit_code);
void add_group_commands(CLI::App& app, const Options& options, int& exit_code);
void add_policy_commands(CLI::App& app, const Options& options, int& exit_code);
void add_secret_commands(CLI::App& app, const Options& options, int& exit_code);
void add_backup_command(CLI::App& app, const Options& options, int& exit_code);
void add_token_commands(CLI::App& app, const Options& options, int& exit_code);
void add_right_commands(CLI::App& app, const Options& options, int& exit_code);

}  // namespace openlsa::lsactl
