from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0004_flag_read"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("undone_at__isnull", False)), fields=["user", "at"], name="review_undone"
            ),
        ),
    ]
