from community.members.models import Member
from community.taxonomy.text import fold

EMAIL = "reprise-de-clauses@entraide.invalid"
NAME = "Reprise de documents publics"


def find_or_create_importer_unguarded() -> Member:
    """Who signs what comes from a document: nobody, so an account that cannot sign in."""
    member, _new = Member.objects.get_or_create(
        email=EMAIL,
        defaults={
            "first_name": NAME,
            "folded_name": fold(NAME),
            "is_ghost": True,
            "is_active": False,
            "password": "!",
        },
    )
    return member
