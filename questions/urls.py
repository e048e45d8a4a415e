from django.urls import path

from questions.catalogue.views import flags, question, question_list
from questions.study.views import marks

app_name = "questions"
urlpatterns = [
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
