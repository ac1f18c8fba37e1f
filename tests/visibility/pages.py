"""Editorial pages: one for everybody, one in the section of each space; they say nothing of what they cite."""

from community.editorial.models import ResourcePage
from community.editorial.seed import create_home, point_default_site_at


def build_pages(world) -> None:
    home = create_home()
    point_default_site_at(home, "http://testserver")
    for place, space in world.spaces.items():
        token = world.token()
        body = f"Notre section a son {token}."
        page = home.add_child(instance=ResourcePage(title=f"Page {token}", slug=f"p-{token}", space=space, body=body))
        # A page has no past that its space would protect: who enters the space reads it.
        world.add("published.community" if space is None else f"space.{place}", "page", page, token, place)
