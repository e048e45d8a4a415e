from .catalogue import Catalogue, SearchDoc
from .flags import Flag
from .learner import Learner
from .plan import InterviewPlan, StudySettings
from .progress import Progress
from .questions import Answer, KeyPoint, Question
from .reminders import Reminder
from .reviews import Parameters, Review
from .session import Act, StudySession
from .sets import QuestionSet, SetEntry
from .sources import Load, Origin, Source
from .tags import Tag, TaggedQuestion
from .uploads import PendingUpload

__all__ = [
    "Act",
    "Answer",
    "Catalogue",
    "Flag",
    "InterviewPlan",
    "KeyPoint",
    "Learner",
    "Load",
    "Origin",
    "Parameters",
    "PendingUpload",
    "Progress",
    "Question",
    "QuestionSet",
    "Reminder",
    "Review",
    "SearchDoc",
    "SetEntry",
    "Source",
    "StudySession",
    "StudySettings",
    "Tag",
    "TaggedQuestion",
]
