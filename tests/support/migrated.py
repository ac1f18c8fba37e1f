import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def migrations_fingerprint() -> str:
    """Changes with what the migrations make."""
    import django
    import wagtail

    digest = hashlib.sha256(f"{django.VERSION}{wagtail.VERSION}".encode())
    rooms = ("community/*", "qa", "clauses/*", "live/*", "search")
    for path in sorted(path for room in rooms for path in ROOT.glob(f"{room}/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
