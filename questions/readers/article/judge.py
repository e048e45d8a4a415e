"""Whether a heading of an article begins a question, or is a part of the frame.

It may also be a step of a list in an answer. The first rule that applies decides.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .case import Case

Test = Callable[[Case], bool]


class Rule(NamedTuple):
    applies: Test
    verdict: Test


def begins_question(case: Case) -> bool:
    return _verdict(RULES, case)


def is_frame(case: Case) -> bool:
    """A numbered heading of the article itself, between or after the questions."""
    return _verdict(RULES_FOR_FRAME, case)


def _verdict(rules: Iterable[Rule], case: Case) -> bool:
    for rule in rules:
        if rule.applies(case):
            return rule.verdict(case)
    return False


def _is_in_answer(case: Case) -> bool:
    place = case.place
    return place.is_fenced or place.next_in_list > 0 or not place.stands_alone


def _always(case: Case) -> bool:
    return True


def _never(case: Case) -> bool:
    return False


def _is_in_code(case: Case) -> bool:
    return case.place.is_fenced and not case.asks_next()


def _is_question_in_list(case: Case) -> bool:
    if case.layout.labels or not case.place.has_question:
        return False
    return case.asks_next()


def _is_marked_question(case: Case) -> bool:
    """A heading in Markdown, which stands apart where it is one."""
    return case.follows() or (case.heading.asks and case.place.follows_blank)


def _is_numbered_question(case: Case) -> bool:
    """A bare number says little.

    Most such lines are questions, some are steps of a list or parts of the frame.
    """
    return _verdict(RULES_FOR_NUMBERS, case.with_whole_title())


def _lacks_marks(case: Case) -> bool:
    """Whether others have a category or a label."""
    return case.layout.categories or case.layout.labels


def _is_question_without_marks(case: Case) -> bool:
    place = case.place
    return place.has_question and place.follows_blank and case.asks_next()


def _is_next(case: Case) -> bool:
    return case.follows() and not case.is_next_step()


def _is_next_question(case: Case) -> bool:
    return case.heading.asks or _is_topic(case)


def _is_topic(case: Case) -> bool:
    if not case.place.stands_alone:
        return False
    return case.place.has_question or case.layout.topics


def _is_question_out_of_order(case: Case) -> bool:
    return case.heading.asks and case.place.follows_blank and case.may_jump()


RULES = (
    Rule(Case.is_of_other_kind, _never),
    Rule(_is_in_code, _never),
    Rule(Case.has_label, _always),
    Rule(Case.is_listed, _is_question_in_list),
    Rule(Case.has_number_only, _is_numbered_question),
    Rule(Case.has_word, _always),
    Rule(_always, _is_marked_question),
)
RULES_FOR_NUMBERS = (
    Rule(Case.has_category, _always),
    Rule(_lacks_marks, _is_question_without_marks),
    Rule(Case.has_frame_title, _never),
    Rule(_is_next, _is_next_question),
    Rule(_always, _is_question_out_of_order),
)
RULES_FOR_FRAME = (
    Rule(Case.has_other_mark, _never),
    Rule(_is_in_answer, _never),
    Rule(Case.is_next_chapter, _always),
    Rule(Case.has_frame_title, _always),
    Rule(Case.is_step, _never),
    Rule(_always, _always),
)
