import django.db.models.deletion
from django.db import migrations, models

from community.taxonomy.text import beginnings


def fill(apps, editor):
    tags = apps.get_model("taxonomy", "Tag").objects.values_list("pk", "folded").iterator()
    model = apps.get_model("taxonomy", "TagBeginning")
    rows = [model(tag_id=pk, letters=letters) for pk, folded in tags for letters in beginnings(folded)]
    model.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="TagBeginning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letters", models.CharField(max_length=4)),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="beginnings", to="taxonomy.tag"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("letters", "tag"), name="tag_begins_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
