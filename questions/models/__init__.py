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
from .progress import Learner, Progress
from .sources import Load, Origin, Source
from .uploads import PendingUpload

__all__ = [
    "Answer",
    "Catalogue",
    "KeyPoint",
    "Learner",
    "Load",
    "Origin",
    "PendingUpload",
    "Progress",
    "Question",
    "QuestionSet",
    "SearchDoc",
    "SetEntry",
    "Source",
    "Tag",
    "TaggedQuestion",
]
