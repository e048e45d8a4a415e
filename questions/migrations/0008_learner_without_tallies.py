from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0007_session_options"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="learner",
            name="tallies",
        ),
    ]
