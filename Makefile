# The commands of the project. Each installs what it needs first and can be run again.
.PHONY: help demo test test-cpp test-python package check-sanitizers check-install lint format bench scoreboard train fuzz clean
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
JOBS := $(shell nproc 2>/dev/null || echo 2)

help:
	@echo "make demo        install, build, and summarize examples/article.txt"
	@echo "make test        build and run every test of C++ and Python, and the notebook"
	@echo "make lint        formatting, types, stubs"
	@echo "make bench       speeds, as ratios to peers measured in the same run"
	@echo "make scoreboard  accuracy on evaluation data, where it is there; with plots in build/scoreboard.html"
	@echo "make train       make the weights and stop words in cpp/data anew from evaluation data, where it is there"
	@echo "make fuzz        fuzz targets for words, sentences and blocks, FUZZ_SECONDS each (needs clang)"
	@echo "make check-sanitizers, make check-install, make format, make clean"

demo:
	@tools/setup.sh
	@$(MAKE) --no-print-directory package
	@echo; echo "== nutgraf summarize --report examples/article.txt"; echo
	@.venv/bin/nutgraf summarize --report examples/article.txt

package:
	@echo; echo "== Building and installing the Python package into .venv"
	@$(PYTHON) -m pip install -q --no-build-isolation .

test: test-cpp test-python

test-cpp:
	@tools/setup.sh test notebook
	@echo; echo "== C++ tests"
	@mkdir -p build && cmake --preset dev >build/dev-configure.log 2>&1 || (cat build/dev-configure.log; false)
	@cmake --build --preset dev -j $(JOBS)
	@ctest --preset dev -j $(JOBS)

test-python:
	@tools/setup.sh test notebook
	@$(MAKE) --no-print-directory package
	@echo; echo "== Python tests"
	@$(PYTHON) -m pytest

check-sanitizers:
	@tools/setup.sh test notebook
	@for preset in asan tsan; do \
	  echo; echo "== C++ tests under $$preset"; \
	  cmake --preset $$preset >/dev/null && cmake --build --preset $$preset -j $(JOBS) && ctest --preset $$preset -j $(JOBS) || exit 1; \
	done

check-install:
	@tools/setup.sh test notebook
	@echo; echo "== Outside projects that use the library"
	@tests/install/run.sh

CXX_FILES = $(shell git ls-files '*.cpp' '*.h')
PY_FILES = python tests tools

lint:
	@tools/setup.sh test notebook lint
	@$(MAKE) --no-print-directory package
	@echo; echo "== clang-format, ruff, mypy, stubtest"
	@.venv/bin/clang-format --dry-run -Werror $(CXX_FILES)
	@.venv/bin/ruff check -q $(PY_FILES) notebooks
	@.venv/bin/ruff format -q --check $(PY_FILES)
	@.venv/bin/mypy --no-error-summary
	@cd build && MYPYPATH= ../.venv/bin/python -m mypy.stubtest nutgraf --concise --mypy-config-file ../pyproject.toml \
	  --allowlist ../tests/python/stubtest_allowlist.txt
	@echo "no complaints"

format:
	@tools/setup.sh test notebook lint
	@.venv/bin/clang-format -i $(CXX_FILES)
	@.venv/bin/ruff check -q --fix $(PY_FILES) notebooks
	@.venv/bin/ruff format -q $(PY_FILES)

bench:
	@tools/setup.sh bench
	@$(MAKE) --no-print-directory package
	@cmake --preset release >/dev/null && cmake --build --preset release -j $(JOBS)
	@$(PYTHON) tools/bench.py --out docs/bench.md

scoreboard:
	@tools/setup.sh bench train
	@$(MAKE) --no-print-directory package
	@$(PYTHON) tools/scoreboard.py --out docs/scoreboard.md --page build/scoreboard.html

train:
	@tools/setup.sh bench train
	@cmake --preset release >/dev/null && cmake --build --preset release -j $(JOBS)
	@$(PYTHON) tools/train_sentences.py
	@OMP_NUM_THREADS=1 $(PYTHON) tools/train_roles.py
	@$(MAKE) --no-print-directory package
	@OMP_NUM_THREADS=1 $(PYTHON) tools/make_stop_words.py
	@$(PYTHON) tools/train_salience.py

FUZZ_SECONDS := 60
FUZZ_FLAGS = -max_total_time=$(FUZZ_SECONDS)
fuzz:
	@tools/setup.sh fuzz
	@cmake --preset fuzz >/dev/null && cmake --build --preset fuzz -j $(JOBS)
	@for target in words sentences blocks; do \
	  echo; echo "== $$target"; \
	  build/fuzz/tests/fuzz/nutgraf_fuzz_$$target $(FUZZ_FLAGS) -max_len=4096 -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/ >build/fuzz/$$target.log 2>&1 || (grep -v "^#" build/fuzz/$$target.log; false) || exit 1; \
	  grep "^Done" build/fuzz/$$target.log; \
	done

clean:
	rm -rf build .venv
