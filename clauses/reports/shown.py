"""What others see of a report: made here and nowhere else, for the page, its preview, the library, feeds, search and
notifications. An author who hides something is hidden everywhere at once.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from community.core.contents import DisplayedAuthor
from community.core.models import Attachment
from community.core.richtext import RENDERER_VERSION, render
from community.core.ui import NARROW_SPACE, day_words, number
from community.members.display import displayed, related_for_display
from community.members.models import Territory
from community.taxonomy.procurement import AmountBracket, Procedure

from .models import ExperienceReport
from .vocabularies import BALANCE, SHORT_SUBJECTS, TEXT_LABELS, TEXTS, Advice, Buyer, Naming, Outcome, Size, Subject

# What `select_related` must bring for `show_report` to cost no query.
RELATED = (*related_for_display("author"), "organisation", "territory__parent", "family__parent", "space")
TONES = {
    Outcome.AWARDED: ("success", "circle-check"),
    Outcome.NO_AWARD: ("danger", "circle-alert"),
    Outcome.ABANDONED: ("", "x"),
    Outcome.DISPUTED: ("warning", "scale"),
}
OUTCOMES, BUYERS, SIZES = dict(Outcome.choices), dict(Buyer.choices), dict(Size.choices)
BRACKETS, PROCEDURES, ADVICE = dict(AmountBracket.choices), dict(Procedure.choices), dict(Advice.choices)


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    label: str
    html: SafeString


@dataclass(frozen=True, kw_only=True)
class ShownReport:
    """`place` is the territory as it may be said; `facts` are (label, words), what was not said left out."""

    author: DisplayedAuthor
    buyer: str
    place: Territory | None
    amount: str
    launched: str
    status: dict[str, str]
    facts: list[tuple[str, str]]
    figures: list[tuple[str, str]]


def hides_somebody(report: ExperienceReport) -> bool:
    return report.naming != Naming.NAME or report.hides_organisation


def shown_author(report: ExperienceReport) -> DisplayedAuthor:
    author = displayed(report.author, report.naming)
    if report.naming == Naming.NAME and report.hides_organisation:
        # The profile says where one works.
        return replace(author, detail=buyer_words(report), url="")
    return author


def buyer_words(report: ExperienceReport) -> str:
    """The organisation by its name, or by its kind and its size."""
    if not report.hides_organisation and report.organisation_id:
        return report.organisation.name
    return _kind_words(report.buyer, report.size, get_language())


@lru_cache(maxsize=256)
def _kind_words(buyer: str, size: str, _language: str | None) -> str:
    return ", ".join(str(names[value]) for names, value in ((BUYERS, buyer), (SIZES, size)) if value)


def byline(report: ExperienceReport) -> str:
    """Who, in a list: the organisation as it is said, then that the person is not."""
    buyer = buyer_words(report)
    if not buyer:
        return shown_author(report).name
    return f"{buyer}, {_('membre anonyme')}" if report.naming != Naming.NAME else buyer


def shown_territory(report: ExperienceReport) -> Territory | None:
    """A département names a département council, and with a size a town: hidden, it is its région."""
    territory = report.territory
    if territory is not None and report.hides_organisation and territory.parent_id:
        return territory.parent
    return territory


def amount_words(report: ExperienceReport) -> str:
    if report.amount is None:
        return ""
    if report.rounds:
        return str(BRACKETS[report.bracket])
    return f"{number(report.amount)}{NARROW_SPACE}€ HT"


def launched_words(report: ExperienceReport) -> str:
    if report.launched_on and not report.rounds:
        return day_words(report.launched_on)
    return str(report.year or "")


def gap_words(tenths: int) -> str:
    """« +3,2 % »; a real minus sign."""
    sign = "+" if tenths > 0 else "\u2212" if tenths < 0 else ""
    whole, rest = divmod(abs(tenths), 10)
    return f"{sign}{whole}{f',{rest}' if rest else ''}{NARROW_SPACE}%"


def status_of(report: ExperienceReport) -> dict[str, str]:
    """What became of the contract; for what is no contract, what the report is about."""
    return _status_words(report.outcome, report.subject, get_language())


@lru_cache(maxsize=64)
def _status_words(outcome: str, subject: str, _language: str | None) -> dict[str, str]:
    if outcome:
        tone, icon = TONES[Outcome(outcome)]
        return {"label": str(OUTCOMES[outcome]), "tone": tone, "icon": icon}
    return {"label": str(SHORT_SUBJECTS[Subject(subject)]), "tone": "", "icon": "layers"}


def figures_of(report: ExperienceReport) -> list[tuple[str, str]]:
    words, found = _figure_words(get_language()), []
    if report.bids is not None:
        found.append((words["bids" if report.bids > 1 else "bid"], number(report.bids)))
    if report.weight is not None:
        found.append((words["weight"], f"{report.weight}{NARROW_SPACE}%"))
    if report.price_gap is not None:
        found.append((words["gap"], gap_words(report.price_gap)))
    return found


@lru_cache(maxsize=8)
def _figure_words(_language: str | None) -> dict[str, str]:
    """A list has sixty of them."""
    bid, bids = (ngettext("offre", "offres", count) for count in (1, 2))
    return {"bid": bid, "bids": bids, "weight": _("critère"), "gap": _("écart de prix")}


def show_report(report: ExperienceReport) -> ShownReport:
    place, buyer = shown_territory(report), buyer_words(report)
    amount, launched = amount_words(report), launched_words(report)
    rows = [
        (_("Organisation"), buyer),
        (_("Territoire"), place.name if place else ""),
        (_("Montant"), amount),
        (_("Procédure"), str(PROCEDURES[report.procedure]) if report.procedure else ""),
        (_("Consultation lancée") if report.subject == Subject.PURCHASE else _("Année"), launched),
        (_("Résultat"), str(OUTCOMES[report.outcome]) if report.outcome else ""),
        (_("À recommander"), str(ADVICE[report.advice]) if report.advice else ""),
    ]
    return ShownReport(
        author=shown_author(report),
        buyer=buyer,
        place=place,
        amount=amount,
        launched=launched,
        status=status_of(report),
        facts=[(label, words) for label, words in rows if words],
        figures=figures_of(report),
    )


def parts_of(report: ExperienceReport, names: tuple[str, ...] = TEXTS) -> list[Part]:
    """The texts of these parts, by the present renderer. Reading never writes: a stale one is rendered again."""
    fresh = report.renderer_version == RENDERER_VERSION
    found = []
    for name in names:
        if text := getattr(report, name):
            html = report.html.get(name, "") if fresh else render(text).html
            found.append(Part(name, str(TEXT_LABELS[name]), mark_safe(html)))  # noqa: S308  sanitised by the renderer
    return found


STORY = tuple(name for name in TEXTS if name not in BALANCE)


def file_names(report: ExperienceReport, files: list[Attachment]) -> list[str]:
    """The name that a file was given at home says who gave it."""
    if not hides_somebody(report):
        return [each.name for each in files]
    return [neutral_name(rank, each) for rank, each in enumerate(files, start=1)]


def neutral_name(rank: int, attachment: Attachment) -> str:
    extension = attachment.name.rpartition(".")[2]
    return f"piece-{rank}.{extension}"


def masked_lines(report: ExperienceReport, files: list[Attachment]) -> list[dict[str, Any]]:
    """What the choices of the author change, beside what would be shown without them."""
    # A copy in memory: every choice undone, the rest alike.
    plain = ExperienceReport(**{name.attname: getattr(report, name.attname) for name in report._meta.concrete_fields})
    for name in ("author", "organisation", "territory"):
        setattr(plain, name, getattr(report, name))
    plain.naming, plain.hides_organisation, plain.rounds = Naming.NAME, False, False
    hidden, told = show_report(report), show_report(plain)
    pairs = [
        (_("Nom"), hidden.author.name, told.author.name),
        (_("Organisation"), hidden.buyer, told.buyer),
        (_("Territoire"), hidden.place.name if hidden.place else "", told.place.name if told.place else ""),
        (_("Montant"), hidden.amount, told.amount),
        (_("Date"), hidden.launched, told.launched),
    ]
    pairs += [
        (_("Pièce jointe"), shown, each.name) for shown, each in zip(file_names(report, files), files, strict=True)
    ]
    return [
        {"label": label, "shown": shown or _("Rien"), "instead": other if other != shown else ""}
        for label, shown, other in pairs
        if shown or other
    ]
