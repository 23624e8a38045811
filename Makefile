# Two commands matter: `make run` and `make test`. The rest is for people who change the code; `make help` lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
UV := .venv-tools/bin/uv
BIN := .venv/bin
DJANGO := DJANGO_SETTINGS_MODULE=baken.config.settings $(BIN)/django-admin
STAMPS := var/make

# uv uses the machine's own Python and never fetches one.
export UV_PYTHON_DOWNLOADS = never
export UV_PROJECT_ENVIRONMENT = .venv
ifdef PYTHON
export PYTHON
export UV_PYTHON = $(PYTHON)
endif

CATALOGUES := $(shell find src -name '*.po' 2>/dev/null)
STATIC := $(shell find src -path '*/static/*' -type f 2>/dev/null)
TEMPLATES = $(shell git ls-files 'src/**/*.html' 2>/dev/null)

##@ To use it

.PHONY: run
run: .venv/.run system-run $(STAMPS)/messages $(STAMPS)/static ## Start Baken; PORT=8000 unless you say otherwise
	@$(DJANGO) migrate --verbosity 0 --skip-checks
	@BAKEN_DEMO=$${BAKEN_DEMO:-true} PORT=$(PORT) exec $(BIN)/baken serve --port $(PORT)

.PHONY: test
test: system-test .venv/.dev browser $(STAMPS)/messages $(STAMPS)/static ## Bring all that the tests need, then run them all on SQLite
	@env -u DATABASE_URL $(BIN)/pytest $(ARGS)

##@ To change it

.PHONY: format
format: .venv/.dev ## Format Python and templates
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 $(TEMPLATES))

.PHONY: lint
lint: .venv/.dev ## Look for mistakes: style, spelling, layers, dependencies, templates
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/codespell
	@$(BIN)/deptry .
	@$(BIN)/lint-imports --no-logo
	@$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 --check $(TEMPLATES))

.PHONY: types
types: .venv/.dev ## Check the types, strictly
	@$(BIN)/mypy

.PHONY: messages
messages: .venv/.dev ## Collect the texts into the catalogues and compile them
	@$(BIN)/baken pack messages
	@$(BIN)/baken pack messages --compile

.PHONY: docs
docs: .venv/.dev ## Build the documentation site into docs/_build
	@$(BIN)/sphinx-build -W --keep-going -E -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

.PHONY: screenshots
screenshots: system-test .venv/.dev browser $(STAMPS)/messages $(STAMPS)/static ## Take the pictures of the README again
	@$(BIN)/python -m scripts.screenshots

.PHONY: bench
bench: system-test .venv/.dev browser $(STAMPS)/messages $(STAMPS)/static ## Measure speed, weight and memory
	@$(BIN)/python -m bench.run

.PHONY: ci
ci: ## Everything that must hold before a change is merged
	@.ci/run

.PHONY: clean
clean: ## Remove what was built and installed; data in var/ stays
	@rm -rf .venv .venv-tools .venv-3.13 $(STAMPS) dist docs/_build test-results htmlcov .coverage* \
		.mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find src -name '*.mo' -delete
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# What the targets above stand on. A stamp is a file that is newer than all that it was made from.

.PHONY: system-run system-test
system-run:
	@scripts/system-packages run

system-test:
	@BAKEN_ASK_SUDO=1 scripts/system-packages test

# Ubuntu has no chromium package that works outside a desktop; there the test tool brings its own.
.PHONY: browser
browser: .venv/.dev
	@scripts/system-packages browser || $(BIN)/playwright install --with-deps chromium

$(UV): scripts/get-uv
	@scripts/get-uv
	@touch $@

# --inexact leaves the development tools in place when they are there already.
.venv/.run: $(UV) pyproject.toml uv.lock
	@$(UV) sync --quiet --locked --no-dev --inexact
	@touch $@

.venv/.dev: $(UV) pyproject.toml uv.lock
	@$(UV) sync --quiet --locked
	@touch $@ .venv/.run

$(STAMPS)/messages: .venv/.run $(CATALOGUES)
	@mkdir -p $(@D)
	@$(BIN)/baken pack messages --compile
	@touch $@

$(STAMPS)/static: .venv/.run $(STATIC)
	@mkdir -p $(@D)
	@$(DJANGO) collectstatic --noinput --clear --verbosity 0
	@touch $@
