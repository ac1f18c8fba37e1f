"""Documents: each family's own cleaning, behind one function."""

import re
import subprocess
import sys

from django.conf import settings
from django.utils.translation import gettext as _

from . import pdf_worker
from .archives import clean_archive
from .errors import UploadError
from .images import CleanFile
from .typing import FileType

PDF_SECONDS = 30

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")


def clean_document(data: bytes, kind: FileType) -> CleanFile:
    if kind.family == "pdf":
        data = _clean_pdf(data)
    elif kind.family == "text":
        _check_text(data)
    else:
        data = clean_archive(data, kind)
    return CleanFile(data, kind.extension, kind.content_type)


def _clean_pdf(data: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "community.core.uploads.pdf_worker"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PDF_SECONDS,
            cwd=settings.BASE_DIR,
            # Nothing of our environment (secrets, database) is within reach of what a file might exploit.
            env={"PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise UploadError(_damaged_pdf()) from error
    if done.returncode == pdf_worker.PROTECTED:
        raise UploadError(_("Ce PDF est protégé par un mot de passe. Joignez une version sans protection."))
    if done.returncode == pdf_worker.ACTIVE:
        raise UploadError(
            _(
                "Ce PDF contient un script, un formulaire actif ou un fichier incorporé. "
                "Imprimez-le en PDF, puis joignez le résultat."
            )
        )
    if done.returncode or not done.stdout:
        raise UploadError(_damaged_pdf())
    return done.stdout


def _damaged_pdf() -> str:
    return _("Ce PDF est abîmé ou trop complexe. Imprimez-le en PDF, puis joignez le résultat.")


def _check_text(data: bytes) -> None:
    """Text only, whatever its alphabet; kept as it is, since it is only ever downloaded."""
    if _CONTROL.search(data):
        raise UploadError(_("Ce fichier n’est pas un texte. Enregistrez-le au format CSV ou texte, en UTF-8."))
