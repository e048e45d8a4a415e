#!/usr/bin/env python3
"""How much is recalled on the day of an interview: the interview plan against other ways to spend the same minutes.

    python bench/simulate_interview.py [--first 0] [--seeds 200] [--questions 62 500] [--days 21] [--minutes 30]

A simulated learner has a memory of the same kind as FSRS's, with parameters of their own (each 15 % off, log-normal),
and questions that are each easier or harder than the learner's others (50 %). No policy sees that: each sees the
grades and reckons with FSRS's own parameters. Recall on the day is what the true memory gives, with questions never
seen counting zero.

The policies, each with the same minutes a day. The plan stops where more study gains nothing (`used`); the others are
given all minutes, and in a second run those that the plan used for that learner, day by day.
  plan      the interview plan, as the product chooses; when its session is done and minutes are left, what its page
            names then
  fsrs      plain FSRS with its learning steps: what is due, then new ones, then ahead of time
  fsrs new  the same, with new ones first, as many a day as it takes to see all
  fixed     a list with fixed intervals of 1, 3, 7, 14 and 30 days: what is due, then new ones, then ahead of time
  fixed new the same, with new ones first, as many a day as it takes to see all
"""

import argparse
import math
import os
import random
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import fmean, stdev

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from questions.scheduling.forecasting import Costs, Model
from questions.scheduling.fsrs import DAY, DEFAULT_PARAMETERS, LEARNING, NEW, RELEARNING, Memory, Rating, schedule
from questions.scheduling.planning import Horizon, Material, PlanItem, picks_for_today

COSTS = Costs()
NEW_PER_DAY = 10
INTERVALS = (1, 3, 7, 14, 30)
FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)
EVENING, MORNING = timedelta(hours=18), timedelta(hours=9)
FIRST_GRADES = (25, 20, 45, 10)
LATER_GRADES = (15, 75, 10)


def nearly(values: Iterable[float], chance: random.Random, spread: float) -> tuple[float, ...]:
    bounds = zip(values, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    found = [min(max(value * math.exp(chance.gauss(0, spread)), low), high) for value, low, high in bounds]
    return (*sorted(found[:4]), *found[4:])


@dataclass
class Truth:
    stability: float
    difficulty: float
    at: datetime


class Learner:
    """The same learner answers the same question the same way in whatever order it is asked, luck included."""

    def __init__(self, seed: int, questions: int) -> None:
        chance = random.Random(seed)
        self.seed, self.questions = seed, questions
        self.model = Model(nearly(DEFAULT_PARAMETERS, chance, 0.15))
        self.ease = [math.exp(chance.gauss(0, 0.5)) for _ in range(questions)]
        self.truths: dict[int, Truth] = {}
        self.answers = [0] * questions

    def answer(self, question: int, at: datetime) -> tuple[int, float]:
        """The grade and the seconds it took."""
        chance = random.Random(f"{self.seed} {question} {self.answers[question]}")
        self.answers[question] += 1
        truth = self.truths.get(question)
        if truth is None:
            rating = chance.choices(list(Rating), FIRST_GRADES)[0]
            stability, difficulty = self.model.first(rating)
            self.truths[question] = Truth(stability * self.ease[question], difficulty, at)
            return rating, COSTS.new
        days = (at - truth.at) / DAY
        recalled = chance.random() < self.model.recall(days, truth.stability)
        rating = chance.choices(list(Rating)[1:], LATER_GRADES)[0] if recalled else Rating.AGAIN
        truth.stability = self.model.stability(truth.stability, truth.difficulty, days, rating)
        truth.difficulty = self.model.difficulty(truth.difficulty, rating)
        truth.at = at
        return rating, COSTS.recalled if recalled else COSTS.forgotten

    def recall(self, at: datetime) -> float:
        sums = (self.model.recall((at - truth.at) / DAY, truth.stability) for truth in self.truths.values())
        return sum(sums) / self.questions


class Fsrs:
    """Due, then new, then ahead of time; with `spread`, the day's share of new ones first."""

    def __init__(self, questions: int, days: int, seconds: float, *, spread: bool = False) -> None:
        self.memories = [NEW] * questions
        self.unseen = list(range(questions))
        self.days, self.seconds, self.spread = days, seconds, spread

    def begin(self, day: int) -> None:
        self.midnight = FIRST_DAY + timedelta(days=day + 1)
        self.today: set[int] = set()
        self.share = math.ceil(len(self.unseen) / (self.days - day)) if self.spread else 0

    def next(self, now: datetime) -> int | None:
        anew = self._first(lambda memory: memory.state in (LEARNING, RELEARNING), now)
        if anew is not None:
            return anew
        if self.unseen and self.share > 0:
            return self.unseen[0]
        due = self._first(lambda memory: memory.state == 2, self.midnight)
        if due is not None:
            return due
        if self.unseen:
            return self.unseen[0]
        ahead = self._first(lambda memory: memory.state in (LEARNING, RELEARNING), None)
        return self._first(lambda memory: True, None, self.today) if ahead is None else ahead

    def _first(self, wanted, before: datetime | None, without: Iterable[int] = ()) -> int | None:
        found = (
            (memory.due, at)
            for at, memory in enumerate(self.memories)
            if memory.due and wanted(memory) and (before is None or memory.due <= before) and at not in without
        )
        return min(found, default=(None, None))[1]

    def graded(self, question: int, rating: int, now: datetime) -> None:
        self.today.add(question)
        if question in self.unseen:
            self.unseen.remove(question)
            self.share -= 1
        self.memories[question] = self.scheduled(self.memories[question], rating, now)

    def scheduled(self, memory: Memory, rating: int, now: datetime) -> Memory:
        return schedule(memory, rating, now)


class Fixed(Fsrs):
    """The interval grows by a step with each recall and begins again with a lapse, whatever the memory."""

    def scheduled(self, memory: Memory, rating: int, now: datetime) -> Memory:
        step = -1 if memory.step is None else memory.step
        step = min(step + 1, len(INTERVALS) - 1) if rating > Rating.AGAIN else 0
        return Memory(2, step, 1.0, 1.0, now + timedelta(days=INTERVALS[step]), now)


class Plan(Fsrs):
    """As the product's sessions do: what the plan asks, what was forgotten once more at the end; and where the day has
    minutes left, another session with what the plan asks then."""

    def begin(self, day: int) -> None:
        super().begin(day)
        self.left, self.evening, self.begun = self.days - day, FIRST_DAY + timedelta(days=day) + EVENING, 0
        self.order: list[int] = []
        self.again: list[int] = []

    def next(self, now: datetime) -> int | None:
        if not self.order and not self.again:
            self.order = self.asked(now)
        return next(iter(self.order or self.again), None)

    def asked(self, now: datetime) -> list[int]:
        known = [
            PlanItem(at, memory.stability, memory.difficulty, (now - memory.last_review) / DAY, seen=True)
            for at, memory in enumerate(self.memories)
            if memory.last_review and at not in self.today
        ]
        new = max(NEW_PER_DAY - self.begun, math.ceil(len(self.unseen) / self.left))
        today = self.seconds - (now - self.evening).total_seconds()
        material, horizon = Material(known, len(self.unseen)), Horizon(self.left, self.seconds, today, new)
        unseen = iter(self.unseen)
        ids = picks_for_today(material, horizon, model=Model(), costs=COSTS)
        return [next(unseen) if each is None else each for each in ids]

    def graded(self, question: int, rating: int, now: datetime) -> None:
        self.begun += question in self.unseen
        super().graded(question, rating, now)
        self.order = [at for at in self.order if at != question]
        self.again = [at for at in self.again if at != question] + [question] * (rating == Rating.AGAIN)


POLICIES = {
    "plan": Plan,
    "fsrs": Fsrs,
    "fsrs new": partial(Fsrs, spread=True),
    "fixed": Fixed,
    "fixed new": partial(Fixed, spread=True),
}


def study(seed: int, name: str, questions: int, budget: list[float]) -> tuple[float, list[float], int]:
    """Recall on the day, seconds used day by day, questions never seen."""
    learner, policy = Learner(seed, questions), POLICIES[name](questions, len(budget), budget[0])
    used = []
    for day, seconds in enumerate(budget):
        policy.begin(day)
        now, left = FIRST_DAY + timedelta(days=day) + EVENING, seconds
        while left > 0 and (question := policy.next(now)) is not None:
            rating, spent = learner.answer(question, now)
            now, left = now + timedelta(seconds=spent), left - spent
            policy.graded(question, rating, now)
        used.append(seconds - left)
    interview = FIRST_DAY + timedelta(days=len(budget)) + MORNING
    return learner.recall(interview), used, questions - len(learner.truths)


def compare(seed: int, questions: int, budget: list[float]) -> dict[tuple[str, str], tuple[float, float, int]]:
    """By policy and by whose minutes it had: recall, minutes used, questions never seen."""
    found = {}
    recall, planned, unseen = study(seed, "plan", questions, budget)
    found["plan", "all"] = (recall, sum(planned) / 60, unseen)
    for name in POLICIES.keys() - {"plan"}:
        for which, given in (("all", budget), ("the plan's", planned)):
            recall, used, unseen = study(seed, name, questions, given)
            found[name, which] = (recall, sum(used) / 60, unseen)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--seeds", type=int, default=200, help="how many")
    options.add_argument("--questions", type=int, nargs="+", default=[62, 500])
    options.add_argument("--days", type=int, default=21)
    options.add_argument("--minutes", type=int, default=30)
    given = options.parse_args()
    print(
        f"{given.days} days, {given.minutes} minutes a day, {given.seeds} seeds from {given.first}; +-: 95 % of the mean difference"
    )
    print("questions  policy     minutes      recall      sd  plan is better by      used  unseen")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for questions in given.questions:
            run = partial(compare, questions=questions, budget=[given.minutes * 60.0] * given.days)
            runs = list(pool.map(run, range(given.first, given.first + given.seeds)))
            for name, which in sorted(runs[0], key=lambda key: (key[1], list(POLICIES).index(key[0]))):
                recalls, used, unseen = zip(*(each[name, which] for each in runs), strict=True)
                gaps = [each["plan", "all"][0] - recall for each, recall in zip(runs, recalls, strict=True)]
                margin = 1.96 * stdev(gaps) / math.sqrt(len(gaps))
                print(
                    f"{questions:9}  {name:9}  {which:10}  {fmean(recalls):.4f}  {stdev(recalls):.4f}"
                    f"  {fmean(gaps):+.4f} +-{margin:.4f}  {fmean(used):8.0f}  {fmean(unseen):6.1f}"
                )


if __name__ == "__main__":
    main()
