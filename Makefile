# All of it is done by infoshare/installer/, which needs nothing but Python 3.11 or newer.
.DEFAULT_GOAL := help
.PHONY: help setup install run test lint bench pins
SHELL := /bin/sh
export PORT ARGS UPGRADE

ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON := $(shell for p in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c '$(ENOUGH)' 2>/dev/null && { command -v "$$p"; exit; }; done)

define installer
	@test -n "$(PYTHON)" || { echo "InfoShare needs Python 3.11 or newer. On Debian: apt-get install python3" >&2; exit 1; }
	@exec "$(PYTHON)" -m infoshare.installer $@
endef

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 14

run: ## Install what is missing and serve the demo at http://127.0.0.1:8000 (PORT=8001 changes it)
	$(installer)

test: ## Install what is missing and run every test (ARGS="-k seal" goes to pytest)
	$(installer)

lint: ## Check style, types, imports, templates, reading, migrations, pins and production settings
	$(installer)

bench: ## Measure the numbers that docs/performance.md states
	$(installer)

setup: ## Install everything that run, test and lint need
	$(installer)

install: ## Install what a server needs, without what only tests and lint need
	$(installer)

pins: ## Write requirements*.txt anew from requirements*.in (UPGRADE=1 takes newer versions)
	$(installer)
