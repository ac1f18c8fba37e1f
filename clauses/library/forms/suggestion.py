"""Changes to a clause, paragraph by paragraph. The fields of the page are read as they come: `al_<wording>_<n>` is the
text of a paragraph that was opened, `motif_<wording>_<n>` why; `plus_<wording>_<n>` and `pourquoi_<wording>_<n>` are a
paragraph added after the nth.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.library.actions.suggest import MAX_HUNKS, MAX_MESSAGE, Change
from clauses.library.hunks import TAKEN
from clauses.library.models import HunkState
from clauses.library.models.suggestion import MAX_HUNK
from clauses.library.vocabularies import MAX_LINE
from community.core.diff import DiffLine, diff_texts
from community.core.form_fields import TokenField

WHY = {"al": "motif", "plus": "pourquoi"}


class SuggestionForm(forms.Form):
    message = forms.CharField(
        label=_("Un mot pour l’équipe"),
        required=False,
        max_length=MAX_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput)
    client_token = TokenField()


@dataclass(slots=True)
class Paragraph:
    """One line of the page. `open`: its text is being changed; `added`: it follows the paragraph of its number."""

    wording_key: str
    number: int
    before: str
    after: str = ""
    why: str = ""
    html: str = ""
    open: bool = False
    added: bool = False
    others: list = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{'plus' if self.added else 'al'}_{self.wording_key}_{self.number}"

    @property
    def why_name(self) -> str:
        return f"{WHY['plus' if self.added else 'al']}_{self.wording_key}_{self.number}"

    @property
    def place(self) -> str:
        return f"{self.wording_key}:{self.number}"

    @property
    def is_changed(self) -> bool:
        return self.open and self.after.strip() != ("" if self.added else self.before)

    @property
    def diff(self) -> list[DiffLine]:
        return diff_texts("" if self.added else self.before, self.after) if self.is_changed else []


def read_paragraphs(known: dict[str, list[str]], data: Mapping[str, str]) -> dict[str, list[Paragraph]]:
    """The paragraphs of every wording with what was typed about each; a button « ouvrir » or « ajouter » opens one."""
    opened, added = str(data.get("ouvrir", "")), str(data.get("ajouter", ""))
    return {key: read_wording(key, blocks, data, opened=opened, added=added) for key, blocks in known.items()}


def read_wording(key: str, blocks: list[str], data: Mapping[str, str], *, opened: str, added: str) -> list[Paragraph]:
    rows = []
    for number, before in enumerate(["", *blocks]):
        if number:
            row = Paragraph(wording_key=key, number=number, before=before)
            row.open = row.name in data or opened == row.place
            row.after = posted(data, row.name, before) if row.open else before
            row.why = str(data.get(row.why_name, ""))
            rows.append(row)
        follows = Paragraph(wording_key=key, number=number, before="", added=True, open=True)
        if follows.name in data or added == follows.place:
            follows.after, follows.why = posted(data, follows.name, ""), str(data.get(follows.why_name, ""))
            rows.append(follows)
    return rows


def posted(data: Mapping[str, str], name: str, default: str) -> str:
    """Browsers end lines in their own way."""
    return str(data.get(name, default)).replace("\r\n", "\n")


def changes_in(paragraphs: dict[str, list[Paragraph]]) -> list[Change]:
    return [
        Change(
            wording_key=row.wording_key, position=row.number, after=row.after, why=row.why[:MAX_LINE], added=row.added
        )
        for rows in paragraphs.values()
        for row in rows
        if row.is_changed
    ][: MAX_HUNKS + 1]


class DecisionForm(forms.Form):
    """One change to decide; with no choice, it waits."""

    state = forms.ChoiceField(
        label=_("Décision"),
        choices=[
            (HunkState.ACCEPTED, _("Reprendre")),
            (HunkState.REWRITTEN, _("Reprendre en réécrivant")),
            (HunkState.REJECTED, _("Écarter")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("L’alinéa comme vous le reprenez"),
        required=False,
        max_length=MAX_HUNK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reply = forms.CharField(label=_("Réponse"), required=False, max_length=MAX_MESSAGE)

    def __init__(self, *args, stale: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if stale:
            # What no longer fits can only be refused, or asked for again.
            self.fields["state"].choices = [each for each in self.fields["state"].choices if each[0] not in TAKEN]
            del self.fields["text"]
