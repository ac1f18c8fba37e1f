"""What is asked of an export."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileForm(models.TextChoices):
    DOCX = "docx", _("Word (.docx)")
    ODT = "odt", _("OpenDocument (.odt)")


class Content(models.TextChoices):
    CONTRACT = "contract", _("Les pièces du marché")
    NOTES = "notes", _("Les notes de travail")


class Split(models.TextChoices):
    WHOLE = "whole", _("Un seul fichier")
    APART = "apart", _("Un fichier par pièce, dans une archive .zip")


@dataclass(frozen=True)
class Choice:
    """`documents`: those contract documents; `with_sources`: under each clause, where it comes from; `with_annex`: what
    the contract counts as, and the versions taken.
    """

    documents: tuple[str, ...] = ()
    content: str = Content.CONTRACT
    form: str = FileForm.DOCX
    split: str = Split.WHOLE
    with_sources: bool = True
    with_annex: bool = False
