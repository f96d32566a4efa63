# Objects for the symbol rules and headers that must compile alone; kept in build/lint.
# LINT_CC, LINT_CFLAGS come from the Makefile. SPDX-License-Identifier: MIT
LINT_CC ?= gcc
FLAGS := -std=gnu17 -D_GNU_SOURCE -Iauditor $(LINT_CFLAGS)
SOURCES := $(wildcard auditor/*/*.c auditor/*/*/*.c)
HEADERS := $(wildcard auditor/*/*.h auditor/*/*/*.h)
OBJECTS := $(SOURCES:%.c=build/lint/%.o)
CHECKS := $(HEADERS:%.h=build/lint/%.h.ok)

.PHONY: objects headers
objects: $(OBJECTS)
headers: $(CHECKS)

# -fno-pic: so that tables of pointers count as constant. -O0: so that every call is seen.
build/lint/%.o: %.c
	@mkdir -p $(@D)
	@$(LINT_CC) $(FLAGS) -w -O0 -fno-pic -MMD -MP -c -o $@ $<

build/lint/%.h.ok: %.h
	@mkdir -p $(@D)
	@$(LINT_CC) $(FLAGS) -fsyntax-only -MMD -MP -MT $@ -MF $@.d -include $< -x c /dev/null
	@touch $@

-include $(OBJECTS:.o=.d) $(CHECKS:=.d)
