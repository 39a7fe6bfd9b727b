# `make help` lists the targets. Python alone is needed, except where a line says otherwise.
PYTHON ?= python3
ARGS ?=
DATA ?=

# Else each command that a test starts in a process of its own compiles all of caselink anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := .venv/.locked
STAMP := .venv/.set-up

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench neo4j mutants soak test-real test-long prepare web pictures

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP)  ## make .venv with the locked versions and .venv/bin/caselink; does nothing when up to date

# A stamp is written last, so a set-up that was stopped half-way starts afresh.
$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'caselink needs Python 3.11 or later as `$(PYTHON)`; name another one with: make setup PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'caselink needs the venv module of Python; on Debian: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(STAMP): $(LOCKED) pyproject.toml
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

demo: setup  ## load, publish and serve made-up holdings until Ctrl-C (ARGS=--check: ask once and exit)
	$(BIN)/caselink demo $(ARGS)

prepare:  # what the tests need besides Python: installed as root on Debian, named elsewhere
	@PYTHON='$(PYTHON)' bash tests/prepare.sh

# prepare comes first: on a new machine it brings what setup needs too.
test: prepare  ## run every check and every quick test, a real Neo4j included (Java 17, Maven, Node, Chromium; ARGS go to pytest)
	@$(MAKE) --no-print-directory lint
	env $$(bash tests/in_memory.sh) $(BIN)/pytest -m 'not timed and not long and not real and not bench' \
		--numprocesses=auto --maxprocesses=4 --dist=loadfile --cov --cov-report=term $(ARGS)
	$(BIN)/pytest -m 'timed and not long and not real and not bench' $$(grep -rl --include='test_*.py' 'mark\.timed' tests)

lint: setup  ## check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup  ## measure, as ratios in one run (Java 17, Maven, Node)
	$(BIN)/pytest -m bench --capture=no $(ARGS)

soak: setup  ## load, publish and withdraw for 10 minutes while readers look and commands are killed (ARGS: --minutes)
	$(BIN)/python -m tests.soak $(ARGS)

# mutmut is not among the locked versions: it brings a parser and a text interface that nothing else needs.
mutants: setup  ## change the rules in small ways and see whether their tests notice (ARGS: which mutants)
	$(PIP) mutmut==3.8.1
	$(BIN)/python -m tests.mutation $(ARGS)
	$(BIN)/mutmut results

neo4j: setup  ## start a real Neo4j on loopback until Ctrl-C (Java 17, Maven)
	$(BIN)/python -m tests.neo4j_server $(ARGS)

test-real: setup  ## run the tests on real files: make test-real DATA=DIR (Java 17, Maven)
	@test -d '$(DATA)' || { echo 'name the folder of the real files: make test-real DATA=DIR' >&2; exit 1; }
	CASELINK_TEST_DATA='$(abspath $(DATA))' $(BIN)/pytest -m real $(ARGS)

test-long: setup  ## run the tests that take minutes (Java 17, Maven, Node)
	$(BIN)/pytest -m long --numprocesses=auto --maxprocesses=4 --dist=load $(ARGS)

pictures: setup  ## take the docs' pictures of the pages anew, and leave all that the tests take in screenshots/ (Chromium)
	$(BIN)/pytest tests/explorer/test_explorer_looks.py tests/test_office_looks.py
	cd screenshots && cp explorer-searching.png explorer-record.png explorer-path.png explorer-table-dark.png \
		office-why.png office-coding.png office-agreements.png ../docs/pictures

web:  ## build the pages anew into server/static, after a change in server/web (Node 20.19, npm)
	cd server/web && npm ci --no-audit --no-fund && npm run build
