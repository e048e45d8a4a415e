"""A learner's own data: what there is, taking it away, deleting it with the account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from .. import leaving, my_data
from ..forms import DeleteForm
from ..requests import user_of

FORMATS = {
    "json": (my_data.as_json, "application/json"),
    "csv": (my_data.as_csv, "application/zip"),
}


@require_safe
@login_required
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "learner/data.html", {"has": leaving.belongings(user_of(request))})


@require_safe
@login_required
def export(request: HttpRequest, format: str) -> HttpResponseBase:
    write, kind = FORMATS[format]
    if request.method == "HEAD":
        return HttpResponse(content_type=kind)
    suffix = "zip" if format == "csv" else format
    name = f"prep-{timezone.now():%Y-%m-%d}.{suffix}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(write(user_of(request)), content_type=kind, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def delete(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = DeleteForm(request.POST or None, expected=user.username)
    if form.is_valid():
        try:
            leaving.delete_account(user)
        except leaving.LastAdministratorError:
            form.add_error(None, "You are the only administrator. Make somebody else one first.")
        else:
            logout(request)
            messages.success(request, "Your account and everything in it is deleted.")
            return redirect("home")
    context = {
        "form": form,
        "has": leaving.belongings(user),
        "last": leaving.is_last_administrator(user),
    }
    return render(request, "learner/delete.html", context, status=422 if form.errors else 200)
