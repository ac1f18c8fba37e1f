"""Wagtail serves what our rules let it: forbidden and absent are the same answer."""

from django.http import Http404
from wagtail import hooks

from .permissions import can_view_media, can_view_page


@hooks.register("before_serve_page")
def hide_page_from_others(page, request, serve_args, serve_kwargs) -> None:
    if not can_view_page(request.user, page):
        raise Http404


@hooks.register("before_serve_document")
def hide_document_from_others(document, request) -> None:
    if not can_view_media(request.user, document):
        raise Http404
