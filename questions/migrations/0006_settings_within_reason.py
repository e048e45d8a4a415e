from django.core.validators import MaxValueValidator
from django.db import migrations, models
from django.db.models import Case, F, When
from django.db.models.functions import Least


def keep_within(apps, schema_editor):
    """A day that began in the evening begins at midnight, one that began in the afternoon at noon."""
    rows = apps.get_model("questions", "StudySettings").objects.using(schema_editor.connection.alias)
    # One statement: PostgreSQL alters no table of which this transaction has changed a row twice.
    rows.update(
        day_start=Case(
            When(day_start__gt=17, then=0),
            When(day_start__gt=12, then=12),
            default=F("day_start"),
            output_field=models.PositiveSmallIntegerField(),
        ),
        new_per_day=Least("new_per_day", 999),
        reviews_per_day=Least("reviews_per_day", 9999),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0005_review_undone"),
    ]

    operations = [
        migrations.RunPython(keep_within, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="studysettings", name="day_starts_at_an_hour"),
        migrations.AlterField(
            model_name="studysettings",
            name="day_start",
            field=models.PositiveSmallIntegerField(
                default=4,
                help_text="The hour, from 0 to 12.",
                validators=[MaxValueValidator(12)],
                verbose_name="a day begins at",
            ),
        ),
        migrations.AlterField(
            model_name="studysettings",
            name="new_per_day",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[MaxValueValidator(999, "At most %(limit_value)s new questions a day.")],
                verbose_name="new questions a day",
            ),
        ),
        migrations.AlterField(
            model_name="studysettings",
            name="reviews_per_day",
            field=models.PositiveSmallIntegerField(
                default=200,
                validators=[MaxValueValidator(9999, "At most %(limit_value)s reviews a day.")],
                verbose_name="reviews a day",
            ),
        ),
        migrations.AddConstraint(
            model_name="studysettings",
            constraint=models.CheckConstraint(condition=models.Q(("day_start__lte", 12)), name="day_starts_at_an_hour"),
        ),
    ]
