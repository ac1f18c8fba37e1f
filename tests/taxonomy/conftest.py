import pytest
from django.core.management import call_command


@pytest.fixture(scope="module")
def reference_loaded(written_once):
    call_command("load_reference", verbosity=0)


@pytest.fixture
def reference(reference_loaded, db):
    """The families, codes and territories shipped with the product."""
