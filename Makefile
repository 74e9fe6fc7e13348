# One command each: `make demo` shows the job, `make test` proves it, `make check` is what CI runs.
PYTHON ?= python3
BIN := .venv/bin
DAY := 2026-11-24
SIZE ?=

.PHONY: demo test check lint bench bench-scans lock clean

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/ready
	$(BIN)/python -m tests.papers.demo --day $(DAY)

test: .venv/ready
	$(BIN)/python -m pytest -n auto

lint: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint
	$(BIN)/python -m pytest -n auto --cov=processor --cov-report=
	$(BIN)/coverage report --include='processor/reading/*,processor/imaging/*,processor/decoding/*,processor/forms/*,processor/casework/*,processor/rulebook/*,processor/letters/*' --fail-under=100 --show-missing --skip-covered

bench: .venv/ready
	$(BIN)/python -m tests.bench

bench-scans: .venv/ready
	$(BIN)/python -m tests.tools.scans_bench $(SIZE)

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
