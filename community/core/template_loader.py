import re

from django.conf import settings
from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader
from django.utils.translation import gettext, override

_INDENTATION = re.compile(r"\n[ \t]+")
_SENTENCE = re.compile(r'\{% translate "([^"\\]*)" %\}')


class Loader(FilesystemLoader):
    """Pages without their templates' indentation, a few kilobytes each. Lines keep their number, mails their layout.

    Where the site speaks one language, sentences without variables are said once, when the template is read: saying
    them again was a twentieth of each page.
    """

    def get_contents(self, origin: Origin) -> str:
        source = super().get_contents(origin)
        if len(settings.LANGUAGES) == 1:
            with override(settings.LANGUAGE_CODE):
                source = _SENTENCE.sub(_said, source)
        if not origin.name.endswith(".html") or "/emails/" in origin.name:
            return source
        return _INDENTATION.sub("\n", source)


def _said(tag: re.Match) -> str:
    # As Django's tag does: signs of percentage are doubled in the catalogue.
    sentence = gettext(tag[1].replace("%", "%%")).replace("%%", "%")
    return tag[0] if any(sign in sentence for sign in ("{{", "{%", "{#")) else sentence
