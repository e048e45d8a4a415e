from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0007_flags")]

    operations = [
        migrations.AddField(
            model_name="studysession",
            name="expected",
            field=models.PositiveSmallIntegerField(default=0, help_text="So many questions waited when it began."),
        ),
        migrations.AlterField(
            model_name="studysession",
            name="query",
            field=models.TextField(
                blank=True, help_text="The filter, as in the address of the list; `timer=0` hides the timer."
            ),
        ),
    ]
