"""The pages the product links to, written once: from then on they belong to those who edit them in /cms/."""

from pathlib import Path
from urllib.parse import urlsplit

from wagtail.models import Site

from .models import BasePage, HomePage, ResourcePage

TEXTS = Path(__file__).parent / "data"
PAGES = (
    ("charte", "Charte de la communauté"),
    ("donnees-personnelles", "Données personnelles"),
    ("accessibilite", "Accessibilité"),
)


def seed_pages(base_url: str) -> list[str]:
    """Returns the slugs of the pages that were missing; an existing one, even edited or withdrawn, is left alone."""
    home = HomePage.objects.first() or create_home()
    point_default_site_at(home, base_url)
    created = []
    for slug, title in PAGES:
        if not ResourcePage.objects.filter(slug=slug).exists():
            body = (TEXTS / f"{slug}.md").read_text(encoding="utf-8")
            page = home.add_child(instance=ResourcePage(title=title, slug=slug, body=body))
            page.save_revision().publish()
            created.append(slug)
    return created


def create_home() -> HomePage:
    root = BasePage.get_first_root_node()
    return root.add_child(instance=HomePage(title="Ressources", slug="ressources"))


def point_default_site_at(home: HomePage, base_url: str) -> None:
    address = urlsplit(base_url)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page, site.site_name = address.hostname or "localhost", port, home, "Entraide"
    site.save()
    # Wagtail's own first page, which nobody wrote.
    BasePage.objects.filter(depth=2, slug="home", numchild=0).exclude(pk=home.pk).delete()
