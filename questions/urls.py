"""Every address of the app, a list for each of its areas."""

from django.urls import include, path, re_path

from questions.catalogue.views import flags, question, question_list, sets
from questions.interview.views import plan, sheet
from questions.learner.views import my_data, settings
from questions.progress import views as progress
from questions.study.views import acts, home, marks, reminders, reset, session, start

question_pages = [
    path("", question_list.index, name="list"),
    path("flags/", flags.index, name="flags"),
    path("<int:pk>/", question.detail, name="detail"),
    path("<int:pk>/answer/", question.answer, name="answer"),
    path("<int:pk>/mastered/", marks.mastered, name="mastered"),
    path("<int:pk>/starred/", marks.starred, name="starred"),
    path("<int:pk>/note/", marks.note, name="note"),
    path("<int:pk>/flag/", flags.flag, name="flag"),
    path("<int:pk>/flag/withdraw/", flags.withdraw, name="withdraw"),
]
set_pages = [
    path("", sets.index, name="list"),
    re_path(r"^(?P<name>[^/\0]+)/$", sets.detail, name="detail"),
]
study_pages = [
    path("", start.start, name="start"),
    path("settings/", settings.page, name="settings"),
    path("<int:pk>/", session.page, name="session"),
    path("<int:pk>/answer/<int:question>/", session.reveal, name="reveal"),
    path("<int:pk>/grade/", acts.grade, name="grade"),
    path("<int:pk>/skip/", acts.skip, name="skip"),
    path("<int:pk>/bury/", acts.bury, name="bury"),
    path("<int:pk>/mastered/", acts.mastered, name="mastered"),
    path("<int:pk>/starred/", acts.starred, name="starred"),
    path("<int:pk>/undo/", acts.undo, name="undo"),
    path("<int:pk>/end/", acts.end, name="end"),
    path("<int:pk>/on/", acts.go_on, name="go_on"),
    path("interview/", plan.plan, name="interview"),
    path("interview/remove/", plan.remove, name="remove_plan"),
    path("sheet/", sheet.sheet, name="sheet"),
    path("reset/", reset.reset, name="reset"),
    path("reset/undo/<int:pk>/", reset.undo, name="undo_reset"),
]
reminder_pages = [
    path("", reminders.page, name="page"),
    path("stop/<str:token>/", reminders.stop, name="stop"),
]
progress_pages = [
    path("", progress.index, name="index"),
    path("data/", my_data.page, name="data"),
    re_path(r"^data/prep\.(?P<format>json|csv)$", my_data.export, name="export"),
    path("data/delete/", my_data.delete, name="delete"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("questions/", include((question_pages, "questions"))),
    path("progress/", include((progress_pages, "progress"))),
    path("sets/", include((set_pages, "sets"))),
    path("study/reminders/", include((reminder_pages, "reminders"))),
    path("study/", include((study_pages, "study"))),
]
