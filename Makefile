# All that a machine needs is python3 (3.11 or newer) with venv, make and a package index.

PORT ?= 8000
PYTHON_IN := .venv/bin/python
MANAGE := $(PYTHON_IN) manage.py
# Neither the tests nor the checks depend on how this machine is set up.
ALONE := env -u CACHE_URL -u DATABASE_URL -u DEBUG -u EMAIL_FROM -u EMAIL_URL -u PORT -u SIGNUP -u SITE_URL \
	-u STALE_AFTER_DAYS -u TRUSTED_PROXIES
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--no-header pyproject.toml

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-dev ready run dev test fuzz check lock clean

help: ## says what there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1|/' | \
		while IFS='|' read -r name what; do printf 'make %-10s %s\n' "$$name" "$$what"; done

setup: ## puts what the server needs into .venv
	@.ci/setup requirements.txt

setup-dev: ## puts what developing needs into .venv
	@.ci/setup requirements-dev.txt

# Private settings, written once.
.env:
	@key=$$($(PYTHON_IN) -c 'import secrets; print(secrets.token_urlsafe(50))') && umask 077 && \
		printf 'SECRET_KEY=%s\nSIGNUP=open\n' "$$key" > .env.new && mv .env.new .env

ready: setup .env
	@umask 077 && $(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_questions

run dev: export PORT := $(PORT)
run: export DEBUG := 0
run: ready ## sets everything up and serves on http://localhost:8000 (PORT=8000)
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@$(MANAGE) admin_link
	@echo "Prep answers on http://localhost:$(PORT)/ (Ctrl-C ends it)"
	@exec $(PYTHON_IN) -m gunicorn --config prep/gunicorn.py --bind 127.0.0.1:$(PORT)

dev: export DEBUG := 1
dev: ready ## the same with a server that reloads and shows errors
	@$(MANAGE) admin_link
	@exec $(MANAGE) runserver $(PORT)

# As many processes as there are cores; what asks for no database runs once.
PYTEST := $(PYTHON_IN) -m pytest --numprocesses auto --dist worksteal

test: setup-dev ## runs every test on SQLite, with a real browser, and then again on PostgreSQL
	@chromium=$$(.ci/find-browser) && echo "SQLite and Chromium:" && \
		CHROMIUM=$$chromium $(ALONE) $(PYTEST) --cov --cov-report=
	@$(PYTHON_IN) -m coverage report --format=total | sed 's/^/Branches and lines covered, in percent: /'
	@$(PYTHON_IN) -m coverage report >/dev/null || { $(PYTHON_IN) -m coverage report --skip-covered; exit 1; }
	@echo "PostgreSQL:"
	@$(ALONE) $(PYTHON_IN) .ci/with-postgres $(PYTEST) -m "not browser and not pure"

fuzz: setup-dev ## runs the property tests with fresh and more examples; a find says how to repeat it
	@HYPOTHESIS_PROFILE=fuzz $(ALONE) $(PYTEST) -m property

check: export SECRET_KEY := only-for-the-checks-and-nowhere-else-0123456789-abcdefghij
check: setup-dev ## lints the code and the templates, checks types, migrations, production settings and the bank
	@$(PYTHON_IN) -m ruff check .
	@$(PYTHON_IN) -m ruff format --check .
	@$(ALONE) $(PYTHON_IN) -m mypy prep accounts questions manage.py
	@$(PYTHON_IN) -m djlint --lint --quiet templates
	@$(PYTHON_IN) -m djlint --check templates
	@$(ALONE) DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run
	@$(ALONE) SITE_URL=https://prep.example.org $(MANAGE) check --deploy --fail-level WARNING
	@$(ALONE) $(MANAGE) check_bank

lock: ## chooses the packages anew (needs uv)
	@command -v uv >/dev/null || { echo "lock: needs uv (pip install uv)." >&2; exit 1; }
	$(COMPILE) --upgrade --output-file requirements.txt
	$(COMPILE) --upgrade --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## removes what can be made again, never the database or .env
	rm -rf .venv staticfiles .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
