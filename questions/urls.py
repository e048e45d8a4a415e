from django.urls import path

from .views import browse

app_name = "questions"
urlpatterns = [
    path("", browse.index, name="list"),
    path("<int:pk>/", browse.detail, name="detail"),
]
