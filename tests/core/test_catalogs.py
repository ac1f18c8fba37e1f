"""One catalogue answers as the catalogues of the applications did, one after the other."""

import pytest
from django.template import Context, Template
from django.utils.translation import ngettext, npgettext, trans_real

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


@pytest.mark.parametrize(("count", "form"), [(0, "réponse"), (1, "réponse"), (1.5, "réponse"), (2, "réponses")])
def test_in_our_sentences_zero_is_singular(count, form):
    assert ngettext("%(count)s réponse", "%(count)s réponses", count) % {"count": count} == f"{count} {form}"
    assert npgettext("d’un échange", "réponse", "réponses", count) == form
    template = Template(
        "{% load i18n %}{% blocktranslate count count=count %}réponse{% plural %}réponses{% endblocktranslate %}"
    )
    assert template.render(Context({"count": count})) == form
