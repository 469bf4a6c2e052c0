# Every target makes the environment it needs on first use; nothing has to be activated.
SHELL := /bin/bash
BIN := .venv/bin
# One thread per library: two notebooks at once with default threads are many times slower.
export OMP_NUM_THREADS ?= 1
export OMP_WAIT_POLICY ?= PASSIVE
export DO_NOT_TRACK ?= 1
WEEK ?=
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
CLASS ?=
BENCH ?=

.PHONY: help demo test notebooks release lab lint bench lock environment test-environment clean

help:
	@echo "make demo              grade a small class for week 1 from beginning to end"
	@echo "make test [WEEK=week01]  prove the notebooks, the graders and coursekit"
	@echo "make lab [CLASS=demo]  JupyterLab with formgrader, for the course or for the demo's class"
	@echo "make notebooks         write every X.ipynb of source/ from its text twin X.nb.py"
	@echo "make release           build release/ and the README's table from source/ and syllabus.yml"
	@echo "make lint              check the style of code and notebooks"
	@echo "make bench [BENCH=--json]  grading against nbgrader: throughput, memory, the same grades"
	@echo "make lock              resolve the whole stack again and write requirements.txt"
	@echo "make clean             remove the environment and everything that can be made again"

environment:
	@bash .ci/environment.sh core

test-environment:
	@bash .ci/environment.sh core,dev

demo: environment
	@bash .ci/debian.sh bubblewrap
	$(BIN)/course demo

test: test-environment
	@bash .ci/debian.sh chromium bubblewrap
	$(BIN)/python -m pytest -n $(JOBS) --dist loadscope --nbval-lax --nbval-cell-timeout=120 \
	  $(if $(WEEK),--week=$(WEEK)) tests source

notebooks: environment
	$(BIN)/course notebooks $(WEEK)

release: notebooks
	$(BIN)/course build $(WEEK)

lab: environment
	COURSE_CLASS=$(CLASS) $(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root)

lint: test-environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/course lint $(WEEK)

bench:
	@bash .ci/environment.sh core,bench
	@bash .ci/debian.sh bubblewrap
	$(BIN)/python bench/grading.py $(BENCH)

lock:
	@bash .ci/lock.sh

clean:
	rm -rf .venv .venv-lock demo build gradebook.db .pytest_cache .ruff_cache .hypothesis
