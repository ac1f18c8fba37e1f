"""The keywords of the questions that came in, compared with those of the dump: each of them, and in total."""

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from community.taxonomy.models import Tag
from community.taxonomy.tags import clean_names, tags_by_name_in_bulk
from qa.models import QuestionTag

from .staging import QUESTION, tag_names

if TYPE_CHECKING:
    from .stackexchange import Import

MAX_TOLD = 20


def run(dump: "Import") -> None:
    """Spellings that are one keyword here count together. A question that a member has filed otherwise since shows as
    a difference, which it is.
    """
    expected = in_dump(dump)
    items = QuestionTag.objects.filter(content_object__source=dump.source).values("tag").annotate(times=Count("pk"))
    ours = Counter(dict(items.values_list("tag", "times")))
    dump.report.did("mots-clés de la sauvegarde", len(expected))
    dump.report.did("mots-clés posés sur les questions, dans la sauvegarde", expected.total())
    dump.report.did("mots-clés posés sur les questions, ici", ours.total())
    different = sorted(pk for pk in expected | ours if expected[pk] != ours[pk])
    names = dict(Tag.objects.filter(pk__in=different[:MAX_TOLD]).values_list("pk", "name"))
    for pk in different[:MAX_TOLD]:
        counts = {"name": names[pk], "ours": ours[pk], "theirs": expected[pk]}
        difference = abs(ours[pk] - expected[pk])
        dump.report.skip(_("mot-clé « %(name)s » : %(ours)d ici, %(theirs)d attendus, écart") % counts, difference)
    dump.report.skip("mots-clés dont le compte diffère", len(different))


def in_dump(dump: "Import") -> Counter[int]:
    """How many questions of the dump carry each keyword, by our key."""
    query = "SELECT tags, COUNT(*) FROM posts WHERE type = ? AND tags IS NOT NULL GROUP BY tags"
    cells = dict(dump.database.execute(query, (QUESTION,)).fetchall())
    names = {cell: clean_names(tag_names(cell)) for cell in cells}
    tags = tags_by_name_in_bulk(sorted({name for each in names.values() for name in each}))
    expected: Counter[int] = Counter()
    for cell, times in cells.items():
        for pk in {tags[name].pk for name in names[cell]}:
            expected[pk] += times
    return expected
