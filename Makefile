# Everything runs in .venv, which is made once, and again when pyproject.toml changes.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check style measure docs bench fuzz clean

help: ## show what there is to do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/installed ## build the graph from data/, check it, and print the table of pacts
	@$(BIN)/pactgraph build

test: .venv/developing ## run the tests
	@$(BIN)/python -m pytest -q -n auto

check: style measure ## everything a change must pass: both of the next two

style: .venv/developing ## style, types, floors, the form of the data, the same bytes twice
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pactgraph format --check
	@$(BIN)/pactgraph validate
	@$(same_bytes)

measure: .venv/developing ## the tests with their coverage
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run -m pytest -q -n auto
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=95

docs: .venv/developing ## write anew what is made from code and data: pages, pictures, outputs shown
	@$(BIN)/python tests/test_docs.py --update

bench: .venv/developing ## measure the speed, as ratios to raw Oxigraph, rdflib and pyshacl
	@$(BIN)/python benchmarks/bench.py

fuzz: .venv/developing ## read 20,000 inputs that nobody should send: for the night, and no part of the tests
	@$(BIN)/python tests/fuzz.py

clean: ## remove the store, the environment and all caches
	@rm -rf .venv .pactgraph .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* dist build fuzz
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The same data in another folder, locale, time zone and order of hashes must give the same bytes.
define same_bytes
folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cp -r data "$$folder" && \
PYTHONHASHSEED=1 LC_ALL=C TZ=UTC $(BIN)/pactgraph export --store :memory: --format trig -o "$$folder/one" && \
PYTHONHASHSEED=2 LC_ALL=tr_TR.UTF-8 TZ=Pacific/Kiritimati \
$(BIN)/pactgraph export --project "$$folder" --store :memory: --format trig -o "$$folder/two" && \
cmp "$$folder/one" "$$folder/two"
endef

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/installed: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/developing: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/installed
