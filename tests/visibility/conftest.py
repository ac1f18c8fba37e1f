"""The world is built once a module, in a transaction of its own around those of the tests."""

import pytest
from django.db import transaction
from django.test import Client, override_settings

from .world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    uploads = override_settings(UPLOADS_ROOT=tmp_path_factory.mktemp("uploads"))
    with django_db_blocker.unblock(), uploads, transaction.atomic():
        yield build()
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
