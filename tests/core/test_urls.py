"""No address hides another."""

import pytest
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

from community.core.addresses import titled_address

# The same view under two names, or a page that is Wagtail's own.
NAMES = sorted({name for name in get_resolver().reverse_dict if isinstance(name, str)})


def plain_address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def test_an_address_leads_to_the_view_that_bears_its_name():
    addresses = {name: plain_address(name) for name in NAMES}
    hidden = {name: url for name, url in addresses.items() if url and resolve(url).url_name != name}
    assert len(addresses) > 100
    assert hidden == {}


@pytest.mark.parametrize("page", ["question_detail", "clause_detail", "experience_detail"])
def test_a_title_hides_no_act_and_no_act_hides_a_title(page):
    """Each word that follows a number in some address is tried as a title."""
    words = {word for name in get_resolver().reverse_dict if isinstance(name, str) for word in acts_of(name)}
    assert {"modifier", "historique", "copie"} <= words
    taken = [word for word in words if resolve(titled_address(page, 7, word)).url_name != page]
    assert taken == []
    assert titled_address(page, 7, "un-titre").endswith("/7/un-titre/")


def acts_of(name: str) -> list[str]:
    """The words after the numbers of an address: « modifier » of `questions/<pk>/modifier/`."""
    forms = [form for form, _arguments in get_resolver().reverse_dict.getlist(name)[0][0]]
    return [word for form in forms for word in form.partition("%(")[2].split("/")[1:] if word and "%" not in word]
