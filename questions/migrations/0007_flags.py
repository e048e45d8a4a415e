"""Flags, and the curators' permission to answer them."""

import django.db.models.deletion
import django.utils.timezone
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def permit(apps, schema_editor):
    # Permissions are normally created after the last migration; the group needs them now.
    create_permissions(installed.get_app_config("questions"), verbosity=0, apps=apps)
    group = apps.get_model("auth", "Group").objects.get(name="Library curators")
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="questions")
    group.permissions.add(*permissions.filter(codename__in=["view_flag", "change_flag"]))


class Migration(migrations.Migration):

    dependencies = [
        ('questions', '0006_reviews'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('wrong', 'Something is wrong'), ('outdated', 'It is outdated'), ('unclear', 'It is unclear'), ('typo', 'There is a typo'), ('other', 'Something else')], max_length=8)),
                ('text', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='questions.question')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'question'], name='flag_of_learner'), models.Index(fields=['answered_at', 'at'], name='flag_by_answer')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('user', 'question'), name='one_open_flag_per_learner_and_question'), models.CheckConstraint(condition=models.Q(('kind__in', ['wrong', 'outdated', 'unclear', 'typo', 'other'])), name='known_kind_of_flag'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='flag_is_answered_with_words')],
            },
        ),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
