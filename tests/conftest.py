"""One migrated SQLite file is the template of every worker's database: the migrations run once a state of the code."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

ROOT = Path(__file__).resolve().parent.parent


def migrations_fingerprint() -> str:
    import django
    import wagtail

    digest = hashlib.sha256(f"{django.VERSION}{wagtail.VERSION}".encode())
    for path in sorted([*ROOT.glob("community/*/migrations/*.py"), *ROOT.glob("qa/migrations/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    from django.test.utils import setup_databases, teardown_databases

    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        with django_db_blocker.unblock():
            created = setup_databases(verbosity=0, interactive=False)
        yield
        with django_db_blocker.unblock():
            teardown_databases(created, verbosity=0)
        return
    with django_db_blocker.unblock():
        use_copy_of_template()
    yield


def use_copy_of_template() -> None:
    from django.core.management import call_command
    from django.db import connection

    template = ROOT / "var" / "test" / f"template-{migrations_fingerprint()}.sqlite3"
    template.parent.mkdir(parents=True, exist_ok=True)
    own = Path(settings.VAR_DIR) / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3"
    own.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    for name in (connection.settings_dict, settings.DATABASES["default"]):
        name["NAME"] = str(own)
    if not template.exists():
        call_command("migrate", verbosity=0, interactive=False)
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        partial = template.with_suffix(f".{os.getpid()}")
        shutil.copy(own, partial)
        partial.rename(template)
    else:
        shutil.copy(template, own)


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits and cached pages of one test are not the next one's."""
    cache.clear()
    yield
    cache.clear()
