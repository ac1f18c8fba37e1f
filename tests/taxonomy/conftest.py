import pytest
from django.core.management import call_command


@pytest.fixture
def reference(db):
    call_command("load_reference", verbosity=0)
