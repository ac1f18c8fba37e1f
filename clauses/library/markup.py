"""The cards and the filters of the library, written whole: a page has two dozen of the former, a hundred of the latter.

A card prints `row` of selectors.rows; what members typed is escaped here.
"""

import re
from functools import lru_cache
from html import escape
from types import SimpleNamespace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from community.core import ui
from community.core.templatetags.ui import icon

BARS = (
    '<svg viewBox="0 0 24 12" aria-hidden="true"><rect x="1" y="8.5" width="4" height="2.5"/>'
    '<rect x="7" y="6" width="4" height="5"/><rect x="13" y="3.5" width="4" height="7.5"/>'
    '<rect x="19" y="1" width="4" height="10"/></svg>'
)
# A variable as `content.fill` names it; dots between brackets are a cut, not a variable.
_NAMED = re.compile(r"\[([^\[\]\n]*[^\W_][^\[\]\n]*)\]")


@lru_cache(maxsize=8)
def _words(_language: str | None) -> SimpleNamespace:
    return SimpleNamespace(
        ambition=escape(_("Ambition : ")),
        compare=escape(_("Comparer")),
        colon=escape(_(" : ")),
        narrow=_("Préciser"),
        sample=escape(_("Exemple à faire valider")),
    )


def ambition(level: int, label: str, *, prefix: str = "") -> str:
    return f'<span class="ambition" data-level="{level}">{BARS}{prefix}{escape(label)}</span>'


def status(state: dict) -> str:
    tone = f' data-tone="{state["tone"]}"' if state["tone"] else ""
    return f'<span class="status"{tone}>{icon(state["icon"])}{escape(state["label"])}</span>'


def with_variables(text: str) -> SafeString:
    """A plain text whose variables are named between brackets, as the kit marks them."""
    return mark_variables_in(escape(text))


def mark_variables_in(escaped: str) -> SafeString:
    """The same of a text that is escaped already, where words may be marked."""
    return mark_safe(_NAMED.sub(r'<mark class="variable">[\1]</mark>', escaped))


class CardMarkup:
    """`heading` is the level of the titles; `compare` holds the keys chosen, or None without the choice."""

    def __init__(self, *, heading: str = "h3", compare: frozenset[int] | None = None):
        self.words, self.heading, self.compare = _words(get_language()), heading, compare

    def cards(self, rows: list[dict]) -> SafeString:
        return mark_safe("".join(self.card(row) for row in rows))

    def card(self, row: dict) -> str:
        family = f' data-family="{escape(row["family"]["slug"])}"' if row["family"] else ""
        tag = self.heading
        title = f'<{tag}><a href="{escape(row["url"])}">{escape(row["title"])}</a></{tag}>'
        return (
            f'<li class="clause-card"{family}><p class="folder-tab">{escape(row.get("tab", row["document"]))}</p>'
            f'<article class="clause-card-body">{title}'
            f'<p class="cluster cluster-wide">{self._labels(row)}</p>'
            f'<p class="meta clamp">{with_variables(row["excerpt"])}</p>'
            f'<div class="clause-card-foot">{self._foot(row)}</div></article></li>\n'
        )

    def _labels(self, row: dict) -> str:
        family = row["family"]
        name = (
            f'<span class="family" data-family="{escape(family["slug"])}">{escape(family["label"])}</span>'
            if family
            else ""
        )
        return name + ambition(row["ambition"], row["ambition_label"], prefix=self.words.ambition)

    def _foot(self, row: dict) -> str:
        found = [status(row["status"])]
        if row["is_sample"]:
            found.append(f'<span class="status" data-tone="info">{self.words.sample}</span>')
        found += [f"<span>{escape(row[name])}</span>" for name in ("uses", "version", "space") if row[name]]
        if self.compare is not None:
            checked = " checked" if row["pk"] in self.compare else ""
            found.append(
                f'<label class="compare-choice"><input type="checkbox" name="c" value="{row["pk"]}"{checked}>'
                f'{self.words.compare}<span class="visually-hidden"> {escape(row["title"])}</span></label>'
            )
        return "".join(found)


def facet(group: dict) -> str:
    """One group of filters: {name, legend, options of {value, label, count, checked, family, level, below}, more of
    {url, count} when some are left out}.
    """
    return (
        f'<fieldset class="facet" id="filtre-{group["name"]}"><legend>{escape(group["legend"])}</legend>'
        f"{options(group['options'], group['name'], group.get('kind', 'checkbox'))}{_more(group)}</fieldset>"
    )


def _more(group: dict) -> str:
    more = group.get("more")
    if not more:
        return ""
    words = ngettext("Voir %(count)d autre", "Voir les %(count)d autres", more["count"]) % {"count": more["count"]}
    return _unfold(more["url"], group["name"], words, about=group["legend"])


def _unfold(url: str, name: str, words: str, *, about: str) -> str:
    """A link: the same without JavaScript, and the reader comes back where she was."""
    colon = _words(get_language()).colon
    return (
        f'<a href="{escape(url)}#filtre-{name}">{escape(words)}'
        f'<span class="visually-hidden">{colon}{escape(about)}</span></a>'
    )


def options(rows: list[dict], name: str, kind: str = "checkbox") -> str:
    lines = []
    for row in rows:
        checked = " checked" if row["checked"] else ""
        lines.append(
            f'<li><label><input type="{kind}" name="{name}" value="{escape(row["value"])}"{checked}>{_label(row)}'
            f'<span class="fine">{ui.number(row["count"])}</span></label>{_below(row, name)}</li>'
        )
    return f'<ul class="plain">{"".join(lines)}</ul>'


def _label(row: dict) -> str:
    if row.get("level"):
        return ambition(row["level"], row["label"])
    dress = f' class="family" data-family="{escape(row["family"])}"' if row.get("family") else ""
    return f"<span{dress}>{escape(row['label'])}</span>"


def _below(row: dict, name: str) -> str:
    if row.get("unfold_url"):
        return _unfold(row["unfold_url"], name, _words(get_language()).narrow, about=row["label"])
    if not row.get("below"):
        return ""
    opened = " open" if row["is_open"] else ""
    plain = [{**each, "family": ""} for each in row["below"]]
    about = f'<span class="visually-hidden">{escape(_(" : "))}{escape(row["label"])}</span>'
    return f"<details{opened}><summary>{escape(_('Préciser'))}{about}</summary>{options(plain, name)}</details>"
