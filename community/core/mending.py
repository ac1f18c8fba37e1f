"""Words of a content that are replaced for a reason told to its readers, by the action of its own room."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import Refused

Key = tuple[str, int]


def digest_of(texts: Iterable[str]) -> str:
    return hashlib.blake2b("\x00".join(texts).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Mending:
    """`words` gives a text with the replacement made; `keys` says what stands in the place of what the content names
    by a field of its own. `reason` is shown in its history. `seen` is the digest of the texts that whoever asks read.
    """

    words: Callable[[str], str]
    keys: Mapping[Key, Key]
    reason: str
    seen: str

    def require_unchanged(self, texts: Iterable[str]) -> None:
        if digest_of(texts) != self.seen:
            raise Refused(_("Ce texte a changé depuis que vous l’avez ouvert : rechargez la page, puis recommencez."))


def nothing_to_mend() -> Refused:
    return Refused(
        _("Aucune citation ne peut être remplacée telle quelle ici : ouvrez le texte et corrigez-le à la main.")
    )
