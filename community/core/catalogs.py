"""One catalogue of sentences per language, and the plurals of French.

Django keeps the catalogues of the applications apart for their plural forms, and looks in each of them, twice, for a
sentence that none translates: ours, as the source is in French. A page says two hundred of them.
"""

from gettext import NullTranslations

from django.conf import settings
from django.utils.translation import trans_real


class OneCatalog(trans_real.TranslationCatalog):
    """The same answers as `kept`, found at once; the form of a plural depends on the catalogue that it comes from."""

    def __init__(self, kept: trans_real.TranslationCatalog):
        self._catalogs, self._plurals = kept._catalogs, kept._plurals
        self._all: dict = {}
        for catalog in reversed(kept._catalogs):
            self._all.update(catalog)
        self._counted = {key[0] for key in self._all if isinstance(key, tuple)}

    def get(self, key, default=None):
        return self._all.get(key, default)

    def plural(self, msgid, num):
        if msgid not in self._counted:
            raise KeyError(msgid)
        return super().plural(msgid, num)


class FrenchSource(NullTranslations):
    """The plural of sentences that no catalogue has, as they are the French of the source: zero is singular there."""

    def ngettext(self, msgid1: str, msgid2: str, n: float) -> str:
        return msgid1 if abs(n) < 2 else msgid2


def join_catalogs() -> None:
    for language, _name in settings.LANGUAGES:
        translation = trans_real.translation(language)
        if not isinstance(translation._catalog, OneCatalog):
            translation._catalog = OneCatalog(translation._catalog)
            translation.add_fallback(FrenchSource())
