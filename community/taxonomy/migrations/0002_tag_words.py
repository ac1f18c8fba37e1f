from django.db import migrations, models

from community.taxonomy.text import words_of


def fill(apps, editor):
    tags = apps.get_model("taxonomy", "Tag").objects
    for tag in tags.iterator():
        tags.filter(pk=tag.pk).update(words=words_of(tag.folded))


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="words",
            field=models.CharField(default="", editable=False, max_length=201),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
