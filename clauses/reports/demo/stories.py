"""The stories of the demonstration: written in TOML, told through the actions, then dated back."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from clauses.library.demo.loading import source_key
from clauses.library.demo.reading import typeset
from clauses.library.models import Clause
from clauses.reports.actions import publish_experience
from clauses.reports.models import ExperienceReport, ReportUseful
from clauses.reports.story import Story
from clauses.reports.vocabularies import TEXTS
from community.core.demo import Demo
from community.core.events import ExperienceMarked, emit
from community.members.models import Territory
from community.taxonomy.models import PurchaseFamily, Theme

FILES = ("achats.toml", "manieres.toml")
PLAIN = (
    *("title", "summary", "subject", "text_kept", "buyer", "size", "procedure", "amount", "launched_on", "year"),
    *("bids", "weight", "outcome", "advice", "naming", "hides_organisation", "rounds"),
)


def read_stories() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in FILES:
        with (Path(__file__).parent / name).open("rb") as file:
            found += tomllib.load(file)["report"]
    return found


def load_stories(demo: Demo) -> None:
    for fields in read_stories():
        token = uuid5(NAMESPACE_URL, f"entraide:retour:{fields['key']}")
        author = demo.members[fields["by"]]
        if ExperienceReport.objects.filter(author=author, client_token=token).exists():
            continue
        report = publish_experience(actor=author, story=story_of(fields), client_token=token)
        told = [demo.members[name] for name in fields.get("useful", ())]
        ReportUseful.objects.bulk_create([ReportUseful(report=report, member=member) for member in told])
        moment = demo.now - timedelta(days=fields["days"])
        ExperienceReport.objects.filter(pk=report.pk).update(
            created_at=moment, published_at=moment, useful_count=len(told), version=report.version + 1
        )
        # Dated back and found useful: what is searched says so too.
        emit(ExperienceMarked(report_id=report.pk))
        demo.contents[f"experience:{fields['key']}"] = report
        demo.report.did("retours d’expérience")


def story_of(fields: dict[str, Any]) -> Story:
    words = typeset({name: fields[name] for name in ("title", "summary", *TEXTS) if name in fields})
    plain = {name: fields[name] for name in PLAIN if name in fields} | {
        name: words[name] for name in ("title", "summary") if name in words
    }
    keys = [source_key(key) for key in fields.get("clauses", ())]
    return Story(
        **plain,
        texts={name: words.get(name, "") for name in TEXTS},
        family=PurchaseFamily.objects.get(code=fields["family"]) if "family" in fields else None,
        themes=tuple(Theme.objects.filter(code__in=fields.get("themes", ()))),
        territory=Territory.objects.get(code=fields["territory"]),
        clauses=tuple(Clause.objects.filter(source_key__in=keys)),
        tags=tuple(fields.get("tags", ())),
        price_gap=round(fields["price_gap"] * 10) if "price_gap" in fields else None,
    )
