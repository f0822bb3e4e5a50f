# make demo     set everything up and analyse a sample video
# make test     set everything up and run lint, types and tests, in six minutes on two cores
# make test-all the same and the slow tests   make test-latest  all tests, newest dependencies
# make check    lint and types only           make bench        speed, side by side
# make samples  render the sample clips anew  make accuracy     errors against the truth
# make hostile a fuzz of the whole product, which counts what breaks
# make clean    remove what make made

SHELL := /bin/sh
BIN := .venv/bin
DEMO := samples/clips/heel_side_a.mp4

# The first Python that is new enough; PYTHON=... on the command line overrides it.
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
endif

# $(call apt,packages): install them as root, else say in one line how, and stop.
apt = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then apt-get update -q && DEBIAN_FRONTEND=noninteractive \
	apt-get install -y -q --no-install-recommends $(1); \
	else echo "The system lacks something. Run this, then make again:"; \
	echo "    sudo apt-get install -y $(1)"; exit 1; fi

# Tests of one group share a worker: they look at one expensive run. A worker that died is an error.
PYTEST := -m pytest -n auto --dist loadgroup --max-worker-restart 0
LATEST := .venv-latest/bin

.PHONY: hostile demo test test-all test-latest check bench accuracy samples clean setup python system \
	test-tools

demo: setup
	$(BIN)/formcheck analyze $(DEMO) --exercise heel-raise --out out/demo

test: check test-tools
	$(BIN)/python $(PYTEST) -m "not slow"

test-all: check test-tools
	$(BIN)/python $(PYTEST)

# What someone gets who installs formcheck today: the bounds of pyproject.toml alone, no constraints.
test-latest: system test-tools
	rm -rf .venv-latest
	$(PYTHON) -m venv .venv-latest
	$(LATEST)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(LATEST)/python $(PYTEST)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: setup
	$(BIN)/python -m tests.bench.speed
	$(BIN)/python -m tests.bench.latency
	$(BIN)/python -m tests.bench.auto_latency
	$(BIN)/python -m tests.bench.close_up

accuracy: setup
	$(BIN)/python -m tests.bench.accuracy

hostile: setup
	$(BIN)/python -m tests.hostile

samples: setup
	$(BIN)/python -m samples.studio

clean:
	rm -rf .venv .venv-latest out build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: system $(BIN)/.installed

$(BIN)/.installed: pyproject.toml constraints.txt | system
	@echo "Installing formcheck and what it needs into .venv; the first time takes some minutes."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[dev]'
	@touch $@

# What pip cannot install. On macOS and Windows nothing is missing.
system: python
	@missing=$$($(PYTHON) -P formcheck/system/libraries.py) || exit 1; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing \
	$$($(PYTHON) -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')"; \
	if [ -n "$$missing" ]; then $(call apt,$$missing); fi

python:
	@if [ -z "$(PYTHON)" ]; then \
	echo "formcheck needs Python 3.11 or newer: install it (python.org), then make again"; exit 1; fi

# What the tests look with: at the network, at pages and windows, at rendered people; and listen.
test-tools: python
	@[ "$$(uname)" = Linux ] || exit 0; missing=; \
	for tool in strace:strace chromium:chromium Xvfb:xvfb xdotool:xdotool \
	espeak-ng:espeak-ng aplay:alsa-utils; do \
	command -v "$${tool%%:*}" >/dev/null || missing="$$missing $${tool##*:}"; done; \
	PATH="$$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q libEGL_mesa \
	|| missing="$$missing libegl-mesa0 libgl1-mesa-dri"; \
	if [ -n "$$missing" ]; then $(call apt,$$missing); fi
