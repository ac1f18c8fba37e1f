"""On PostgreSQL each worker has a copy of one migrated database, made anew after a test that commits."""

import fcntl

from django.db import connection

from .migrated import ROOT, migrations_fingerprint

TEMPLATE = "test_entraide_template"


def template_name() -> str:
    return f"{TEMPLATE}_{migrations_fingerprint()}"


def clone_name() -> str:
    """As pytest-django has named it for this worker."""
    return connection.settings_dict["TEST"]["NAME"] or "test_entraide"


def use_clone() -> None:
    lock = ROOT / "var" / "test" / "postgresql.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        # One worker migrates; nobody may be connected to a database that is copied.
        fcntl.flock(held, fcntl.LOCK_EX)
        if not exists(template_name()):
            make_template()
        clone()


def exists(name: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def make_template() -> None:
    partial = f"{TEMPLATE}_partial"
    own, connection.settings_dict["TEST"]["NAME"] = connection.settings_dict["TEST"]["NAME"], partial
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.settings_dict["TEST"]["NAME"] = own
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {partial} RENAME TO {template_name()}")


def clone() -> None:
    """This worker's database, as the migrations leave it."""
    connection.close()
    drop_clone()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {clone_name()} TEMPLATE {template_name()}")
    connection.settings_dict["NAME"] = clone_name()


def drop_clone() -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {clone_name()} WITH (FORCE)")
