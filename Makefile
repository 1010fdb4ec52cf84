# Everything one does with a checkout. Needs git, make, Python 3.11 or later; npm for the embedder and for `make test`,
# which also needs Java 17 (a JDK) and Maven.
PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
# A pin file names everything, so pip need not look for more.
PINNED  := -m pip --disable-pip-version-check --no-input install --quiet --no-deps --only-binary=:all: --require-hashes -r
EMBEDDER := layers/models/models/EMBEDDER
OPENSEARCH := .cache/opensearch/.fetched
FIT     := $(wildcard scripts/fit_*.py)
INTENTS := $(if $(FIT),layers/models/models/intents.npz)
CHECKED := layers/deskhand/python/deskhand $(wildcard functions) scripts tests

# Threads of linear algebra only get into each other's way on two cores: 46 s of fitting become 2.
export OPENBLAS_NUM_THREADS := 1

COVERED := */deskhand/domain/*,*/deskhand/stages/*,*/deskhand/tools/*

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help models setup demo serve opensearch test quick lint types templates build pins clean

help:  ## Say what one can do here
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(BIN)/.linked $(EMBEDDER) $(INTENTS)  ## Prepare this checkout to run (about a minute; a second time at once)
	@:

demo: setup $(if $(filter opensearch,$(SEARCH)),$(OPENSEARCH))  ## Show one ticket after another going through the whole house
	@$(BIN)/deskhand demo $(if $(SEARCH),--search $(SEARCH))

serve: setup  ## Run Deskhand on this machine until you stop it
	@$(BIN)/deskhand serve

# --- what is installed --------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Deskhand needs Python 3.11 or later; say make PYTHON=<path of one>")'
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

# The pins of dev.txt hold those of local.txt, so an environment for the tests serves the demo too.
$(BIN)/.local: requirements/local.txt | $(BIN)/python
	@cmp -s requirements/dev.txt $(BIN)/.dev || { \
	  echo "installing what requirements/local.txt pins"; \
	  $(BIN)/python $(PINNED) $<; }
	@cp $< $@

$(BIN)/.dev: requirements/dev.txt | $(BIN)/python
	@echo "installing what requirements/dev.txt pins"
	@$(BIN)/python $(PINNED) $<
	@cp $< $@ && cp requirements/local.txt $(BIN)/.local

$(BIN)/.linked: $(BIN)/.local scripts/link_venv.py
	@$(BIN)/python scripts/link_venv.py
	@touch $@

$(EMBEDDER): scripts/fetch_models.py | $(BIN)/.local
	@$(BIN)/python scripts/fetch_models.py

layers/models/models/intents.npz: $(FIT) $(wildcard scripts/fitting/*.py) policies/intents.toml $(EMBEDDER) | $(BIN)/.linked
	@$(BIN)/python -m scripts.$(basename $(notdir $(FIT)))

models: | $(BIN)/.local  ## Fetch the embedder again (after installing npm, say)
	@$(BIN)/python scripts/fetch_models.py

.sam-venv/bin/.sam: requirements/sam.txt
	@echo "installing the SAM command line"
	@$(PYTHON) -m venv .sam-venv
	@.sam-venv/bin/python $(PINNED) $<
	@cp $< $@

SAM := PYTHON="$(CURDIR)/$(BIN)/python" AWS_DEFAULT_REGION=us-east-1 SAM_CLI_TELEMETRY=0 .sam-venv/bin/sam
ASL := .cache/asl/node_modules/.bin/asl-validator
$(ASL): Makefile
	@echo "installing asl-validator"
	@mkdir -p .cache/asl && echo '{"private": true}' > .cache/asl/package.json
	@npm install --silent --prefix .cache/asl --no-package-lock --no-audit --no-fund --ignore-scripts asl-validator@4.0.0
	@touch $@

# AWS's own DynamoDB engine, which tells how it really is when many write at once.
DYNAMODB := .cache/dynamodb-local/.fetched
$(DYNAMODB): tests/dynamodb_local/pom.xml
	@command -v java >/dev/null && command -v mvn >/dev/null || { \
	  echo "make test needs a DynamoDB to test against: install Java 17 or later and Maven (java, mvn)"; exit 1; }
	@echo "fetching DynamoDB Local"
	@rm -rf $(@D) && mvn -q -B -f $< package -Dhome="$(CURDIR)/$(@D)"
	@touch $@

# A real OpenSearch, started from its jars: what searches on AWS, for the tests and for the demo.
$(OPENSEARCH): scripts/search_server/pom.xml scripts/search_server/SearchServer.java
	@command -v javac >/dev/null && command -v mvn >/dev/null || { \
	  echo "this needs an OpenSearch of this machine's own: install Java 17 or later (a JDK) and Maven (javac, mvn)"; exit 1; }
	@echo "fetching OpenSearch"
	@rm -rf $(@D) && mvn -q -B -Dstyle.color=never -f $< package -Dhome="$(CURDIR)/$(@D)"
	@javac -d $(@D)/classes -cp "$(@D)/lib/*:$(@D)/knn/*:$(@D)/neural/*" scripts/search_server/SearchServer.java
	@touch $@

opensearch: $(OPENSEARCH)  ## Fetch OpenSearch for the tests and for make demo SEARCH=opensearch
	@:

# --- what is checked ----------------------------------------------------------------------------

test: setup $(BIN)/.dev $(DYNAMODB) $(OPENSEARCH) lint types templates build  ## Check everything, as CI does (under ten minutes)
	@$(BIN)/python -m pytest -n 2 --dist loadscope --cov --cov-report=
	@$(BIN)/coverage report --include="$(COVERED)" --fail-under=100

quick: $(BIN)/.dev $(BIN)/.linked lint types  ## Check what one changes all day (half a minute)
	@$(BIN)/python -m pytest -q -m "not slow" tests/unit tests/policy tests/test_architecture.py

lint: $(BIN)/.dev $(BIN)/.linked  ## Check format, style and whether the pins are fresh
	@$(BIN)/ruff format --quiet --check $(CHECKED)
	@$(BIN)/ruff check --quiet --no-cache $(CHECKED)  # a kept cache does not see that a module is new
	@$(BIN)/python scripts/pins.py check

types: $(BIN)/.dev $(BIN)/.linked  ## Check the types
	@$(BIN)/mypy --no-error-summary

templates: $(BIN)/.dev .sam-venv/bin/.sam $(ASL)  ## Check the stack and the state machine
	@$(BIN)/cfn-lint template.yaml
	@$(SAM) validate --lint
	@$(ASL) --json-path functions/ticket.asl.json

build: $(BIN)/.local .sam-venv/bin/.sam $(EMBEDDER) $(INTENTS)  ## Build what would be deployed
	@mkdir -p .cache && $(SAM) build >.cache/sam-build.log 2>&1 || { cat .cache/sam-build.log; exit 1; }
	@$(BIN)/python -m scripts.built_sizes

# --- what is kept up ----------------------------------------------------------------------------

pins: $(BIN)/.dev  ## Resolve every requirement anew
	@$(BIN)/python scripts/pins.py refresh

clean:  ## Remove everything that was made here
	@rm -rf .venv .sam-venv .cache .aws-sam layers/models/models .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
