"""One catalogue of sentences per language.

Django keeps the catalogues of the applications apart for their plural forms, and looks in each of them, twice, for a
sentence that none translates: ours, as the source is in French. A page says two hundred of them.
"""

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


def join_catalogs() -> None:
    for language, _name in settings.LANGUAGES:
        translation = trans_real.translation(language)
        if not isinstance(translation._catalog, OneCatalog):
            translation._catalog = OneCatalog(translation._catalog)
