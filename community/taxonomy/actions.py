"""What curators do with tags."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.core import audit
from community.core.errors import Invalid
from community.core.events import TagsMerged, emit

from .models import Tag
from .permissions import require_can_curate_tags
from .tags import MAX_TAG, clean_names, tags_by_name_in_bulk
from .text import fold


@transaction.atomic
def merge_tags(*, actor, tag: Tag, into: Tag) -> Tag:
    """`tag` becomes a synonym of `into`: what was filed under it, and its own synonyms, move there."""
    require_can_curate_tags(actor)
    locked = {row.pk: row for row in Tag.objects.select_for_update().filter(pk__in={tag.pk, into.pk}).order_by("pk")}
    if len(locked) < 2:
        raise Invalid(_("Choisissez deux mots-clés différents."), field="into")
    tag, into = locked[tag.pk], locked[into.pk]
    if into.stands_for_id:
        raise Invalid(_("« %(name)s » est déjà un synonyme : choisissez le mot qui le remplace.") % {"name": into.name})
    _move_items(tag, into)
    tag.synonyms.update(stands_for=into)
    tag.stands_for = into
    tag.save(update_fields=["stands_for"])
    audit.record("merge_tags", actor=actor, kind="tag", object_id=into.pk, merged=tag.pk, name=tag.name)
    emit(TagsMerged(tag_id=tag.pk, into_id=into.pk, by_id=actor.pk))
    return into


@transaction.atomic
def add_synonym(*, actor, tag: Tag, name: str) -> Tag:
    """Whoever writes `name` will be understood as `tag`; a tag of that name, if one exists, is merged."""
    require_can_curate_tags(actor)
    names = clean_names([name])
    if not names or len(names[0]) > MAX_TAG:
        raise Invalid(_("Un synonyme compte de 1 à %(max)d caractères.") % {"max": MAX_TAG}, field="name")
    if fold(names[0]) == tag.folded:
        raise Invalid(_("Ce mot est déjà celui du mot-clé, à un accent ou à une majuscule près."), field="name")
    synonym = Tag.objects.spelled(names[0]).first()
    if synonym is None:
        synonym = tags_by_name_in_bulk(names)[names[0]]
    merge_tags(actor=actor, tag=synonym, into=tag)
    synonym.refresh_from_db()
    return synonym


def _move_items(tag: Tag, into: Tag) -> None:
    for model in Tag.item_models():
        already = model._base_manager.filter(tag=into).values("content_object")
        items = model._base_manager.filter(tag=tag)
        items.filter(content_object__in=already).delete()
        items.update(tag=into)
