"""The lasting name of a member's anonymous posts, one per space, drawn at random so that it tells nothing of her."""

import secrets

from django.db import IntegrityError, transaction

from .models import Pseudonym, Space

# Numbers are read aloud by people: four digits as long as there is room, then more.
RANGES = ((1_000, 9_000, 12), (10_000, 90_000, 12), (1_000_000, 2_000_000_000, 40))


def pseudonym_number(space: Space | None, member) -> int:
    """The member's number in the space (none: the open community), drawn at her first anonymous post there."""
    known = Pseudonym.objects.filter(space=space, member=member).values_list("number", flat=True).first()
    return known if known is not None else _draw(space, member)


def _draw(space: Space | None, member) -> int:
    for lowest, width, tries in RANGES:
        for _try in range(tries):
            number = lowest + secrets.randbelow(width)
            try:
                with transaction.atomic():
                    return Pseudonym.objects.create(space=space, member=member, number=number).number
            except IntegrityError:
                # Either the number is taken, or another request of the same member drew first.
                known = Pseudonym.objects.filter(space=space, member=member).values_list("number", flat=True).first()
                if known is not None:
                    return known
    raise RuntimeError("no free pseudonym was found")
