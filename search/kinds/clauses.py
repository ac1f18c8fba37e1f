"""Clauses: the published text, found by its document, its objectives and what it is for."""

import re
from collections.abc import Iterable
from math import log

from django.db.models import Prefetch
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clauses.library.markup import mark_variables_in
from clauses.library.models import Clause
from clauses.library.models.clause import ClauseTag
from clauses.library.models.context import Basis
from clauses.library.models.wording import VARIABLE_KEY
from clauses.library.querysets import READABLE
from clauses.library.selectors import rows
from community.members.display import displayed
from search.documents import Document, DocumentKind, in_space

CURRENT = "a-jour"
VARIABLE = re.compile(rf"\{{({VARIABLE_KEY})\}}")


def article_of(basis: Basis) -> str:
    """« L. 2112-2 » says its code; « 24 » says nothing without its text."""
    if basis.provision is None:
        return str(basis.text.short_title) if basis.text else ""
    label = basis.provision.label
    return label if label[:1].isalpha() else f"{label} {basis.provision.text.short_title}"


class ClauseDocuments(DocumentKind):
    """Drafts and texts that wait for review are found in their author's and reviewers' own lists, not here."""

    name = "clause"
    model = Clause
    tab = "clauses"
    signer = "author"

    def queryset(self):
        clauses = Clause.objects.select_related("author__claimed_by", "author__organisation", "family__parent")
        tags = Prefetch("tagged_items", ClauseTag.objects.select_related("tag"))
        bases = Prefetch("bases", Basis.objects.select_related("provision__text", "text"))
        return clauses.prefetch_related(
            "wordings", "variables", "objectives", "other_families", "cpv_codes", "also_in", tags, bases
        )

    def build(self, clause: Clause) -> Iterable[Document]:
        if clause.state not in READABLE or clause.hidden_at is not None:
            return
        family = clause.family
        yield Document(
            kind="clause",
            pk=clause.pk,
            thread=("clause", clause.pk),
            acl=(in_space(clause.space_id),),
            space_id=clause.space_id,
            owner_id=clause.author_id,
            opened=clause.created_at,
            written=clause.published_at or clause.created_at,
            signed=displayed(clause.author).name if clause.naming == "name" else "",
            title=clause.title,
            body="\n".join(filter(None, (clause.summary, *self._texts(clause), clause.why, clause.proofs))),
            context=" ".join(self._surroundings(clause)),
            family_id=clause.family_id,
            top_family_id=(family.parent_id or family.pk) if family else None,
            state=CURRENT if clause.state == "published" and clause.legal_state == "current" else "",
            # A clause answers more searches than a word about it; one that the law left behind comes last.
            weight=(1.15 if clause.state == "published" else 0.5) + 0.05 * log(1 + clause.use_count),
            facets={
                "piece": (clause.document, *(each.document for each in clause.also_in.all())),
                "objectif": tuple(str(each) for each in clause.objectives.all()),
                "motcle": tuple(each.tag.name for each in clause.tagged_items.all()),
            },
        )

    def _texts(self, clause: Clause) -> list[str]:
        """The wordings, each variable under its label as readers see it."""
        labels = {variable.key: variable.label for variable in clause.variables.all()}
        return [
            VARIABLE.sub(lambda found: f"[{labels.get(found[1], found[1].replace('_', ' '))}]", wording.text)
            for wording in clause.wordings.all()
        ]

    def _surroundings(self, clause: Clause) -> list[str]:
        families = [clause.family, clause.family.parent if clause.family else None, *clause.other_families.all()]
        words = [str(family) for family in families if family]
        words += [str(clause.get_kind_display()), str(clause.get_document_display()), clause.document, clause.reference]
        words += map(str, clause.objectives.all())
        for code in clause.cpv_codes.all():
            words += ["CPV", str(code)]
        words += [article_of(basis) for basis in clause.bases.all()]
        return words + [each.tag.name for each in clause.tagged_items.all()]

    def line(self, clause: Clause) -> list[str]:
        return [_("Clause"), *rows.details(clause)]

    def decorated(self, excerpt: SafeString) -> SafeString:
        return mark_variables_in(excerpt)
