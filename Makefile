# Two commands are enough: `make site` and `make test`.
# Each sets up what it needs in .venv, and may be run again at any time.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help setup programs site manual test lint types contracts wheel-test bench fuzz mutation clean
.DEFAULT_GOAL := help

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12

setup: $(READY) ## set up .venv

# Made once, brought up to date whenever pyproject.toml changes.
# Where Python comes without ensurepip, the pip beside it does the same.
$(READY): pyproject.toml
	@echo "setting up $(VENV)"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || $(PYTHON) -m venv --clear $(VENV) \
	  || { $(PYTHON) -m venv --clear --without-pip $(VENV) \
	       && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable '.[all]' --group dev
	@touch $@

site: $(READY) ## build the real site into site/
	$(BIN)/pathwaydsl build pathways -o site -W

manual: $(READY) ## build the manual into build/manual/
	$(BIN)/sphinx-build -q -W --keep-going -b html docs build/manual

test: $(READY) programs ## run every test
	$(BIN)/python -m pytest -n auto $(PYTESTFLAGS)

programs: # Chromium, git and ssh-keygen, for their tests
	@.ci/programs

lint: $(READY) ## style, format and spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell *.md changes docs grammar pathways src

types: $(READY) ## types
	$(BIN)/mypy

contracts: $(READY) ## who may import whom
	$(BIN)/lint-imports --no-cache

wheel-test: $(READY) ## build the wheel, install it elsewhere, run it
	$(BIN)/python -m pytest -m packaging $(PYTESTFLAGS)

bench: $(READY) ## every benchmark
	@for script in benchmarks/[a-z]*.py; do \
	  [ -e "$$script" ] || continue; \
	  echo "$$script"; $(BIN)/python "$$script"; done

fuzz: $(READY) ## long random runs
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n auto -m fuzz $(PYTESTFLAGS)

mutation: $(READY) ## flip each comparison of the logic and see whether the tests notice
	$(BIN)/python tests/mutation/flip_comparisons.py

clean: ## remove everything that can be made again
	rm -rf $(VENV) site build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
