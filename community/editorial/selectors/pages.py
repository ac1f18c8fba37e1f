from django.http import Http404
from wagtail.images import get_image_model

from ..models import ResourcePage
from ..querysets import in_readable_collection


def get_resource_or_404(viewer, slug: str) -> ResourcePage:
    page = ResourcePage.objects.visible_to(viewer).filter(slug=slug).first()
    if page is None:
        raise Http404
    return page


def get_rendition_or_404(viewer, file_name: str):
    """The derived picture of that file name; originals, with what their camera wrote in them, are never served."""
    Image = get_image_model()
    rendition = Image.get_rendition_model().objects.filter(file=file_name).select_related("image").first()
    if rendition is None or not in_readable_collection(Image.objects.filter(pk=rendition.image_id), viewer).exists():
        raise Http404
    return rendition
