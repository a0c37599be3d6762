# The front door. Every target first makes sure of the Debian packages it needs (as root: installs them).
PREFIX ?= /usr
DESTDIR ?=
BUILD := build
JOBS ?= $(shell nproc)
# cmake PRESET: configures once, builds.
build_preset = cmake --preset $(1) -Wno-dev > $(BUILD)/$(1).configure.log 2>&1 || { cat $(BUILD)/$(1).configure.log; exit 1; }; \
  cmake --build --preset $(1) --parallel $(JOBS) $(2)

.PHONY: help demo test bench soak check install sanitize format clean

help:
	@echo "make demo      watch logons and sealed conversations, with a package and with passwords"
	@echo "make test      build and run the tests (unit, semantic, hostile, peers)"
	@echo "make bench     measure against raw sockets and bare OpenSSL; writes build/bench/results.json"
	@echo "make soak      the long runs: every kill point in every composition, sanitizers, fuzzing"
	@echo "make check     format, tidy, direction of the rooms, exported symbols, docs/windows-map.md"
	@echo "make sanitize  the suite under asan+ubsan, unit and semantic tests under tsan"
	@echo "make install   PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)"

$(BUILD):
	@mkdir -p $(BUILD)

demo: | $(BUILD)
	@scripts/install-deps demo
	@$(call build_preset,demo)
	@scripts/demo $(BUILD)/demo

test: | $(BUILD)
	@scripts/install-deps test
	@$(call build_preset,release)
	@scripts/run-tests $(BUILD)/release

sanitize: | $(BUILD)
	@scripts/install-deps test
	@$(call build_preset,asan)
	@scripts/run-tests $(BUILD)/asan
	@$(call build_preset,tsan)
	@scripts/run-tests $(BUILD)/tsan 'unit|semantic'

bench: | $(BUILD)
	@scripts/install-deps bench
	@$(call build_preset,bench)
	@mkdir -p $(BUILD)/bench
	@$(BUILD)/bench/bin/openlsa-bench --out $(BUILD)/bench/results.json

soak: | $(BUILD)
	@scripts/install-deps soak
	@$(MAKE) --no-print-directory sanitize
	@$(call build_preset,release)
	@OPENLSA_SOAK=1 scripts/run-tests $(BUILD)/release hostile
	@$(BUILD)/release/tests/password_paths time 1000000
	@$(call build_preset,fuzz)
	@scripts/run-fuzz $(BUILD)/fuzz

check: | $(BUILD)
	@scripts/install-deps check
	@scripts/check-layers
	@scripts/check-format
	@scripts/check-windows-map
	@scripts/check-attack-rows
	@$(call build_preset,release)
	@scripts/check-exports $(BUILD)/release
	@scripts/check-tidy $(BUILD)/release

format:
	@scripts/check-format --fix

install: | $(BUILD)
	@scripts/install-deps build
	@$(call build_preset,demo)
	@cmake --install $(BUILD)/demo --prefix $(PREFIX) > $(BUILD)/install.log || { cat $(BUILD)/install.log; exit 1; }
	@echo "installed to $(DESTDIR)$(PREFIX); the list is in $(BUILD)/install.log"

clean:
	rm -rf $(BUILD)
