# Everything a contributor types. `make demo` and `make test` need nothing but Python 3.11 or newer and its venv module.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-dev
JOBS ?= 2

.PHONY: demo test check docs picture bench evaluate train clean

demo: $(READY)
	@$(BIN)/relaas demo

test: $(READY)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

check: $(READY)
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

docs: $(READY)
	$(BIN)/python -m relaas.cli.reference > docs/commands.md

picture: $(READY)
	$(BIN)/python docs/refresh.py

bench: $(READY)
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/frog.py
	$(BIN)/python benchmarks/web.py

evaluate: $(READY)
	$(BIN)/relaas evaluate
	@if [ -d ../shared/data ]; then PYTHONPATH=src $(BIN)/python training/evaluate.py --data ../shared/data --entities training/entities; fi

train:
	sh training/train.sh

clean:
	rm -rf demo build dist .pytest_cache .mypy_cache .ruff_cache

# The stamp is newer than pyproject.toml when what is installed is what it asks for.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
