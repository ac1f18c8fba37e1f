"""Written straight in the tables: nobody is mailed nor notified of what was invented."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from clauses.dossiers.content import described_again, render_item, slot_of, take, version_content
from clauses.dossiers.models import (
    CompanyMet,
    Dossier,
    DossierItem,
    DossierMember,
    DossierNote,
    DossierVariable,
    Lot,
    ReviewLink,
    ReviewRemark,
    SourcingSheet,
)
from clauses.dossiers.tokens import review_token, token_hash
from clauses.library.demo.loading import source_key
from clauses.library.models import Clause
from community.core.demo import Demo
from community.core.ui import typography
from community.members.models import Territory
from community.taxonomy.models import CpvCode, PurchaseFamily

FILE = Path(__file__).parent / "dossiers.toml"
PLAIN = ("nature", "procedure", "duration_months", "amount")


def load_dossiers(demo: Demo) -> None:
    with FILE.open("rb") as file:
        invented = tomllib.load(file)["dossier"]
    for fields in invented:
        if fields["by"] in demo.members:
            Loading(demo, fields).load()


class Loading:
    """One dossier, left as it is when it is there already."""

    def __init__(self, demo: Demo, fields: dict[str, Any]):
        self.demo, self.fields = demo, fields
        self.owner = demo.members[fields["by"]]
        self.items: dict[str, DossierItem] = {}

    def load(self) -> None:
        token = uuid5(NAMESPACE_URL, f"entraide-demo/dossier/{self.fields['key']}")
        self.dossier, new = Dossier.objects.get_or_create(
            owner=self.owner, client_token=token, defaults=self.description()
        )
        self.demo.contents[f"dossier:{self.fields['key']}"] = self.dossier
        if not new:
            return
        self.lots = [
            Lot.objects.create(dossier=self.dossier, number=number, title=typography(title))
            for number, title in enumerate(self.fields.get("lots", ()), start=1)
        ]
        self.load_texts()
        self.load_values()
        self.load_people()
        self.load_sourcing()
        for review in self.fields.get("review", ()):
            self.load_review(review)
        self.demo.report.did("dossiers")

    def description(self) -> dict[str, Any]:
        fields, today = self.fields, self.demo.now.date()
        found = {name: fields[name] for name in PLAIN if name in fields}
        for name, field in (("launch_on", "launch_in"), ("notified_on", "notified_in")):
            if field in fields:
                found[name] = today + timedelta(days=fields[field])
        return found | {
            "title": typography(fields["title"]),
            "need": typography(fields["need"]),
            "family": PurchaseFamily.objects.filter(code=fields["family"]).first(),
            "cpv": CpvCode.objects.filter(code=fields.get("cpv", "")).first(),
            "territory": Territory.objects.filter(code=fields["territory"]).first(),
            "edited_by": self.owner,
        }

    def load_texts(self) -> None:
        place = 0
        for entry in self.fields.get("clauses", ()):
            place += 1
            wanted = entry if isinstance(entry, dict) else {"key": entry}
            self.items[wanted["key"]] = self.taken(wanted, place)
        for article in self.fields.get("article", ()):
            place += 1
            self.items[article["title"]] = self.written(article, place)

    def taken(self, wanted: dict[str, Any], place: int) -> DossierItem:
        clause = Clause.objects.get(source_key=source_key(wanted["key"]))
        number = wanted.get("version", clause.version)
        content = version_content(clause, number)
        if content is None:
            raise ValueError(f"demonstration dossiers take what is not published: {wanted['key']} v{number}")
        text = take(content)
        item = DossierItem(
            dossier=self.dossier,
            clause=clause,
            taken_version=number,
            wording_key=text.wording_key,
            kind=text.kind,
            pillar=text.pillar,
            title=text.title,
            text=text.text,
            variables=text.variables,
            document=text.document,
            position=place,
            lot=self.lots[wanted["lot"] - 1] if "lot" in wanted else None,
            notes=typography(wanted.get("notes", "")),
            added_by=self.owner,
            edited_by=self.owner,
        )
        render_item(item, bases=text.bases)
        item.save()
        return item

    def written(self, article: dict[str, Any], place: int) -> DossierItem:
        text = typography(article["text"])
        item = DossierItem(
            dossier=self.dossier,
            document=article["document"],
            title=typography(article["title"]),
            text=text,
            variables=described_again(text, []),
            kind=article.get("kind", ""),
            pillar=article.get("pillar", ""),
            weight=article.get("weight"),
            position=place,
            added_by=self.owner,
            edited_by=self.owner,
        )
        render_item(item, bases=[])
        item.save()
        return item

    def load_values(self) -> None:
        said, empty = self.fields.get("values", {}), set(self.fields.get("empty", ()))
        rows: dict[tuple, DossierVariable] = {}
        for item in self.items.values():
            for row in item.variables:
                key, label, own = slot_of(item, row)
                value = typography(said.get(key, row["default"]))
                if value and key not in empty:
                    rows[key, label, own] = DossierVariable(
                        dossier=self.dossier,
                        item=item if own else None,
                        key=key,
                        label=label,
                        value=value,
                        edited_by=self.owner,
                    )
        DossierVariable.objects.bulk_create(rows.values())

    def load_people(self) -> None:
        for name, role in self.fields.get("people", ()):
            DossierMember.objects.create(dossier=self.dossier, member=self.demo.members[name], role=role)
        for fields in self.fields.get("note", ()):
            author = self.demo.members[fields["by"]]
            note = DossierNote.objects.create(dossier=self.dossier, author=author, text=typography(fields["text"]))
            DossierNote.objects.filter(pk=note.pk).update(created_at=self.ago(fields["days"]))

    def load_sourcing(self) -> None:
        sheet = self.fields.get("sourcing")
        if not sheet:
            return
        texts = {name: typography(sheet.get(name, "").strip()) for name in ("questions", "findings")}
        SourcingSheet.objects.create(dossier=self.dossier, links=sheet.get("links", ""), edited_by=self.owner, **texts)
        for name, days, contact, notes in sheet.get("companies", ()):
            CompanyMet.objects.create(
                dossier=self.dossier,
                name=typography(name),
                met_on=self.ago(days).date(),
                contact=contact,
                notes=typography(notes),
                edited_by=self.owner,
            )

    def load_review(self, fields: dict[str, Any]) -> None:
        link = ReviewLink(
            dossier=self.dossier,
            email=fields["email"],
            name=fields["name"],
            role=fields["role"],
            documents=fields.get("documents", []),
            message=typography(fields.get("message", "")),
            invited_by=self.owner,
            sent_at=self.ago(fields["sent_days"]),
            expires_at=self.ago(-fields["until_in"]),
        )
        if "conclusion" in fields:
            link.conclusion, words, days = fields["conclusion"]
            link.conclusion_text, link.concluded_at = typography(words), self.ago(days)
        link.token_hash = token_hash(review_token(link))
        link.save()
        for key, decision, text, proposal, days in fields.get("remarks", ()):
            item = self.items[key]
            remark = ReviewRemark.objects.create(
                link=link,
                item=item,
                item_version=item.version,
                title=item.title,
                decision=decision,
                text=typography(text),
                proposal=proposal,
            )
            ReviewRemark.objects.filter(pk=remark.pk).update(created_at=self.ago(days))

    def ago(self, days: int) -> datetime:
        return self.demo.now - timedelta(days=days)
