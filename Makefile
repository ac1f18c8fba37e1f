.PHONY: run test lint fix bench frontend reset

# A compiled module is read five times faster than its source: the second start counts on it.
unexport PYTHONDONTWRITEBYTECODE
export PYTHON

run:
	@bin/install base
	@exec .venv/bin/python manage.py serve

test:
	@bin/install dev
	@bin/test

lint:
	@bin/install dev
	@bin/lint

fix:
	@bin/install dev
	@bin/fix

bench:
	@bin/install dev
	@.venv/bin/python -m bench

frontend:
	cd frontend && npm ci && npm run build

# Only the data of this folder: the base, mails, files and collected statics.
reset:
	rm -rf var
