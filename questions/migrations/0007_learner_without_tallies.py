from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0006_settings_within_reason"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="learner",
            name="tallies",
        ),
    ]
