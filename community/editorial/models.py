"""Wagtail's side of the house. Every page has a space and is filed under families, territories and themes."""

from functools import lru_cache

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta, PageManager, PagePermissionTester

from community.core.richtext import render

from .querysets import BasePageQuerySet, closed_space_paths, is_under

# How pages are named among what cites.
PAGE = "page"


class BasePage(AbstractPage):
    """The base of all pages (`WAGTAIL_PAGE_MODEL`): lists filter on what is here, whatever the page's type.

    A page's space holds for the pages below it too: a network's section is one page with a space and its subpages.
    """

    objects = PageManager.from_queryset(BasePageQuerySet)()

    space = models.ForeignKey(
        "spaces.Space", models.PROTECT, null=True, blank=True, related_name="pages", verbose_name=_("espace")
    )
    families = models.ManyToManyField(
        "taxonomy.PurchaseFamily", blank=True, related_name="pages", verbose_name=_("familles d’achats")
    )
    themes = models.ManyToManyField("taxonomy.Theme", blank=True, related_name="pages", verbose_name=_("thèmes"))
    territories = models.ManyToManyField(
        "members.Territory", blank=True, related_name="pages", verbose_name=_("territoires")
    )

    promote_panels = [
        *AbstractPage.promote_panels,
        MultiFieldPanel(
            [FieldPanel("space"), FieldPanel("families"), FieldPanel("themes"), FieldPanel("territories")],
            heading=_("Classement"),
        ),
    ]

    class Meta(AbstractPageMeta):
        verbose_name = _("page")

    def permissions_for_user(self, user):
        """Nothing may be done with a page of a space that the user does not read, by a superuser either."""
        # As Wagtail keeps the permissions: for the duration of the request, on its user.
        if not hasattr(user, "_closed_space_paths"):
            user._closed_space_paths = closed_space_paths(user)
        if is_under(self.path, user._closed_space_paths):
            return PagePermissionTester(AnonymousUser(), self)
        return super().permissions_for_user(user)


class HomePage(BasePage):
    """The root of the site's editorial pages."""

    template = "editorial/home_page.html"
    max_count = 1
    parent_page_types = ["editorial.BasePage"]
    subpage_types = ["editorial.ResourcePage"]

    class Meta:
        verbose_name = _("accueil")

    def get_context(self, request, *args, **kwargs):
        children = BasePage.objects.child_of(self).visible_to(request.user)
        return {**super().get_context(request, *args, **kwargs), "children": children}


class ResourcePage(BasePage):
    """A plain editorial page: the charter, where suppliers turn, data protection."""

    template = "editorial/resource_page.html"
    parent_page_types = ["editorial.HomePage"]
    subpage_types = []

    body = models.TextField(_("texte (Markdown)"), blank=True, max_length=50_000)

    content_panels = [*AbstractPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("ressource")

    @property
    def body_html(self) -> SafeString:
        return rendered_body(self.body)


@lru_cache(maxsize=64)
def rendered_body(body: str) -> SafeString:
    """A handful of texts that everybody reads: rendered once a process, previews and drafts included."""
    return mark_safe(render(body).html)  # noqa: S308  the renderer sanitises
