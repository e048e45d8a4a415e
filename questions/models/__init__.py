from .catalogue import (
    Answer,
    Catalogue,
    KeyPoint,
    Question,
    QuestionSet,
    SearchDoc,
    SetEntry,
    Tag,
    TaggedQuestion,
)
from .progress import Progress
from .sources import Load, Origin, Source

__all__ = [
    "Answer",
    "Catalogue",
    "KeyPoint",
    "Load",
    "Origin",
    "Progress",
    "Question",
    "QuestionSet",
    "SearchDoc",
    "SetEntry",
    "Source",
    "Tag",
    "TaggedQuestion",
]
