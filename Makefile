PYTHON ?= python3
VENV ?= .venv
EXAMPLE ?= knowledge/examples/friedberg-2014.yaml
CHECK_ARGS ?= --fail-on never
SERVE_ARGS ?=
PYTEST_ARGS ?=
BENCH_ARGS ?=
LOAD_ARGS ?=
DIST ?= dist
UPGRADE ?=

bin := $(VENV)/bin
UV ?= $(bin)/uv

# One stamp per interpreter: another PYTHON makes the environment anew, the same one finds it ready.
interpreter := $(subst /,_,$(PYTHON))
installed := $(VENV)/.installed-$(interpreter)
dev_installed := $(VENV)/.installed-dev-$(interpreter)

pip_install = "$(bin)/python" -m pip install --quiet --disable-pip-version-check --no-input

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@echo "Targets:"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'
	@echo "Variables: PYTHON=$(PYTHON) VENV=$(VENV) EXAMPLE=$(EXAMPLE)"

.PHONY: check
check: $(installed) ## Install if needed, then check the example setup against the guideline
	"$(bin)/qmadvisor" check "$(EXAMPLE)" $(CHECK_ARGS)

.PHONY: serve
serve: $(installed) assets ## Install if needed, then serve the check in the browser on this machine
	"$(bin)/qmadvisor" serve $(SERVE_ARGS)

.PHONY: assets
assets: $(installed) ## Copy the design system and htmx from their npm packages, where they are missing
	@"$(bin)/python" -m qmadvisor_api.web.assets

.PHONY: test
test: $(installed) assets ## Install if needed, then run the tests
	"$(bin)/python" -m pytest $(PYTEST_ARGS)

.PHONY: install
install: $(installed) ## Make the virtual environment with the locked packages

$(installed): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; name one: make PYTHON=python3.11 ...")'
	@if $(PYTHON) -c 'import sys; sys.exit(sys.version_info >= (3, 13))' \
	  && ! command -v cc >/dev/null && ! command -v gcc >/dev/null; then \
	  echo "A C compiler (gcc or clang) is needed on Python 3.11 and 3.12, to build durable_rules." >&2; exit 1; fi
	@echo "Installing the locked packages into $(VENV) (once; about a minute)"
	@$(PYTHON) -m venv --clear "$(VENV)"
	@$(pip_install) --no-deps --require-hashes -r requirements.lock
	@$(pip_install) --no-deps --no-build-isolation -e .
	@touch "$@"

$(dev_installed): requirements-dev.lock $(installed)
	@echo "Installing the development tools into $(VENV)"
	@$(pip_install) --no-deps --require-hashes -r requirements-dev.lock
	@touch "$@"

.PHONY: lint
lint: lint-style lint-format lint-types lint-imports lint-deps ## Style, types, layers, dependencies

.PHONY: lint-style lint-format lint-types lint-imports lint-deps
lint-style: $(dev_installed)
	"$(bin)/ruff" check .

lint-format: $(dev_installed)
	"$(bin)/ruff" format --check .

lint-types: $(dev_installed)
	"$(bin)/mypy" --python-executable "$(bin)/python"

lint-imports: $(dev_installed)
	"$(bin)/lint-imports" --no-cache

lint-deps: $(dev_installed)
	"$(bin)/deptry" .

.PHONY: format
format: $(dev_installed) ## Format the code and apply safe fixes
	"$(bin)/ruff" check --fix .
	"$(bin)/ruff" format .

.PHONY: browser
browser: $(dev_installed) assets ## Test the pages and the embeddable quick check in Chromium (apt-get install chromium)
	"$(bin)/python" -m pytest -n 0 -m browser tests/browser $(PYTEST_ARGS)

.PHONY: load
load: $(dev_installed) ## Put the service under load (apt-get install wrk)
	"$(bin)/python" tests/benchmarks/load.py $(LOAD_ARGS)

.PHONY: coverage
coverage: $(installed) ## Tests with coverage of the language and the engines (95 % at least)
	"$(bin)/python" -m pytest --cov --cov-report=term-missing --cov-fail-under=95 $(PYTEST_ARGS)

.PHONY: rules
rules: $(installed) ## Check the rule base: types, sources, passages, examples, and whether these notice slips
	"$(bin)/qmadvisor" rules lint
	"$(bin)/qmadvisor" rules coverage
	"$(bin)/qmadvisor" rules test
	"$(bin)/qmadvisor" rules test --mutate

.PHONY: bench
bench: $(dev_installed) ## Run the benchmarks
	"$(bin)/python" tests/benchmarks/run.py $(BENCH_ARGS)

.PHONY: dist
dist: $(installed) ## Build the sdist, and the wheel from it
	@rm -rf "$(DIST)"
	"$(bin)/hatchling" build -t sdist -d "$(abspath $(DIST))"
	@mkdir "$(DIST)/unpacked"
	@tar -xzf "$(DIST)"/qmadvisor-*.tar.gz -C "$(DIST)/unpacked" --strip-components=1
	cd "$(DIST)/unpacked" && "$(abspath $(bin))/hatchling" build -t wheel -d "$(abspath $(DIST))"
	@rm -rf "$(DIST)/unpacked"

lock_command = "$(UV)" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE) \
  pyproject.toml --group build

.PHONY: lock
lock: $(if $(filter $(bin)/uv,$(UV)),$(dev_installed)) ## Resolve the locks again (UPGRADE=--upgrade for newer versions)
	$(lock_command) --extra service --extra test -o requirements.lock >/dev/null
	$(lock_command) --all-extras -c requirements.lock -o requirements-dev.lock >/dev/null
	@! grep -nE '://|(index-url|find-links|trusted-host)|@ ' requirements.lock requirements-dev.lock

.PHONY: ci
ci: ## Everything that continuous integration runs
	bash .ci/run

.PHONY: clean
clean: ## Remove the environment, builds and caches
	rm -rf "$(VENV)" build "$(DIST)" .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src api tests -type d -name __pycache__ -prune -exec rm -rf {} +
