from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from community.core import contents
from community.core.keyset import Keyset, Page

from .models import Tag
from .permissions import can_curate_tags
from .text import fold

LATEST = Keyset(("-pk",))
PER_PAGE = 50


def curated_tags(curator, *, text: str = "", after: str = "", before: str = "") -> Page:
    """The words to keep in order, the latest first, each with its synonyms. Those under which some content is filed
    that the curator may read: the words of a private space are its members'.
    """
    tags = _legible_tags(curator)
    if text:
        folded = fold(text)
        tags = tags.filter(Q(folded__contains=folded) | Q(synonyms__folded__contains=folded)).distinct()
    return LATEST.page(tags.prefetch_related("synonyms"), size=PER_PAGE, after=after, before=before)


def get_curated_tag_or_404(curator, pk: int) -> Tag:
    """The page does not exist for who keeps no vocabulary."""
    tags = _legible_tags(curator) if can_curate_tags(curator) else Tag.objects.none()
    tag = tags.prefetch_related("synonyms").filter(pk=pk).first()
    if tag is None:
        raise Http404
    return tag


def find_curated_tag(curator, name: str) -> Tag | None:
    """The tag written so, or the one that its synonym stands for."""
    spelled = Tag.objects.spelled(name).values("stands_for")
    return _legible_tags(curator).filter(Q(folded=fold(name)) | Q(pk__in=spelled)).first()


def _legible_tags(curator):
    used = Q()
    for model in Tag.item_models():
        content = model._meta.get_field("content_object").related_model
        for kind in contents.kinds():
            if kind.model is content:
                legible = model._base_manager.filter(tag=OuterRef("pk"), content_object__in=kind.visible_to(curator))
                used |= Q(Exists(legible))
    return Tag.objects.shown().filter(used) if used else Tag.objects.none()
