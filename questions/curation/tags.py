"""What is done to a tag as a whole."""

from django.db import transaction

from questions.catalogue import search
from questions.models import Tag, TaggedQuestion


@transaction.atomic
def merge_tags(tag: Tag, *, into: Tag) -> int:
    """What has the one tag has the other instead, and the one is gone.

    Returns how many questions had it.
    """
    pks = list(tag.tagged.values_list("content_object", flat=True))
    both = into.tagged.values("content_object")
    tag.tagged.filter(content_object__in=both).delete()
    tag.tagged.update(tag=into)
    tag.delete()
    search.refresh(pks)
    return len(pks)


@transaction.atomic
def delete_tags(tags: list[Tag]) -> None:
    tagged = TaggedQuestion.objects.filter(tag__in=tags)
    pks = list(tagged.values_list("content_object", flat=True))
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
    search.refresh(pks)
