"""No address hides another."""

from django.urls import NoReverseMatch, get_resolver, resolve, reverse

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
