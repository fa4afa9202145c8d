# Everything runs in .venv, which the first command sets up. Needed: git, make, Python 3.11 or newer; no root.

ARTICLES ?= data/raw/hunan
JOBS ?=
RATES ?=
PYTEST_ARGS ?= -n auto

# The first Python that is new enough; a shim that only stands for one does not run, and is passed over.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if $$python -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$python; break; fi; done)

# Where this is set, every kernel that starts compiles every module anew.
unexport PYTHONDONTWRITEBYTECODE

# Trust whom the system trusts, as pip does: a company's network may have certificates of its own.
export UV_SYSTEM_CERTS := 1

BIN := .venv/bin

# uv installs in a third of the time; where it is not to be had, pip does the same.
define install
{ $(BIN)/python -m pip install --quiet --disable-pip-version-check uv && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r $(1) && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .; } || \
{ echo "Installing with pip instead; this takes a minute or two." && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(1) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .; }
endef

# A weakness found overnight is told, and stops only those who ask for it (`make lint AUDIT=strict`): unchanged code
# should pass today if it passed yesterday. That no index can be asked is told, too.
define audit
if told=$$($(BIN)/pip-audit --requirement $(1) --disable-pip --require-hashes --progress-spinner off 2>&1); then \
	echo "$$told" | head -n 1; \
elif echo "$$told" | grep -q '^Found [0-9]* known vulnerabilit'; then \
	echo "$$told"; [ "$(AUDIT)" != strict ]; \
else echo "No index could be asked: $(1) was not audited."; fi
endef

.PHONY: help report test lab install lint bench fuzz lock golden clean
.DEFAULT_GOAL := help

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  make report ARTICLES=path   the same for your own articles: a folder, or a .csv, .jsonl, .parquet or .zip file"

report: $(BIN)/.installed ## Publish the reports of the shipped articles
	@index=$$($(BIN)/zhanbao report "$(ARTICLES)" $(if $(JOBS),--jobs $(JOBS)) $(if $(RATES),--rates "$(RATES)")) && echo "The report lies at $$index"

test: $(BIN)/.installed-dev ## Run all tests; those that need a browser say so where there is none
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lab: $(BIN)/.installed ## Open the notebooks in JupyterLab
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks

install: $(BIN)/.installed ## Set up the environment alone

lint: $(BIN)/.installed-dev ## Check code and notebooks
	$(BIN)/ruff check --output-format=concise .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb
	@$(call audit,requirements.txt)

bench: $(BIN)/.installed-dev ## Measure accuracy and speed beside a baseline
	@$(BIN)/python -m benchmarks

fuzz: $(BIN)/.installed-dev ## Try texts that reach new code; EXECUTIONS=1000000 by default, guided by coverage where atheris can be had
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris==3.0.0 || true
	@$(BIN)/python tests/fuzz.py --executions $(or $(EXECUTIONS),1000000)

lock: $(BIN)/.installed-dev ## Pin and hash what requirements.in and requirements-dev.in ask for
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --generate-hashes requirements.in -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --generate-hashes -c requirements.txt requirements-dev.in -o requirements-dev.txt

golden: $(BIN)/.installed ## Renew the golden table after a rule change; git diff then shows which rows moved
	$(BIN)/zhanbao extract data/raw/hunan -o tests/golden/hunan.csv

clean: ## Remove what runs have left, the environment aside
	find data/processed reports -mindepth 1 ! -name .gitkeep -delete

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer with its venv module is needed; none was found." >&2; exit 1; }
	@echo "Setting up .venv with $(PYTHON); this takes a minute, once."
	@$(PYTHON) -m venv .venv

$(BIN)/.installed: requirements.txt requirements.in pyproject.toml | $(BIN)/python
	@$(call install,requirements.txt)
	@touch $@

$(BIN)/.installed-dev: requirements-dev.txt $(BIN)/.installed
	@$(call install,requirements-dev.txt)
	@touch $@
