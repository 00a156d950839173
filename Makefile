# The commands of a contributor. `make run` and `make test` need Python 3.11 or newer, this file, and the package registries.

.DEFAULT_GOAL := help
.PHONY: help run test format bench migration sdl lock clean environment run-environment test-environment node-environment

PYTHON := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:
	@echo 'make run                  serve the demonstration on this machine: API, subscriptions, worker, live replay'
	@echo 'make test                 lint, types, import contracts and all tests; brings its own PostgreSQL and Redis'
	@echo 'make format               what the linter mends by itself, and the layout'
	@echo 'make bench                measure against a plain Strawberry, Apollo Server and Mercurius'
	@echo 'make migration NAME=verb_noun   write the migration that the models have grown to need'
	@echo 'make sdl                  print schema.graphql anew'
	@echo 'make lock                 bring requirements/ up to pyproject.toml; UPGRADE=--upgrade takes the newest'
	@echo 'make clean                remove what these commands made, but no data'

# Ctrl-C reaches the server itself: `exec` leaves nothing between it and make. A failed build of GraphiQL only costs the
# explorer: its page then says what to do.
run: run-environment
	@[ -e api/graphiql/dist/manifest.json ] || $(MAKE) --no-print-directory node-environment || true
	@$(PYTHON) -m api.graphiql.build || true
	@FOLIOGRAPH_PROFILE="$${FOLIOGRAPH_PROFILE:-demo}" exec $(PYTHON) -m api

# All four are run, whatever fails first; pytest, whose last lines list what was left out, comes last.
test: test-environment node-environment
	@failed=; \
	step() { echo; echo "== $$1"; shift; "$$@" || failed=yes; }; \
	step 'Lint' $(PYTHON) -m ruff check .; \
	step 'Format' $(PYTHON) -m ruff format --check .; \
	step 'Types' $(PYTHON) -m mypy; \
	step 'Import contracts' $(PYTHON) -m tests.support.import_contracts; \
	step 'Tests' $(PYTHON) -m pytest --numprocesses 2 --dist loadscope $(PYTEST_ARGUMENTS); \
	[ -z "$$failed" ] || { echo 'make test: at least one of the steps above failed' >&2; exit 1; }

format: test-environment
	@$(PYTHON) -m ruff check --fix . ; $(PYTHON) -m ruff format .

bench: test-environment node-environment
	@exec $(PYTHON) -m tests.benchmarks

migration: test-environment
	@[ -n '$(NAME)' ] || { echo 'expected a name: make migration NAME=verb_noun' >&2; exit 2; }
	@$(PYTHON) -m migrations.generate '$(NAME)'

sdl: run-environment
	@$(PYTHON) -m schema > schema.graphql.new && mv schema.graphql.new schema.graphql

# Universal: one file for every platform and every Python from 3.11 on. They name no host, so any index serves.
COMPILE = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header $(UPGRADE)

lock: environment
	@$(PYTHON) -m pip install --quiet 'uv>=0.9'
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) --group node -o requirements/node.txt

clean:
	rm -rf .venv .venv-bench .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis api/graphiql/dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that answers and is new enough: a version manager's name for one may exist and not run.
environment:
	@$(PYTHON) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && exit 0; \
	for candidate in $$FOLIOGRAPH_PYTHON python3.13 python3.12 python3.11 python3.14 python3; do \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "Making .venv with $$("$$candidate" --version)"; \
		rm -rf .venv; \
		"$$candidate" -m venv .venv && exit 0; \
		unable=$$candidate; \
	done; \
	rm -rf .venv; \
	if [ -n "$$unable" ]; then \
		echo "expected $$unable to make a virtual environment: on Debian and Ubuntu, install python3-venv" >&2; \
	else \
		found=$$({ python3 --version || echo none; } 2>/dev/null); \
		echo "expected Python 3.11 or newer as python3, found $$found" >&2; \
	fi; \
	exit 1

# The copy of a lock file in .venv is written after its packages are in: an install that was cut short is done again.
run-environment: environment
	@cmp -s requirements/run.txt .venv/run.lock || { \
		echo 'Installing packages: a minute at the first start' && \
		$(PYTHON) -m pip install --quiet --require-hashes -r requirements/run.txt && \
		cp requirements/run.txt .venv/run.lock; }

test-environment: run-environment
	@cmp -s requirements/test.txt .venv/test.lock || { \
		$(PYTHON) -m pip install --quiet --require-hashes -r requirements/test.txt && \
		cp requirements/test.txt .venv/test.lock; }

# Node builds GraphiQL and runs the client tests: the machine's own where it is new enough, else the one of a wheel.
node-environment: run-environment
	@$(PYTHON) -c 'import sys; from api.graphiql.node import find_node; sys.exit(find_node() is None)' || { \
		$(PYTHON) -m pip install --quiet --require-hashes -r requirements/node.txt; }
