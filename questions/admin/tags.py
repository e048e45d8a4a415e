"""Tags: how many questions have them, renaming, merging, deleting."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from taggit import admin as stock

from questions.curation.tags import delete_tags, merge_tags
from questions.models import Tag

from .library import CountedAnew, admin_page, curator, library_rows, say_done

# Questions have tags of their own; the library's would only confuse beside them. They are
# registered as soon as their admin is imported, which Django alone would do after this.
admin.site.unregister(stock.Tag)


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name", "slug"]
        help_texts = {"slug": "In addresses. Links that people saved hold the old one."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("There is a tag of this name. To join the two, merge them.")
        return name


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Tag.objects.none(), label="Into", empty_label="Choose a tag")

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Tag.objects.exclude(pk=tag.pk)  # type: ignore[attr-defined]


@admin.register(Tag)
class TagAdmin(CountedAnew):
    form = TagForm
    list_display = ["name", "slug", "question_count", "merge_link"]
    search_fields = ["name"]
    ordering = ["name"]
    list_per_page = 100
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        owned = library_rows(curator(request), "tagged__content_object__owner")
        count = Count("tagged", filter=owned & Q(tagged__isnull=False))
        return super().get_queryset(request).annotate(question_count=count)

    @admin.display(description="Questions", ordering="question_count")
    def question_count(self, tag: Any) -> SafeString:
        link = f"{reverse('admin:questions_question_changelist')}?tag={tag.slug}"
        return format_html('<a href="{}">{}</a>', link, tag.question_count)

    @admin.display(description="Merge")
    def merge_link(self, tag: Tag) -> SafeString:
        link = reverse("admin:questions_tag_merge", args=[tag.pk])
        what = f"Merge {tag} into another tag"
        return format_html('<a href="{}" aria-label="{}">Merge…</a>', link, what)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", view, name="questions_tag_merge"), *super().get_urls()]

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        delete_tags([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        delete_tags(list(queryset))

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        tag = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, tag):
            raise PermissionDenied
        if not self.has_delete_permission(request, tag):
            raise PermissionDenied
        form = MergeForm(request.POST or None, tag=tag)
        if form.is_valid():
            return self.merged(request, tag, form.cleaned_data["into"])
        context = {"title": "Merge", "subtitle": str(tag), "original": tag, "form": form}
        status = 422 if form.is_bound else 200
        return admin_page(self, request, "tag/merge", context, status=status)

    def merged(self, request: HttpRequest, tag: Tag, into: Tag) -> HttpResponse:
        name = tag.name
        count = merge_tags(tag, into=into)
        self.log_change(request, into, f"Merged with {name}.")
        say_done(self, request, f"{name} is {into.name} now: {count} question{pluralize(count)}.")
        return HttpResponseRedirect(reverse("admin:questions_tag_changelist"))
