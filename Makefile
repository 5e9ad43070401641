# The commands of this project. `make help` lists them; `make build` and `make test` need nothing done before.

PYTHON ?= python3
SET_UP = @$(PYTHON) scripts/set_up
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help build test test-fast bench lint format setup setup-pictures setup-test vale lock ledger clean clean-all

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

build: setup-pictures ## Check docs_src/ and make the site and the PDFs under dist/
	@.venv/bin/paraph build $(ARGS)
	@$(if $(ARGS),,.venv/bin/python scripts/pictures.py readme)

test: setup-test ## Run all tests
	@.venv/bin/python -m pytest -n 2 $(ARGS)

# Property tests, which Hypothesis marks itself, try hundreds of texts each: they wait for `make test`.
test-fast: setup-test ## Run the tests that take under a minute together
	@.venv/bin/python -m pytest -n 2 -m "not slow and not hypothesis" $(ARGS)

bench: setup ## Measure checks on generated programmes
	@.venv/bin/python -m tests.bench $(ARGS)

lint: setup-test ## Check style and types
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

format: setup-test ## Format the code and put right what can be
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

setup: ## Set up what the tool needs, in .venv/ (build does it too)
	$(SET_UP) runtime

# Without the programs that draw README's pictures, the build says so and goes on; where CI is set, it fails.
setup-pictures: setup
	$(SET_UP) pictures

setup-test: ## Set up what tests need besides (test does it too)
	$(SET_UP) test

vale: ## Look again for Vale, the prose checker
	$(SET_UP) vale

lock: ## Write requirements/ anew from pyproject.toml; ARGS=--upgrade moves to the newest versions
	$(SET_UP) lock
	@scripts/lock $(ARGS)

ledger: setup-test ## Make the approvals of PERCEPTA anew, with the demonstration keys of tests/keys/
	@.venv/bin/python -m tests.keys.ledger

clean: ## Remove what was built
	@rm -rf build dist .cache .paraph mkdocs.paraph*.yml

clean-all: clean ## Remove the environment and the caches too
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
