"""One catalogue answers as the catalogues of the applications did, one after the other."""

import pytest
from django.utils.translation import trans_real

from community.core.catalogs import OneCatalog


@pytest.fixture(scope="module")
def apart():
    """As Django makes them."""
    return trans_real.DjangoTranslation("fr")._catalog


@pytest.fixture(scope="module")
def joined(apart):
    return OneCatalog(apart)


def test_the_site_reads_one_catalogue():
    assert isinstance(trans_real.translation("fr")._catalog, OneCatalog)


def test_each_sentence_is_translated_as_before(apart, joined):
    keys = list(apart.keys())
    assert len(keys) > 1_000
    assert [joined.get(key) for key in keys] == [apart.get(key) for key in keys]
    assert joined.get("Une phrase de la maison") is None


def test_each_plural_is_the_one_of_its_catalogue(apart, joined):
    counted = sorted({key[0] for key, _words in apart.items() if isinstance(key, tuple)})
    assert len(counted) > 10
    for words in counted:
        assert [joined.plural(words, number) for number in (0, 1, 2)] == [
            apart.plural(words, number) for number in (0, 1, 2)
        ]
    with pytest.raises(KeyError):
        joined.plural("%(count)s phrase de la maison", 2)
