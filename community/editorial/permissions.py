from .models import BasePage
from .querysets import in_readable_collection


def can_view_page(viewer, page: BasePage) -> bool:
    return BasePage.objects.visible_to(viewer).filter(pk=page.pk).exists()


def can_view_media(viewer, media) -> bool:
    """An image or a document of Wagtail's library."""
    return in_readable_collection(type(media)._default_manager.filter(pk=media.pk), viewer).exists()
