"""Wagtail serves, and lists to its editors, what our rules let it: forbidden and absent are the same answer."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import Http404
from wagtail import hooks
from wagtail.models import PageViewRestriction
from wagtail.permissions import register_permission_policy
from wagtail.signals import page_published, page_unpublished, post_page_move

from .actions import record_page_references, tell_pages_changed
from .models import BasePage, ResourcePage
from .permissions import can_view_media, can_view_page
from .policies import SpacePagePolicy
from .querysets import closed_space_paths, outside

register_permission_policy(BasePage, SpacePagePolicy())


@hooks.register("before_serve_page")
def hide_page_from_others(page, request, serve_args, serve_kwargs) -> None:
    if not can_view_page(request.user, page):
        raise Http404


@hooks.register("before_serve_document")
def hide_document_from_others(document, request) -> None:
    if not can_view_media(request.user, document):
        raise Http404


@hooks.register("construct_explorer_page_queryset")
def explore_what_is_read(parent_page, pages, request):
    return outside(pages, closed_space_paths(request.user))


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_is_read(pages, request):
    return outside(pages, closed_space_paths(request.user))


@receiver(page_published, sender=ResourcePage)
def record_what_the_page_cites(sender, instance, **kwargs) -> None:
    record_page_references(page=instance)


@receiver((page_published, page_unpublished, post_page_move))
def say_that_the_page_changed(sender, instance, **kwargs) -> None:
    tell_pages_changed(instance)


@receiver((post_save, post_delete), sender=PageViewRestriction)
def say_who_reads_the_page(sender, instance, **kwargs) -> None:
    tell_pages_changed(instance.page)
