"""The world is built once a process, in a transaction around those of the tests: these files follow each other."""

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

from .world import build


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    uploads = override_settings(UPLOADS_ROOT=tmp_path_factory.mktemp("uploads"))
    with django_db_blocker.unblock(), uploads, transaction.atomic():
        world = build()
        # PostgreSQL would check the keys of all this again after each test.
        connection.check_constraints()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def look(world, db):
    """`look(actor)` is a browser signed in as that actor of the table."""

    def sign_in(name: str) -> Client:
        client = Client()
        actor = world.actors[name]
        if actor.is_authenticated:
            client.force_login(actor)
        return client

    return sign_in
