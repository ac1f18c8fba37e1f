from pathlib import Path

from django.db import migrations

SEED = Path(__file__).resolve().parent.parent / "data" / "synonymes_fr.txt"


def load(apps, editor):
    """The groups that come with the product; what a site changes of them afterwards is its own."""
    group = apps.get_model("search", "SynonymGroup")
    heading, rows = "", {}
    for line in SEED.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ---"):
            heading = line.strip("#- ")
        elif line.strip() and not line.startswith("#"):
            rows.setdefault(line.strip(), group(terms=line.strip(), note=heading))
    group.objects.bulk_create(rows.values(), ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
