"""What a text will look like once published, by the renderer and the marks of the thread page."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.safestring import mark_safe

from community.core.contents import DisplayedAuthor
from community.core.richtext import normalise_text, render
from community.members.display import displayed
from community.taxonomy.tags import clean_names, names_that_stand
from community.taxonomy.text import fold
from qa.forms.question import QuestionForm


@dataclass(frozen=True, slots=True)
class QuestionPreview:
    title: str
    html: Any
    tried: Any
    author: DisplayedAuthor
    family: Any
    theme: Any
    facts: list[str]
    needed_by: Any
    tags: list[str]
    at: Any


def preview_question(form: QuestionForm, member) -> QuestionPreview:
    """Of a valid form. An anonymous author is shown without the number that the place will give."""
    data, filing = form.cleaned_data, form.filing()
    labels = {name: dict(form.fields[name].choices) for name in ("amount", "stage", "procedure")}
    facts = [str(labels[name][value]) for name in labels if (value := getattr(filing, name))]
    return QuestionPreview(
        title=" ".join(data["title"].split()),
        html=preview_html(data["body"]),
        tried=preview_html(data["tried"]),
        author=displayed(member, data["naming"] or "name"),
        family=filing.family,
        theme=filing.theme,
        facts=facts + ([filing.territory.name] if filing.territory else []),
        needed_by=filing.needed_by,
        tags=shown_tags(form.tag_names()),
        at=timezone.now(),
    )


def shown_tags(names: tuple[str, ...]) -> list[str]:
    """As publishing will store them: spellings of one word merged under the first, synonyms followed."""
    cleaned = clean_names([normalise_text(name) for name in names])
    merged = {fold(name): name for name in reversed(cleaned)}
    return names_that_stand([name for name in cleaned if merged[fold(name)] == name])


def preview_html(markdown: str):
    """What the renderer will store: already sanitised."""
    return mark_safe(render(markdown).html)  # noqa: S308  the renderer's own output
