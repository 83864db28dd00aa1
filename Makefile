# One command for everything. `make help` lists the targets.

VENV := .venv
PYTHON := $(VENV)/bin/python
MML := $(VENV)/bin/mml
READY := $(VENV)/.ready
DEMO := demo

.PHONY: help demo test check attacks torture build lock clean

help:            ## list the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): requirements.lock pyproject.toml
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed."; exit 2; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 2; }
	test -x $(PYTHON) || python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)   ## build the editions, simulate a class, grade it in the sandbox, say where the report is
	@$(MML) build
	@rm -rf $(DEMO)
	@$(MML) simulate week09 --learners 16 --out $(DEMO)/class
	@$(MML) grade week09 $(DEMO)/class/submitted --out $(DEMO)/results
	@$(MML) compare $(DEMO)/results $(DEMO)/class/truth.csv

test: $(READY)   ## everything that must hold, slow tests included
	$(MML) lint
	$(MML) build --check
	$(MML) audit
	$(MML) topics
	$(MML) roadmap --check
	$(PYTHON) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder --durations=30 -m "not long"

check: $(READY)  ## the quick part of it, for while you work
	$(MML) lint
	$(PYTHON) -m pytest -q -m "not slow and not long" tests

attacks: $(READY) ## every hostile submission, and what each must get
	$(PYTHON) -m pytest -q tests/attacks

torture: $(READY) ## the long runs: 2,000 damaged notebooks, 100 random kills, 100,000 frames, every mutant
	$(PYTHON) -m pytest -q -m long tests
	$(PYTHON) tests/attacks/fuzz_wire.py --frames 100000
	$(MML) prove --mutate

build: $(READY)  ## bring release/ and solutions/ up to date
	$(MML) build

lock: $(READY)   ## compute requirements.lock anew from pyproject.toml
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile pyproject.toml --all-extras --generate-hashes --universal --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url -o requirements.lock

clean:           ## remove what make made, but for the editions
	rm -rf $(VENV) $(DEMO)
