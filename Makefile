# Mystery - the automated mystery web user. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := all

VERSION := $(shell cat VERSION)
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build$(if $(SAN),-san)$(if $(COVER),-cover)
CC ?= gcc
ifeq ($(origin CC),default)
  CC := gcc
endif

PACKAGES := libcurl libssl libcrypto libxml-2.0 gumbo libpcre2-8 libcjson libidn2 libpsl libutf8proc sqlite3 libmicrohttpd zlib
# Third-party headers come in with -isystem, so that our warnings stay ours.
# What only fleets need is built in where it is found: HAS_LIBPQ, HAS_LIBNATS.
OPTIONAL := $(foreach name,libpq libnats,$(if $(shell pkg-config --exists $(name) 2>/dev/null && echo yes),$(name)))
PACKAGE_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) $(OPTIONAL) 2>/dev/null)) \
  $(patsubst %,-DHAS_%,$(subst lib,LIB,$(subst pq,PQ,$(subst nats,NATS,$(OPTIONAL)))))
PACKAGE_LIBS := $(shell pkg-config --libs $(PACKAGES) $(OPTIONAL) 2>/dev/null) -lm

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wundef -Wpointer-arith \
  -Wcast-qual -Wcast-align -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
  -Wold-style-definition -Wswitch-enum -Wvla -Wnull-dereference -Wimplicit-fallthrough
ifeq ($(findstring clang,$(CC)),)
  WARNINGS += -Wlogical-op -Wduplicated-cond -Wduplicated-branches
endif
WERROR ?= -Werror
OPTIMISE ?= $(if $(COVER),-Og,-O2)
CFLAGS_ALL := -std=gnu17 -D_GNU_SOURCE -Iauditor -Itests/unit -Itests/unit/support -DMYSTERY_VERSION='"$(VERSION)"' $(PACKAGE_CFLAGS) \
  $(WARNINGS) $(WERROR) $(OPTIMISE) -g -fno-common -fstack-protector-strong
ifdef SAN
  CFLAGS_ALL += -fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all
  LDFLAGS += -fsanitize=$(SAN)
else
  CFLAGS_ALL += -D_FORTIFY_SOURCE=2
endif
ifdef COVER
  CFLAGS_ALL += --coverage -fprofile-update=atomic -DCOVERAGE
  LDFLAGS += --coverage
endif
ifdef FUZZ
  LDFLAGS += -fsanitize=fuzzer
endif

SOURCES := $(wildcard auditor/*/*.c auditor/*/*/*.c)
# What runs in the page is part of the program (visit/chromium/in_page.h).
IN_PAGE := auditor/visit/chromium/in_page
IN_PAGE_SOURCES := $(IN_PAGE)/snapshot.js $(sort $(filter-out %/snapshot.js,$(wildcard $(IN_PAGE)/*.js)))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/$(IN_PAGE).o
LIBRARY_OBJECTS := $(filter-out $(BUILD)/auditor/cli/main.o,$(OBJECTS))
TEST_SOURCES := $(wildcard tests/unit/*/*.c tests/unit/*/*/*.c)
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(BUILD)/%.o)
PROGRAM := $(if $(filter build,$(BUILD)),mystery,$(BUILD)/mystery)
UNIT := $(BUILD)/unit-tests

.PHONY: all
all: $(PROGRAM) $(BUILD)/browser/.made ## build ./mystery

$(PROGRAM): $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^ $(PACKAGE_LIBS)

# What the browser engine puts into pages; made anew when npm installed something.
$(BUILD)/browser/.made: tests/make-browser.sh package-lock.json $(wildcard node_modules/.package-lock.json)
	@tests/make-browser.sh node_modules $(@D) && touch $@

# What is found changes what is built.
$(shell mkdir -p $(BUILD); echo '$(OPTIONAL)' | cmp -s - $(BUILD)/.optional || echo '$(OPTIONAL)' > $(BUILD)/.optional)
$(filter $(BUILD)/auditor/store/%.o $(BUILD)/auditor/fleet/%.o $(BUILD)/auditor/audit/fleet.o \
  $(BUILD)/auditor/cli/cmd_%.o $(BUILD)/tests/unit/fleet/%.o $(BUILD)/tests/unit/store/%.o \
  $(BUILD)/tests/unit/support/%.o,$(OBJECTS) $(TEST_OBJECTS)): $(BUILD)/.optional

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/$(IN_PAGE).c: $(IN_PAGE_SOURCES) Makefile
	@mkdir -p $(@D)
	@{ echo '#include "visit/chromium/in_page.h"'; echo 'const char in_page_source[] = {'; \
	  cat $(IN_PAGE_SOURCES) | od -An -v -tu1 | sed 's/ *\([0-9][0-9]*\)/\1,/g'; echo '0};'; } > $@.new
	@mv $@.new $@

$(BUILD)/$(IN_PAGE).o: $(BUILD)/$(IN_PAGE).c
	$(CC) $(CFLAGS_ALL) -c -o $@ $<

# The runner declares the tests; their own files need no header of them.
$(TEST_OBJECTS): CFLAGS_ALL += -Wno-missing-prototypes

# Tests are found by name: every `void test_...(void)` of a *_test.c file is a test.
$(BUILD)/tests/unit/runner.c: $(TEST_SOURCES) tests/unit/make-runner.sh
	@mkdir -p $(@D)
	tests/unit/make-runner.sh $(TEST_SOURCES) > $@.new && mv $@.new $@

$(BUILD)/tests/unit/runner.o: $(BUILD)/tests/unit/runner.c
	$(CC) $(CFLAGS_ALL) -c -o $@ $<

$(UNIT): $(LIBRARY_OBJECTS) $(TEST_OBJECTS) $(BUILD)/tests/unit/runner.o
	$(CC) $(LDFLAGS) -o $@ $^ $(PACKAGE_LIBS) -lcmocka

# A fuzz target is linked with the fuzzer (make fuzz); all of them, under names of their own,
# with a main that replays what was kept.
FUZZ_SOURCES := $(wildcard tests/fuzz/*_fuzz.c)
FUZZ_NAMES := $(FUZZ_SOURCES:tests/fuzz/%_fuzz.c=%)
FUZZ_OBJECTS := $(FUZZ_SOURCES:%.c=$(BUILD)/%.o)
REPLAY_OBJECTS := $(FUZZ_NAMES:%=$(BUILD)/replay/%.o)
REPLAY := $(BUILD)/fuzz-replay
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%_fuzz.o $(LIBRARY_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(PACKAGE_LIBS)

$(BUILD)/replay/%.o: tests/fuzz/%_fuzz.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(CFLAGS) -DLLVMFuzzerTestOneInput=fuzz_$* -MMD -MP -c -o $@ $<

$(BUILD)/replay-table.c: tests/fuzz/make-table.sh $(FUZZ_SOURCES)
	@mkdir -p $(@D)
	tests/fuzz/make-table.sh $(FUZZ_NAMES) > $@.new && mv $@.new $@

$(REPLAY): $(REPLAY_OBJECTS) $(BUILD)/replay-table.c tests/fuzz/replay.c $(LIBRARY_OBJECTS)
	$(CC) $(CFLAGS_ALL) -Itests/fuzz $(LDFLAGS) -o $@ $(filter-out %.sh,$^) $(PACKAGE_LIBS)

.SECONDARY: $(FUZZ_OBJECTS)
.PHONY: fuzzers
fuzzers: $(FUZZ_NAMES:%=$(BUILD)/fuzz/%)

.PHONY: replay
replay: $(REPLAY) ## run the fuzz targets on their kept inputs
	@$(REPLAY) tests/fuzz/corpus

SECONDS := 10
.PHONY: fuzz
fuzz: ## look for input that breaks something; SECONDS=n each, ONLY=name
	@$(MAKE) -s BUILD=build-fuzz CC="$(if $(findstring clang,$(CC)),$(CC),clang)" \
	  SAN=fuzzer-no-link,address,undefined FUZZ=1 fuzzers
	@tests/fuzz/run.sh build-fuzz $(SECONDS) $(ONLY)

.PHONY: unit
unit: $(UNIT) ## the C unit tests alone; ONLY=pattern* chooses
	$(UNIT) $(ONLY)

.PHONY: check
check: all unit replay ## build with all warnings as errors, run the unit tests

.PHONY: lint
lint: export LINT_CC = $(CC)
lint: export LINT_CFLAGS = -DMYSTERY_VERSION='"$(VERSION)"' $(PACKAGE_CFLAGS)
lint: ## the house rules that a program can check (tests/lint)
	@tests/lint/run.sh

# Linked from an archive: of the program only what the journey needs, as in a program of its
# own, without the libraries of reports and stores.
$(BUILD)/libmystery.a: $(LIBRARY_OBJECTS)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/journey-bench: $(BUILD)/tests/bench/journey_bench.o $(BUILD)/tests/unit/support/server.o $(BUILD)/libmystery.a
	$(CC) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(PACKAGE_LIBS)

$(BUILD)/rules-bench: $(BUILD)/tests/bench/rules_bench.o $(BUILD)/libmystery.a
	$(CC) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(PACKAGE_LIBS)

$(BUILD)/browser-bench: $(BUILD)/tests/bench/browser_bench.o $(BUILD)/libmystery.a
	$(CC) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(PACKAGE_LIBS)

.PHONY: bench-browser
bench-browser: $(BUILD)/browser-bench $(PROGRAM) ## the browser engine against playwright-core and Lighthouse; ROUNDS=n
	@node tests/bench/browser-bench.mjs $< ./$(PROGRAM) $(or $(ROUNDS),3)

.PHONY: bench-crawl
bench-crawl: all ## the crawler against wget, httrack, linkchecker and linkinator; PAGES=n
	@node tests/bench/crawl-bench.mjs ./$(PROGRAM) $(or $(PAGES),2000)

.PHONY: bench bench-rules
bench: $(BUILD)/journey-bench bench-rules bench-compare bench-crawl bench-browser ## the http engine against curl and newman; what rules cost; false alarms; ROUNDS=n
	@tests/bench/run.sh $<

bench-rules: $(BUILD)/rules-bench
	@$<

$(BUILD)/compare-bench: $(BUILD)/tests/bench/compare_bench.o $(BUILD)/tests/unit/support/snapshots.o $(BUILD)/libmystery.a
	$(CC) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(PACKAGE_LIBS)

.PHONY: bench-compare
bench-compare: $(BUILD)/compare-bench
	@$<

# Without machine code in PCRE2: it reads ahead by 16 bytes on purpose, and what valgrind makes
# of that would hide real errors. tests/valgrind.supp is for a run of the ordinary program.
.PHONY: valgrind
valgrind: ## one whole audit of the demo shop under valgrind: no leak, no error
	@$(MAKE) --no-print-directory -s BUILD=build-valgrind CFLAGS=-DREGEX_INTERPRETED all
	@tests/valgrind.sh build-valgrind/mystery

.PHONY: matrix-browser
matrix-browser: $(PROGRAM) ## the flaws that only a browser sees, and the canary secrets, in Chromium (long)
	ENGINE=chromium node --test tests/cli/flaws.test.mjs tests/cli/secrets.test.mjs

.PHONY: soak
soak: all ## long runs that look for what remains and what grows (VISITS=n KILLS=n)
	@failed=0; for script in tests/soak/*.sh; do "$$script" ./$(PROGRAM) || failed=1; done; exit $$failed

.PHONY: agreement
agreement: all deps-test ## our verdicts beside axe-core's and html-validate's
	@tests/agreement/run.sh ./$(PROGRAM) $(BUILD)/agreement

# Put before the C library, it makes calls of the program fail; the program is the one we ship.
$(BUILD)/inject.so: tests/inject/inject.c
	@mkdir -p $(@D)
	$(CC) -std=gnu17 -D_GNU_SOURCE -O2 -g -Wall -Wextra $(WERROR) -shared -fPIC \
	  -Wl,-init,inject_begin -Wl,-fini,inject_end -o $@ $<

.PHONY: inject
inject: all $(BUILD)/inject.so ## failure injection: each call of a command fails once (long); ONLY=command KIND=kind MOST=n
	@node tests/inject/run.mjs ./$(PROGRAM) $(BUILD)/inject.so $(if $(ONLY),--command '$(ONLY)') $(if $(KIND),--kind '$(KIND)') $(if $(MOST),--most $(MOST))

.PHONY: faults
faults: all ## the fault shop: every way to misbehave, each engine (long); ONLY=pattern ENGINE=http
	@node tests/faults/run.mjs ./$(PROGRAM) $(if $(ONLY),--only '$(ONLY)') $(if $(ENGINE),--engine $(ENGINE))

.PHONY: tidy
tidy: export LINT_CFLAGS = -DMYSTERY_VERSION='"$(VERSION)"' $(PACKAGE_CFLAGS)
tidy: ## clang-tidy and cppcheck (slower than lint)
	@tests/lint/tidy.sh

.PHONY: cover
cover: ## how much of the program the unit tests run; by file in build-cover/coverage.txt
	@$(MAKE) -s COVER=1 build-cover/unit-tests
	@tests/lint/cover.sh build-cover

.PHONY: lint-selftest
lint-selftest: ## does every rule of lint bite?
	@tests/lint/selftest.sh

.PHONY: deps deps-test
deps: ## install what the build needs (Debian; says what to install elsewhere)
	@tests/deps.sh build

deps-test:
	@tests/deps.sh test

# The packages are looked up when make starts, so what needs them runs in a make of its own.
.PHONY: demo
demo: deps ## build, start the demo shop, audit it, print where the report is
	@$(MAKE) --no-print-directory -s all
	@tests/demo.sh ./mystery

.PHONY: test
test: deps-test ## every test; closes on N passed, N failed
	@$(MAKE) --no-print-directory -s all $(UNIT) $(REPLAY) $(BUILD)/inject.so
	@tests/run.sh $(UNIT)

.PHONY: man
man: $(PROGRAM) ## the man page, as build/mystery.1
	tests/make-man.sh ./$(PROGRAM) $(VERSION) > $(BUILD)/mystery.1

.PHONY: reference
reference: $(PROGRAM) ## docs/reference.md, from the program's own tables
	tests/make-reference.sh ./$(PROGRAM) > docs/reference.md.new && mv docs/reference.md.new docs/reference.md

.PHONY: install uninstall
install: all man ## install to PREFIX (/usr/local), below DESTDIR when given
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/mystery
	install -D -m 644 $(BUILD)/mystery.1 $(DESTDIR)$(PREFIX)/share/man/man1/mystery.1
	for data in scenarios rules reports; do \
	  find $$data -type f -not -path '*/sample/*' -exec install -D -m 644 {} $(DESTDIR)$(PREFIX)/share/mystery/{} \; ; \
	done
	cd $(BUILD) && find browser -type f -not -name .made -exec install -D -m 644 {} $(abspath $(DESTDIR)$(PREFIX))/share/mystery/{} \;
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/mystery/LICENSE
	mkdir -p $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	tests/make-completion.sh ./$(PROGRAM) bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/mystery
	tests/make-completion.sh ./$(PROGRAM) zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_mystery
	tests/make-completion.sh ./$(PROGRAM) fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/mystery.fish

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/mystery $(DESTDIR)$(PREFIX)/share/man/man1/mystery.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/mystery \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_mystery \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/mystery.fish
	rm -rf $(DESTDIR)$(PREFIX)/share/mystery $(DESTDIR)$(PREFIX)/share/doc/mystery

.PHONY: sbom
sbom: $(BUILD)/mystery.cdx.json ## what the program is made of (CycloneDX)
$(BUILD)/mystery.cdx.json: tests/make-sbom.sh $(PROGRAM) $(BUILD)/browser/.made
	tests/make-sbom.sh $(VERSION) $(BUILD)/browser > $@.new && mv $@.new $@

.PHONY: deb
deb: all sbom ## a Debian package, in build/
	rm -rf $(BUILD)/deb
	@$(MAKE) --no-print-directory -s install DESTDIR=$(abspath $(BUILD))/deb PREFIX=/usr
	install -m 644 $(BUILD)/mystery.cdx.json $(BUILD)/deb/usr/share/doc/mystery/
	tests/make-deb.sh $(BUILD)/deb $(VERSION) $(BUILD)

.PHONY: dist
dist: ## the sources as build/mystery-VERSION.tar.gz, same bytes from the same commit
	@mkdir -p $(BUILD)
	git archive --format=tar --prefix=mystery-$(VERSION)/ HEAD | gzip -9n > $(BUILD)/mystery-$(VERSION).tar.gz

.PHONY: reproducible
reproducible: ## build twice: the same bytes?
	@rm -rf $(BUILD)/twice && mkdir -p $(BUILD)/twice
	@for copy in one two; do rm -rf build-twice; $(MAKE) -s BUILD=build-twice build-twice/mystery && cp build-twice/mystery $(BUILD)/twice/$$copy; done
	@rm -rf build-twice; cmp $(BUILD)/twice/one $(BUILD)/twice/two && sha256sum $(BUILD)/twice/one

.PHONY: clean
clean: ## remove what make built
	rm -rf build build-* mystery

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

-include $(BUILD)/tests/bench/browser_bench.d $(OBJECTS:.o=.d) $(TEST_OBJECTS:.o=.d) $(FUZZ_OBJECTS:.o=.d) $(REPLAY_OBJECTS:.o=.d) $(BUILD)/tests/bench/journey_bench.d $(BUILD)/tests/bench/rules_bench.d
