# make demo   read the reports in examples/, print their records, and what a ledger makes of them
# make serve  the same ledger as pages in a browser
# make test   all tests            make check  ruff, mypy, import-linter
# make gold   score reading, joins     make bench  measure its speed
# make soak   kill a ledger at 200 moments, a bulk run at 70, and worse
# make docs   GLOSSARY, schema, tables of exports, pictures, from the code    make lock  the lock files, from pyproject.toml
#
# Each target makes the environment it needs in .make/, from the lock files.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUN := .make/run
DEV := .make/dev
BENCH := .make/bench
PIP := -m pip install --quiet --disable-pip-version-check --no-deps
GOLD := ../shared/gold
STREAM := ../shared/texts/ru_stream.jsonl.zst

.PHONY: demo serve test check gold bench soak docs lock clean

demo: $(RUN)/ready
	@$(RUN)/bin/servanda read examples
	@rm -f .make/demo.db*
	@$(RUN)/bin/servanda add examples --ledger .make/demo.db
	@$(RUN)/bin/servanda show --ledger .make/demo.db
	@$(RUN)/bin/servanda findings --level error --level doubt --ledger .make/demo.db
	@echo
	@echo "To see this ledger in a browser: make serve"

serve: $(RUN)/ready
	@test -e .make/demo.db || $(RUN)/bin/servanda add examples --ledger .make/demo.db
	@$(RUN)/bin/servanda serve --ledger .make/demo.db

test: $(DEV)/ready
	@$(DEV)/bin/python -m pytest

check: $(DEV)/ready
	@$(DEV)/bin/ruff check .
	@$(DEV)/bin/mypy
	@$(DEV)/bin/lint-imports

gold: $(DEV)/ready
	@$(DEV)/bin/python benchmarks/quality.py --gold $(GOLD)
	@$(DEV)/bin/python benchmarks/mentions.py --gold $(GOLD)
	@$(DEV)/bin/python benchmarks/links.py --gold $(GOLD)

bench: $(BENCH)/ready $(DEV)/ready
	@$(DEV)/bin/python benchmarks/speed.py --peer-python $(BENCH)/bin/python
	@test ! -e $(STREAM) || $(DEV)/bin/python benchmarks/speed.py $(STREAM) --every 11 --passes 1 --peer-python $(BENCH)/bin/python
	@$(DEV)/bin/python benchmarks/triage.py
	@$(DEV)/bin/python benchmarks/intake.py
	@$(DEV)/bin/python benchmarks/ledger.py --readings 20000
	@$(DEV)/bin/python benchmarks/pages.py --dossiers 20000 --seconds 30
	@$(DEV)/bin/python benchmarks/bulk.py --long 20000

soak: $(DEV)/ready
	@$(DEV)/bin/python benchmarks/soak.py
	@$(DEV)/bin/python benchmarks/bulk_soak.py

docs: $(DEV)/ready
	@$(DEV)/bin/python tools/glossary.py > GLOSSARY.md
	@$(DEV)/bin/servanda schema > docs/reading.schema.json
	@$(DEV)/bin/python tools/exports.py
	@$(DEV)/bin/python tools/picture.py
	@$(DEV)/bin/python tools/screenshots.py

lock:
	@$(PYTHON) tools/lock.py

clean:
	rm -rf .make build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(RUN)/ready: requirements.lock pyproject.toml
	@echo "making an environment in $(RUN)"
	@$(PYTHON) -m venv --clear $(RUN)
	@$(RUN)/bin/python $(PIP) --require-hashes -r requirements.lock
	@$(RUN)/bin/python $(PIP) --no-index --no-build-isolation --editable .
	@touch $@

$(DEV)/ready: requirements.lock requirements-dev.lock pyproject.toml
	@echo "making an environment in $(DEV)"
	@$(PYTHON) -m venv --clear $(DEV)
	@$(DEV)/bin/python $(PIP) --require-hashes -r requirements.lock -r requirements-dev.lock
	@$(DEV)/bin/python $(PIP) --no-index --no-build-isolation --editable .
	@touch $@

$(BENCH)/ready: requirements-bench.lock pyproject.toml
	@echo "making an environment in $(BENCH)"
	@$(PYTHON) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python $(PIP) --require-hashes -r requirements-bench.lock
	@$(BENCH)/bin/python $(PIP) --no-index --no-build-isolation --editable .
	@touch $@
