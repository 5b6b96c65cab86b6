# Everything runs in its own virtual environment, .venv; nothing else on the machine is changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOWEST := .venv-lowest
# The tests that show soonest that an old release or another Python does not work: every format, the commands, untrusted input.
TELLING_TESTS := tests/test_lowest_versions.py tests/examples/test_golden.py tests/examples/test_formats_agree.py tests/cli/test_cli.py \
    tests/kepu_sources tests/isolation tests/composing/test_photos.py tests/composing/test_own_templates.py tests/importing/test_hostile.py \
    tests/kepu_word/test_word_documents.py tests/kepu_word/test_word_reference.py tests/batch/test_resuming.py tests/preview
# Fewer, for the other Pythons: all tests run with one.
FEW_TESTS := tests/test_packaging.py tests/examples/test_golden.py tests/examples/test_formats_agree.py tests/cli/test_cli.py \
    tests/batch/test_resuming.py tests/kepu_sources/tables/test_any_record.py
EXAMPLES := $(wildcard docs/examples/*.yaml)
DISTRICT := docs/examples/district.xlsx
LAST_YEAR := docs/examples/district_2024.xlsx
FUZZ_SECONDS ?= 600
# 1 for everything, “rest” for what the quick tests have not tested as deeply.
DEEP ?= 1
TARGET ?= importing word reference workbook csv_tables records templates manifest

.PHONY: help demo test test-deep check pytest coverage test-lowest test-pythons catalogs bench fuzz attacks pages docs clean

help:
	@echo "make demo    install kepu-docs into .venv; render the example records and a made-up district into out/"
	@echo "make test    install what tests need, check the code, run the quick tests: at most three minutes on two cores"
	@echo "make test-deep  run all tests, with many more cases and examples"
	@echo "make check   check only types, style and layering"
	@echo "make coverage  measure the branches that the quick and the deep tests reach"
	@echo "make test-lowest  run the most telling tests with the lowest versions that pyproject.toml allows"
	@echo "make test-pythons  run the most telling tests with the other versions of Python, 3.11 to 3.14, that can be found or fetched"
	@echo "make catalogs  bring the catalogues of messages up to date with the code"
	@echo "make bench   measure speed; the last table has the aims, and which of them are reached"
	@echo "make fuzz    look for inputs that break a reader, for ten minutes each; TARGET=workbook takes one reader"
	@echo "make attacks try hostile inputs at every entry point, and print the results"
	@echo "make pages   print the pages of the example records into out/pages/ (needs LibreOffice and poppler)"
	@echo "make docs    build the site of the documentation into out/site; a link that leads nowhere is an error"
	@echo "make clean   remove .venv and out/"

demo: $(VENV)/installed
	$(BIN)/kepu-docs render $(EXAMPLES) -f docx,html,md,txt -o out
	$(BIN)/kepu-docs render $(EXAMPLES) -f pdf -o out || echo "(no PDF, because fonts are missing; all other formats are made)"
	@echo
	@echo "A district of twelve communities compared with last year, from the workbooks that they filled in; one made a mistake:"
	$(BIN)/kepu-docs batch $(DISTRICT) --against $(LAST_YEAR) -o out/district || test $$? -eq 1
	@echo
	@echo "The summaries are in out/ and out/district/: open a .docx in Word, WPS or LibreOffice."
	@echo "Their records are in docs/examples/."
	@echo
	@echo "To see them with their faults in the browser, updated at each save:"
	@echo "  $(BIN)/kepu-docs preview $(DISTRICT) --against $(LAST_YEAR)"

test: check pytest

check: $(VENV)/installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	PYTHONPATH=plugins:templates $(BIN)/lint-imports
	$(BIN)/python templates/catalogs.py --check

# A file's tests go to one worker, so that what they share is made once, not once per worker; they run in the order of the
# folders, in which long tests are not last.
PYTEST := -m pytest -n auto --dist loadfile --no-loadscope-reorder
# Tests start many processes; if PYTHONDONTWRITEBYTECODE were set, each of them would compile everything again, and pytest would
# at each run write its asserts into all files anew.
export PYTHONDONTWRITEBYTECODE :=
COMPILED := -m compileall -q src plugins templates tests

pytest: $(VENV)/installed-for-tests
	@$(BIN)/python $(COMPILED)
	$(BIN)/python $(PYTEST)

test-deep: $(VENV)/installed-for-deep-tests
	@$(BIN)/python $(COMPILED)
	KEPU_DEEP=$(DEEP) $(BIN)/python $(PYTEST)

# Without the code in processes that tests start: commands in a separate process, workers of a batch, readers of files.
coverage: $(VENV)/installed-for-coverage
	@mkdir -p out
	COVERAGE_FILE=out/coverage-quick $(BIN)/python $(PYTEST) --cov --cov-report=
	COVERAGE_FILE=out/coverage-deep KEPU_DEEP=1 $(BIN)/python $(PYTEST) --cov --cov-report=
	@quick=$$(COVERAGE_FILE=out/coverage-quick $(BIN)/coverage report --format=total --precision=2); \
	deep=$$(COVERAGE_FILE=out/coverage-deep $(BIN)/coverage report --format=total --precision=2); \
	echo "by branch: quick $$quick %, deep $$deep %"; \
	awk "BEGIN { exit $$deep - $$quick > 1 }" || { echo "the quick tests reach more than a point less than the deep ones"; exit 1; }

test-lowest: $(LOWEST)/installed
	@$(LOWEST)/bin/python $(COMPILED)
	$(LOWEST)/bin/python -m pytest -n auto $(TELLING_TESTS)

test-pythons: $(VENV)/installed-for-deep-tests
	$(BIN)/python -m tests.pythons $(FEW_TESTS)

catalogs: $(VENV)/installed-for-tests
	$(BIN)/python templates/catalogs.py

bench: $(VENV)/installed-for-benchmarks
	@$(BIN)/python $(COMPILED)
	$(BIN)/python -m tests.benchmarks

# Findings are in out/fuzzing/TARGET; tests/fuzzing/corpus/TARGET keeps those that are worth a test.
# make fuzz TARGET=workbook runs one target; FUZZ_SECONDS is for each. A target that finds something does not stop the others.
fuzz: $(VENV)/installed-for-fuzzing
	@failed=; for target in $(TARGET); do \
	    echo "== $$target"; \
	    $(BIN)/python -m tests.fuzzing $$target -max_total_time=$(FUZZ_SECONDS) || failed="$$failed $$target"; \
	done; test -z "$$failed" || { echo "found something:$$failed; see out/fuzzing"; exit 1; }

attacks: $(VENV)/installed-for-tests
	$(BIN)/python -m tests.attacks --jobs 2 --failures

pages: $(VENV)/installed-for-tests
	$(BIN)/python -m tests.pages

docs: $(VENV)/installed-for-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

clean:
	rm -rf $(VENV) $(LOWEST) .venv-pythons out

$(VENV)/python-is-there:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "kepu-docs needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	    { echo "the module venv is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/python-is-there pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[excel,pdf,preview]'
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/python-is-there pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-for-deep-tests: $(VENV)/installed-for-tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check,programs,browser,docs,packaging]'
	@touch $@ $(VENV)/installed-for-docs

$(VENV)/installed-for-coverage: $(VENV)/installed-for-deep-tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check,programs,browser,docs,packaging,coverage]'
	@touch $@

$(VENV)/installed-for-docs: $(VENV)/python-is-there pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

$(VENV)/installed-for-benchmarks: $(VENV)/installed-for-tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check,bench]'
	@touch $@

$(VENV)/installed-for-fuzzing: $(VENV)/installed-for-tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check,fuzz]'
	@touch $@

$(LOWEST)/installed: $(VENV)/python-is-there pyproject.toml tests/constraints-lowest.txt
	@rm -rf $(LOWEST)
	@$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test,speed,distributed]' \
	    --constraint tests/constraints-lowest.txt
	@touch $@
