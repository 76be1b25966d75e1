# Every door of the project. `make` or `make help` lists them.
.DEFAULT_GOAL := help
PY := .venv/bin/python
export DJANGO_SETTINGS_MODULE ?= gongkai.config.settings.demo
# Whatever the shell says: every process that must compile all modules anew starts ten seconds later.
export PYTHONDONTWRITEBYTECODE :=
DB ?= sqlite
SERVE ?= 1
REPLAY ?= 0
ARGS ?=
# As many test processes as there are cores, at most four.
JOBS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -gt 4 ] && echo 4 || echo $$n)

.PHONY: help
help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## Set up and show the reference county's year at http://127.0.0.1:8000 (SERVE=0 REPLAY=1 PORT=8000)
	@deploy/system.sh demo
	@deploy/environment.sh run
	@$(PY) manage.py demo $(if $(filter 1,$(REPLAY)),--replay) $(if $(filter 1,$(SERVE)),--serve) $(if $(PORT),--port $(PORT))

.PHONY: test
test: ## Set up and run the tests (DB=postgresql for the other database, ARGS="path -k name")
	@deploy/system.sh demo test
	@deploy/environment.sh dev
ifeq ($(DB),postgresql)
	@export TMPDIR="$$(deploy/scratch.sh)"; DJANGO_SETTINGS_MODULE=gongkai.config.settings.test \
		GONGKAI_TEST_DATABASE=postgresql PGOPTIONS="-c jit=off" deploy/with_postgresql.sh $(PY) -m pytest -n $(JOBS) $(ARGS)
else
	@TMPDIR="$$(deploy/scratch.sh)" DJANGO_SETTINGS_MODULE=gongkai.config.settings.test \
		$(PY) -m pytest -n $(JOBS) $(ARGS)
endif

.PHONY: migrated
migrated: ## Migrate the databases that tests copy, ahead of the tests (PostgreSQL too, if one is at PG*)
	@deploy/environment.sh dev
	@DJANGO_SETTINGS_MODULE=gongkai.config.settings.test $(PY) -m tests.migrated
	@if [ -n "$$PGHOST" ]; then DJANGO_SETTINGS_MODULE=gongkai.config.settings.test \
		GONGKAI_TEST_DATABASE=postgresql $(PY) -m tests.migrated; fi

.PHONY: law
law: ## Run the tests of the law alone, with branch coverage (seconds)
	@deploy/environment.sh dev
	@$(PY) -m pytest gongkai/statute gongkai/tables gongkai/text --cov=gongkai.statute --cov-branch \
		--cov-report=term:skip-covered --cov-fail-under=100

.PHONY: matrix
matrix: ## Write down who may open new addresses (UNDER=staff/policy/: those, too; UNDER=anew: all)
	@deploy/environment.sh dev
	@GONGKAI_MATRIX=$(or $(UNDER),add) DJANGO_SETTINGS_MODULE=gongkai.config.settings.test \
		$(PY) -m pytest tests/permissions/test_matrix.py -s
	@git diff --stat -- tests/permissions/table.txt

.PHONY: lint
lint: ## Check form, types, storeys, templates, secrets, migrations and lock files
	@deploy/environment.sh dev
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/djlint --quiet --check --lint gongkai
	@$(PY) -m tests.hardening.secrets
	@DJANGO_SETTINGS_MODULE=gongkai.config.settings.test $(PY) manage.py makemigrations --check --dry-run
ifneq ($(ARCHITECTURE),0)
	@DJANGO_SETTINGS_MODULE=gongkai.config.settings.test $(PY) -m pytest -p no:cacheprovider tests/architecture
endif

.PHONY: format
format: ## Lay out code and templates
	@.venv/bin/ruff format --quiet .
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/djlint --quiet --reformat gongkai

.PHONY: bench
bench: ## Measure speed on SQLite and PostgreSQL and print the table
	@deploy/system.sh demo test
	@deploy/environment.sh dev
	@deploy/with_postgresql.sh $(PY) -m benchmarks $(ARGS)

.PHONY: rehearsal
rehearsal: ## Rehearse a failover: PostgreSQL with a replica, killed while it is written to (two minutes)
	@deploy/environment.sh dev
	@deploy/with_postgresql.sh $(PY) -m tests.rehearsal

.PHONY: vnu
vnu: ## Put the demo's public pages through the W3C checker, if java and vnu.jar are there
	@deploy/environment.sh dev
	@$(PY) -m tests.w3c

.PHONY: fuzz
fuzz: ## Try every reader with hostile input and count (INPUTS=100000 ARGS="--reader word --minutes 5")
	@deploy/environment.sh dev
	@DJANGO_SETTINGS_MODULE=gongkai.config.settings.test $(PY) -m tests.fuzz --inputs $(or $(INPUTS),100000) $(ARGS)

.PHONY: audit
audit: ## Hold the lock file against known advisories (ADVISORIES=an OSV export: zip, folder or JSON)
	@deploy/environment.sh dev
	@$(PY) -m tests.hardening.advisories $(or $(ADVISORIES),var/advisories.zip) $(ARGS)

.PHONY: docs
docs: ## Draw docs/lifecycles.md from the lifecycle tables
	@deploy/environment.sh dev
	@$(PY) -m docs.draw_lifecycles

.PHONY: messages
messages: ## Compile our Chinese for Wagtail's admin (gongkai/config/locale)
	@$(PY) -m gongkai.config.messages

.PHONY: lock
lock: ## Resolve the lock file and export the hashed requirements from it
	uv lock
	uv export --quiet --frozen --no-dev --group build --no-emit-project -o requirements.txt
	uv export --quiet --frozen --group dev --group build --no-emit-project -o requirements-dev.txt

.PHONY: system
system: ## Install the Debian packages that the product, its tests and its operation use
	@deploy/system.sh
