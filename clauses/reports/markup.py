"""The cards of the library of reports, written whole; what members typed is escaped here."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from clauses.library.markup import status
from community.core.ui import typography


def cards(rows: list[dict], heading: str = "h3") -> SafeString:
    """`rows` of `rows.card`, as items of a `<ul class="report-list plain">`."""
    return mark_safe("".join(_card(row, heading) for row in rows))


def _card(row: dict, heading: str) -> str:
    tone = f' data-tone="{row["status"]["tone"]}"' if row["status"]["tone"] else ""
    family = row["family"]
    name = (
        f'<span class="family" data-family="{escape(family["slug"])}">{escape(family["label"])}</span>'
        if family
        else ""
    )
    figures = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in row["figures"])
    foot = f'<dl class="report-facts">{figures}</dl>' if figures else ""
    signed = " · ".join(filter(None, (row["byline"], row["month"], row["space"])))
    return (
        f'<li><article class="report-card"{tone}><p class="cluster">{status(row["status"])}{name}</p>'
        f'<{heading}><a href="{escape(row["url"])}">{escape(row["title"])}</a></{heading}>'
        f'<p class="meta clamp">{escape(typography(row["summary"]))}</p>'
        f'<p class="fine">{escape(signed)}</p>'
        f"{foot}</article></li>\n"
    )
