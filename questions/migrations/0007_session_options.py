from django.db import migrations, models

OPTIONS = {"more=1": {"more": True}, "timer=0": {"timer": False}}


def take_out_of_the_filter(apps, schema_editor):
    """Until now they were kept in the text of the filter."""
    rows = apps.get_model("questions", "StudySession").objects.using(schema_editor.connection.alias)
    for option, column in OPTIONS.items():
        for row in rows.filter(query__contains=option):
            parts = row.query.split("&")
            if option in parts:
                query = "&".join(part for part in parts if part != option)
                rows.filter(pk=row.pk).update(query=query, **column)


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0006_settings_within_reason"),
    ]

    operations = [
        migrations.AddField(
            model_name="studysession",
            name="more",
            field=models.BooleanField(default=False, help_text="Beyond the limits of a day."),
        ),
        migrations.AddField(
            model_name="studysession",
            name="timer",
            field=models.BooleanField(default=True, help_text="Whether it shows the time."),
        ),
        migrations.AlterField(
            model_name="studysession",
            name="query",
            field=models.TextField(blank=True, help_text="The filter, as in the address of the list."),
        ),
        migrations.AddIndex(
            model_name="studysession",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["user"], name="session_under_way"
            ),
        ),
        migrations.RunPython(take_out_of_the_filter, migrations.RunPython.noop),
    ]
