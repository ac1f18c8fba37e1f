"""What an author writes in the form of a report, and the report it makes: nothing here is saved."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clauses.library.models import Clause
from community.core.richtext import RENDERER_VERSION, Rendered, excerpt, normalise_text, render, set_mention_names
from community.core.slugs import slug_of
from community.core.ui import typography
from community.members.models import Territory
from community.taxonomy.models import PurchaseFamily, Theme

from .models import ExperienceReport
from .vocabularies import MAX_SUMMARY, TEXTS, Naming, Subject

COLUMNS = (
    *("subject", "family", "territory", "text_kept", "buyer", "size", "procedure", "amount", "launched_on", "bids"),
    *("weight", "price_gap", "outcome", "advice", "naming", "hides_organisation", "rounds"),
)


@dataclass(frozen=True, kw_only=True)
class Story:
    """Everything may be left unsaid in a draft. `files` are the tokens of the uploads it keeps, in their order."""

    title: str = ""
    summary: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    subject: str = Subject.PURCHASE
    family: PurchaseFamily | None = None
    themes: tuple[Theme, ...] = ()
    territory: Territory | None = None
    tags: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    text_kept: str = ""
    buyer: str = ""
    size: str = ""
    procedure: str = ""
    amount: int | None = None
    launched_on: date | None = None
    year: int | None = None
    bids: int | None = None
    weight: int | None = None
    price_gap: int | None = None
    outcome: str = ""
    advice: str = ""
    naming: str = Naming.NAME
    hides_organisation: bool = False
    rounds: bool = False
    files: tuple[str, ...] = ()


def one_line(text: str) -> str:
    return " ".join(normalise_text(text).split())


def put(report: ExperienceReport, story: Story) -> list[Rendered]:
    """Writes the story on the row, unsaved; what its texts point at is returned."""
    for name in COLUMNS:
        setattr(report, name, getattr(story, name))
    if report.subject != Subject.PURCHASE:
        # What a contract alone has, whatever was typed before the subject was changed.
        report.outcome = report.procedure = report.text_kept = ""
        report.amount = report.launched_on = report.bids = report.weight = report.price_gap = None
    report.year = report.launched_on.year if report.launched_on else story.year
    report.title = one_line(story.title)
    report.slug = slug_of(report.title)
    rendered = {}
    for name in TEXTS:
        # Nobody is told of a report by a mention: the words stay, the link goes.
        text = normalise_text(set_mention_names(story.texts.get(name, ""), {})).strip()
        setattr(report, name, text)
        if text:
            rendered[name] = render(text)
    report.html = {name: each.html for name, each in rendered.items()}
    report.renderer_version = RENDERER_VERSION
    report.summary = one_line(story.summary) or _first_words(rendered)
    report.plain_text = "\n\n".join([report.summary, *(each.text for each in rendered.values())])
    return list(rendered.values())


def rendered_again(report: ExperienceReport) -> dict[str, Any]:
    put(report, story_of_row(report))
    return {"html": report.html, "plain_text": report.plain_text}


def _first_words(rendered: dict[str, Rendered]) -> str:
    text = next((rendered[name].text for name in ("need", "context", "lever", "worked") if name in rendered), "")
    return excerpt(text, MAX_SUMMARY)


def texts_of(report: ExperienceReport) -> dict[str, str]:
    return {name: getattr(report, name) for name in TEXTS}


def story_of_row(report: ExperienceReport) -> Story:
    """What the row alone says: themes, clauses, words and files stand beside it."""
    values: dict[str, Any] = {name: getattr(report, name) for name in COLUMNS}
    return Story(**values, title=report.title, summary=report.summary, texts=texts_of(report), year=report.year)


def revision_text(report: ExperienceReport) -> str:
    """What the history keeps: the words of the story, no figure, no name."""
    return "\n\n".join(filter(None, (report.title, report.summary, *texts_of(report).values())))


def shown_title(report: ExperienceReport) -> str:
    return typography(str(report))
