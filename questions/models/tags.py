"""What questions are about."""

from django.db import models
from django.urls import reverse
from taggit.models import ItemBase, TagBase


class Tag(TagBase):
    class Meta:
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return f"{reverse('questions:list')}?tag={self.slug}"


class TaggedQuestion(ItemBase):
    content_object = models.ForeignKey(
        "Question",
        models.CASCADE,
        db_column="question_id",
        related_name="tagged",
    )
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"],
                name="one_tag_per_question",
            ),
        ]
