from .models import BasePage
from .policies import mendable_pages
from .querysets import in_readable_collection


def can_view_page(viewer, page: BasePage) -> bool:
    return BasePage.objects.visible_to(viewer).filter(pk=page.pk).exists()


def can_view_media(viewer, media) -> bool:
    """An image or a document of Wagtail's library."""
    return in_readable_collection(type(media)._default_manager.filter(pk=media.pk), viewer).exists()


def can_withdraw_page(member, page: BasePage) -> bool:
    """Whoever may take it back in /cms/."""
    return member.is_authenticated and page.permissions_for_user(member).can_unpublish()


def can_mend(member, page: BasePage) -> bool:
    return mendable_pages(member).filter(pk=page.pk).exists()
