"""The group of the library curators with its permissions, and the catalogue's one row."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "Library curators"
CURATED = ("answer", "keypoint", "load", "origin", "question", "questionset", "setentry", "source", "tag", "taggedquestion")
HISTORY = ("historicalanswer", "historicalquestion")


def create(apps, schema_editor):
    # Permissions are normally created after the last migration; the group needs them now.
    create_permissions(installed.get_app_config("questions"), verbosity=0, apps=apps)
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="questions")
    group.permissions.add(
        *permissions.filter(content_type__model__in=(*CURATED, *HISTORY)),
        *permissions.filter(codename__in=("view_flag", "change_flag")),
    )
    apps.get_model("questions", "Catalogue").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0002_search_index"),
        ("accounts", "0002_cache_table"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
