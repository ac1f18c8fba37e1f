"""The texts of a dossier, written whole: a page has forty of them, each with its state, its opinions and its acts.

Prints `views.rows.item_row`; what members and reviewers typed is escaped here, the text is the renderer's.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.core.clock import Clock
from community.core.templatetags.ui import icon

QUIET = 'class="button" data-variant="quiet" data-size="small" data-shape="icon" form="actes"'
NEW_LINE = "\n"
MOVES = (("up", "chevron-up"), ("down", "chevron-down"), ("remove", "trash-2"))


@lru_cache(maxsize=8)
def _words(_language: str | None) -> SimpleNamespace:
    return SimpleNamespace(
        complete=escape(_("Complète")),
        edit=escape(_("Modifier")),
        lot=escape(_("lot")),
        colon=escape(_(" : ")),
        accepted=escape(_("Acceptée par %(who)s,")),
        parution=escape(_("La version %(number)d est parue.")),
        kept=escape(_("Ce dossier garde la version %(taken)d tant que vous ne changez rien.")),
        change=escape(_("Voir ce qui change")),
        see=escape(_("Comparer, puis prendre cette version ou garder la vôtre")),
        review=escape(_("Relecture")),
        proposal=escape(_("Voir la proposition, répondre ou écarter")),
        answer=escape(_("Répondre ou écarter")),
        reply=escape(_("Réponse de l’équipe :")),
        former=escape(_("Avis donné sur une version précédente de cet article.")),
        closed=escape(_("La personne qui l’a ajoutée la lit ici ; demandez à rejoindre l’espace pour la lire aussi.")),
        up=escape(_("Monter :")),
        down=escape(_("Descendre :")),
        remove=escape(_("Retirer :")),
    )


class DossierMarkup:
    def __init__(self):
        self.words = _words(get_language())
        clock = Clock()
        self.moment, self.day = clock.moment, clock.day

    def items(self, rows: list[dict[str, Any]]) -> SafeString:
        return mark_safe("".join(self.item(row) for row in rows))

    def item(self, row: dict[str, Any]) -> str:
        title = escape(row["title"])
        linked = f'<a href="{escape(row["url"])}">{title}</a>' if row.get("url") else title
        return (
            f'<li class="entry folder-item" data-inset id="{row["anchor"]}">'
            f'<span class="folder-number">{escape(row["number"])}</span>'
            f'<div class="stack stack-tight"><h3>{linked}</h3>{self._body(row, title)}</div>'
            f"{self._acts(row, title)}</li>\n"
        )

    def _body(self, row: dict[str, Any], title: str) -> str:
        if not row["is_legible"]:
            return f'<p class="meta">{icon("lock")} {self.words.closed}</p>'
        notes = row["notes"]
        return (
            f'<div class="folder-text">{row["html"]}</div>'
            f'<p class="cluster cluster-wide">{self._state(row)}{self._facts(row)}{self._edit(row, title)}</p>'
            f"{''.join(self._accepted(remark) for remark in row['accepted'])}"
            f"{self._newer(row['newer'], title) if row['newer'] else ''}"
            f"{self._opinions(row, title) if row['opinions'] else ''}"
            + (
                f'<p class="fine" data-print="none">{icon("lock")} {escape(notes).replace(NEW_LINE, "<br>")}</p>'
                if notes
                else ""
            )
        )

    def _state(self, row: dict[str, Any]) -> str:
        if row["missing"]:
            return f'<span class="status" data-tone="warning">{icon("pencil")}{escape(row["missing_words"])}</span>'
        return f'<span class="status" data-tone="success">{icon("check")}{self.words.complete}</span>'

    def _facts(self, row: dict[str, Any]) -> str:
        facts = [escape(row["identity"])]
        if row["lot"]:
            facts.append(f"{self.words.lot} {escape(row['lot'])}")
        if row["weight"]:
            facts.append(f"{row['weight']}\u202f%")
        return f'<span class="fine">{" · ".join(facts)}</span>'

    def _edit(self, row: dict[str, Any], title: str) -> str:
        if "acts" not in row:
            return ""
        about = f'<span class="visually-hidden">{self.words.colon}{title}</span>'
        return f'<a class="fine" href="{row["acts"]["edit"]}">{self.words.edit}{about}</a>'

    def _accepted(self, remark: dict[str, Any]) -> str:
        said = self.words.accepted % {"who": escape(remark["who"])}
        former = f" · {self.words.former}" if remark["moved"] else ""
        return f'<p class="fine">{icon("user-check")} {said} {self.day(remark["moment"], "plain")}{former}</p>'

    def _newer(self, newer: dict[str, Any], title: str) -> str:
        words = self.words
        about = f'<span class="visually-hidden">{words.colon}{title}</span>'
        return (
            f'<div class="notice" data-tone="warning" data-print="none">{icon("history")}'
            f'<div class="stack stack-tight"><p><strong>{words.parution % newer}</strong> {words.kept % newer}</p>'
            f'<details class="disclosure needs-script"><summary>{words.change}{about}</summary>'
            f'<div hx-get="{newer["url"]}" hx-trigger="toggle from:closest details once" hx-target="this"></div>'
            f"</details>"
            f'<p><a href="{newer["url"]}">{words.see}{about}</a></p></div></div>'
        )

    def _opinions(self, row: dict[str, Any], title: str) -> str:
        found = "".join(self._opinion(remark, title, may_act="acts" in row) for remark in row["opinions"])
        label = f"{self.words.review}{self.words.colon}{title}"
        return f'<ul class="comments ruled" data-print="none" aria-label="{label}">{found}</ul>'

    def _opinion(self, remark: dict[str, Any], title: str, *, may_act: bool) -> str:
        words = self.words
        tone = f' data-tone="{remark["tone"]}"' if remark["tone"] else ""
        handling = f'<span class="fine">· {escape(remark["handling"])}</span>' if remark["handling"] else ""
        found = (
            f'<li><p class="cluster"><span class="status"{tone}>{icon(remark["icon"])}{escape(remark["words"])}</span>'
            f'<span class="fine">{escape(remark["who"])}, {self.moment(remark["moment"], "short")}</span>{handling}</p>'
        )
        if remark["moved"]:
            found += f'<p class="fine">{words.former}</p>'
        if remark["text"]:
            found += lines(remark["text"])
        if remark["reply"]:
            found += f'<p class="meta">{words.reply}</p>{lines(remark["reply"])}'
        if may_act:
            act = words.proposal if remark["has_proposal"] else words.answer
            about = f'<span class="visually-hidden">{words.colon}{title}</span>'
            found += f'<p><a href="{remark["url"]}">{act}{about}</a></p>'
        return f"{found}</li>"

    def _acts(self, row: dict[str, Any], title: str) -> str:
        if "acts" not in row:
            return ""
        buttons = "".join(
            f'<button {QUIET} formaction="{row["acts"][name]}" aria-label="{getattr(self.words, name)} {title}">'
            f"{icon(symbol)}</button>"
            for name, symbol in MOVES
        )
        return f'<div class="entry-action cluster" data-print="none">{buttons}</div>'


def lines(text: str) -> str:
    return linebreaks(text, autoescape=True)
