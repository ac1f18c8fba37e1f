"""The filters of the results page, and what the fields of a query mean."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clauses.library.vocabularies import ContractDocument
from community.taxonomy.models import PurchaseFamily

from . import documents
from .analysis import analyse, fold
from .documents import microseconds

FAMILIES_KEY = "search:families"
FAMILIES_SECONDS = 300
# As they are typed, accents left out.
STATES = {
    word: state
    for state, words in {
        "resolue": "resolue resolues resolu resolus",
        "ouverte": "ouverte ouvertes ouvert ouverts",
        "close": "close closes clos fermee fermees ferme fermes",
        "a-jour": "a-jour ajour",
    }.items()
    for word in words.split()
}
# What an answer does not say of its question.
STATES_OF_QUESTIONS = frozenset(["resolue", "ouverte", "close"])
TABS = {
    "questions": _("Questions"),
    "clauses": _("Clauses"),
    "recits": _("Récits"),
    "textes": _("Textes"),
    "membres": _("Membres"),
    "espaces": _("Espaces"),
    "actualites": _("Actualités"),
}
STATE_LABELS = {
    "resolue": _("Questions résolues"),
    "ouverte": _("Questions ouvertes"),
    "close": _("Échanges clos"),
    "a-jour": _("Clauses à jour"),
}
PIECE_LABELS = dict(ContractDocument.choices)
# Of an author, nothing is said: it would tell who is here and who is not.
UNKNOWN = {
    "family": _("Aucune famille d’achats ne s’appelle « %(value)s »."),
    "document": _("Aucune pièce du marché ne s’appelle « %(value)s »."),
    "state": _("Aucun statut ne s’appelle « %(value)s » : il y a résolue, ouverte, close et à-jour."),
}
PERIOD_LABELS = {"trois-mois": _("3 derniers mois"), "douze-mois": _("12 derniers mois")}
PERIODS = {"trois-mois": 91, "douze-mois": 365}


def families() -> list[dict]:
    """Every family, as plain values; they change when reference data is loaded."""
    rows = cache.get(FAMILIES_KEY)
    if rows is None:
        rows = list(
            PurchaseFamily.objects.order_by("position").values("pk", "code", "slug", "label", "parent_id", "swatch")
        )
        cache.set(FAMILIES_KEY, rows, FAMILIES_SECONDS)
    return rows


def family_ids(value: str) -> tuple[int, ...]:
    """The family of this code or slug; else those whose label has these words in any form, the last one unfinished if
    need be.
    """
    code = fold(value).replace(" ", "-")
    exact = [each["pk"] for each in families() if code in (fold(each["code"]), each["slug"])]
    wanted = analyse(value)
    if exact or not wanted.words:
        return tuple(exact)
    labels = {each["pk"]: analyse(each["label"]) for each in families()}
    named = [pk for pk, label in labels.items() if {*wanted.stems} <= {*label.stems}]
    *whole, last = wanted.words
    begun = [
        pk
        for pk, label in labels.items()
        if {*whole} <= {*label.words} and any(word.startswith(last) for word in label.words)
    ]
    return tuple(named or begun)


def pieces_of(value: str) -> tuple[str, ...]:
    """The document of the contract of this code, else those whose name has these words."""
    wanted = {*analyse(value).stems}
    if value in PIECE_LABELS or not wanted:
        return (value,)
    named = [piece for piece, label in PIECE_LABELS.items() if wanted <= {*analyse(str(label)).stems}]
    return tuple(named) or (value,)


def states_of(value: str) -> tuple[str, ...]:
    state = STATES.get(value.replace(" ", "-"))
    return (state,) if state else ()


def unknown_names(named: list[tuple[str, str]]) -> list[str]:
    """A sentence for each value of a field that names nothing."""
    return [
        UNKNOWN[name] % {"value": value} for name, value in dict.fromkeys(named) if not names_any(name, fold(value))
    ]


def names_any(name: str, value: str) -> bool:
    if name == "family":
        return bool(family_ids(value))
    return bool(states_of(value)) if name == "state" else not PIECE_LABELS.keys().isdisjoint(pieces_of(value))


def periods() -> dict[str, int]:
    """Since when each period goes, by the day: one page asks the same at any hour."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return {name: microseconds(today - timedelta(days=days)) for name, days in PERIODS.items()}


@dataclass
class Filters:
    """`space_ids` narrows to these places (none: everywhere); `exactly` wants no correction; `since` and `until`, in
    microseconds, bound when it was written.
    """

    tab: str = ""
    families: tuple[int, ...] = ()
    states: tuple[str, ...] = ()
    period: str = ""
    pieces: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    space_ids: tuple[int, ...] | None = None
    titles_only: bool = False
    exactly: bool = False
    since: int | None = None
    until: int | None = None
    periods: dict[str, int] = field(default_factory=periods)

    def chosen(self) -> dict[str, tuple]:
        kinds = tuple(kind.name for kind in documents.kinds() if kind.tab == self.tab) if self.tab else ()
        period = (self.period,) if self.period in self.periods else ()
        every = {
            "type": kinds,
            "famille": self.families,
            "etat": self.states,
            "periode": period,
            "piece": self.pieces,
            "objectif": self.objectives,
            "motcle": self.tags,
        }
        return {name: values for name, values in every.items() if values}

    @staticmethod
    def understand(name: str, values: list[str]) -> tuple[str, tuple] | None:
        """A field of the query as a filter; none when nothing can meet it."""
        if name == "family":
            found = tuple(pk for value in values for pk in family_ids(value))
            return ("famille", found) if found else None
        if name == "state":
            states = tuple(state for value in values for state in states_of(value))
            return ("etat", states) if states else None
        return "piece", tuple(piece for value in values for piece in pieces_of(value))

    @classmethod
    def leave_out(cls, fields: dict[str, list[str]]) -> dict[str, tuple]:
        """The fields after a minus, as values that no result has; one that names nothing leaves nothing out."""
        understood = filter(None, (cls.understand(name, values) for name, values in fields.items()))
        left_out = dict(understood)
        if not STATES_OF_QUESTIONS.isdisjoint(left_out.get("etat", ())):
            # Its answers would bring a question back.
            left_out["type"] = ("answer",)
        return left_out
