from django.urls import path

from .views import browse, flags, marks, reveal

app_name = "questions"
urlpatterns = [
    path("", browse.index, name="list"),
    path("flags/", flags.index, name="flags"),
    path("<int:pk>/", reveal.detail, name="detail"),
    path("<int:pk>/answer/", reveal.answer, name="answer"),
    path("<int:pk>/mastered/", marks.mastered, name="mastered"),
    path("<int:pk>/starred/", marks.starred, name="starred"),
    path("<int:pk>/note/", marks.note, name="note"),
    path("<int:pk>/flag/", flags.flag, name="flag"),
    path("<int:pk>/flag/withdraw/", flags.withdraw, name="withdraw"),
]
