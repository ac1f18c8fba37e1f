from django.db import migrations

GROUPS = ("Editors", "Moderators")
ACTS = {
    "add": "Can add clause",
    "change": "Can change clause",
    "publish": "Can publish clause",
    "lock": "Can lock clause",
    "unlock": "Can unlock clause",
}


def grant(apps, schema_editor):
    """The editors of /cms/ write the open community's clauses and let them out; Django makes the permissions after all
    migrations.

    Those of the Editors group publish too, which Wagtail leaves to Moderators by default: what comes out was held to
    the checklist, and comes out as a mere contribution. That somebody else read it again is what the levels say, and
    those are given by experts, networks and jurists, never by its author (`permissions.can_consolidate`). Where a site
    wants another pair of eyes before, it ties a workflow to the clauses in /cms/ and takes « publish » back from
    Editors there.
    """
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _created = ContentType.objects.get_or_create(app_label="library", model="openclause")
    permissions = [
        Permission.objects.get_or_create(content_type=kind, codename=f"{act}_openclause", defaults={"name": name})[0]
        for act, name in ACTS.items()
    ]
    for group in Group.objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


def revoke(apps, schema_editor):
    through = apps.get_model("auth", "Group").permissions.through
    through.objects.filter(
        permission__content_type__app_label="library",
        permission__codename__in=[f"{act}_openclause" for act in ACTS],
        group__name__in=GROUPS,
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_hunk_published"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
