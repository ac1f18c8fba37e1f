"""Pictures are decoded and encoded again: nothing of the received bytes is kept, so no EXIF, GPS or polyglot."""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .errors import UploadError
from .typing import FileType

MAX_SIDE = 2560
# A JPEG is decoded at a fraction of its size, other formats whole: 25 million pixels are 100 MB of memory.
MAX_PIXELS = {"jpg": 100_000_000, "png": 25_000_000, "webp": 25_000_000, "gif": 10_000_000}
_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What is stored: bytes of ours, and what they are."""

    data: bytes
    extension: str
    content_type: str
    width: int | None = None
    height: int | None = None


def clean_image(data: bytes, kind: FileType) -> CleanFile:
    """The picture upright, at most `MAX_SIDE` pixels wide and high; of an animation, the first picture."""
    try:
        # Only the announced decoder: Pillow would otherwise try all it has, PostScript included.
        with Image.open(BytesIO(data), formats=[_FORMATS[kind.extension]]) as image:
            if image.width * image.height > MAX_PIXELS[kind.extension]:
                raise UploadError(
                    _("Cette image a trop de pixels. Réduisez ses dimensions, puis joignez-la à nouveau.")
                )
            return _encode(_decode(image), kind)
    except UploadError:
        raise
    # Decoders raise whatever they meet in a damaged file (OSError, SyntaxError, struct.error, IndexError…).
    except Exception as error:
        raise UploadError(_("Cette image est abîmée. Ouvrez-la puis enregistrez-la à nouveau.")) from error


def _decode(image: Image.Image) -> Image.Image:
    image.draft(None, (MAX_SIDE, MAX_SIDE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    transparent = "A" in upright.getbands() or "transparency" in upright.info
    picture = upright.convert("RGBA" if transparent else "RGB")
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    # What Pillow would write back by itself: colour profile, comments, EXIF, XMP.
    picture.info.clear()
    return picture


def _encode(picture: Image.Image, kind: FileType) -> CleanFile:
    out = BytesIO()
    extension = "png" if kind.extension == "gif" else kind.extension
    if extension == "jpg":
        picture.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
    elif extension == "webp":
        picture.save(out, "WEBP", quality=85)
    else:
        picture.save(out, "PNG", optimize=False)
    content_type = "image/png" if extension == "png" else kind.content_type
    return CleanFile(out.getvalue(), extension, content_type, picture.width, picture.height)
