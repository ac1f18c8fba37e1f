"""What, in a text whose author hides something, still tells who she is: her name, that of her organisation, her
département. It points, as `core.guard` does; people decide.
"""

import re
from collections.abc import Iterator

from community.taxonomy.text import fold

from .vocabularies import Naming

MIN_WORD = 4
MAX_FOUND = 12
# Words of the names of organisations that name none of them.
GENERIC = frozenset(
    [
        "agglomeration",
        "association",
        "bailleur",
        "caisse",
        "centre",
        "collectivite",
        "collectivites",
        "commune",
        "communes",
        "communaute",
        "conseil",
        "departement",
        "departemental",
        "departementale",
        "departements",
        "direction",
        "ecole",
        "etablissement",
        "etat",
        "france",
        "general",
        "groupement",
        "habitat",
        "haute",
        "hopital",
        "hopitaux",
        "hospitalier",
        "hospitaliere",
        "institut",
        "intercommunal",
        "intercommunale",
        "lycee",
        "mairie",
        "metropole",
        "ministere",
        "mixte",
        "national",
        "nationale",
        "office",
        "pays",
        "prefecture",
        "public",
        "publique",
        "publics",
        "publiques",
        "regie",
        "region",
        "regional",
        "regionale",
        "rectorat",
        "saint",
        "sainte",
        "sante",
        "secretariat",
        "service",
        "services",
        "social",
        "sociale",
        "syndicat",
        "territorial",
        "territoriale",
        "territoires",
        "universitaire",
        "universite",
        "urbaine",
        "val",
        "vallee",
        "ville",
        "villes",
        "achat",
        "achats",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def telling_words(member, *, naming: str, hides_organisation: bool, organisation, territory) -> set[str]:
    """The folded words that would tell what is hidden."""
    told = ""
    if naming != Naming.NAME:
        told += f" {member.first_name} {member.last_name}"
    if hides_organisation:
        told += f" {organisation.name if organisation else ''}"
        if territory is not None and territory.parent_id:
            told += f" {territory.name}"
    parts = re.findall(r"[^\W\d_]+", fold(told))
    return {part for part in parts if len(part) >= MIN_WORD and part not in GENERIC}


def traces(text: str, words: set[str]) -> Iterator[str]:
    """The words of the text, as they are written, that hold one of these; each once."""
    seen: set[str] = set()
    for found in _WORD.finditer(text) if words else ():
        if found[0] in seen:
            continue
        # A name has a capital, « d’Ormel » too: « rivière » in a text is not « Rivière » of an organisation.
        if any(part[0].isupper() and fold(part) in words for part in re.findall(r"[^\W\d_]+", found[0])):
            seen.add(found[0])
            yield found[0]
            if len(seen) >= MAX_FOUND:
                return
