#!/usr/bin/env python3
"""What a page costs, beside a bare Django application in the same run.

    python bench/pages.py DATABASE [DATABASE ...] [--rounds 3] [--requests 100] [--only grade study]

Each DATABASE is a SQLite file made by bench/fill.py; the run works on copies. Every application is served by gunicorn
as `make run` serves it (two workers, four threads) and asked one request at a time, in turns. The figures are CPU
milliseconds of all its processes for one request (medians of the rounds), and their ratio to the bare list (b) for
what only reads and to the bare write (c) for what writes.
"""

import argparse
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

HERE = Path(__file__).resolve().parent
INPUT = re.compile(r'name="(question|number|shown)" value="([^"]*)"')
HTMX = {"HX-Request": "true"}


class Client:
    """Somebody who has signed in, on one connection."""

    def __init__(self, port: int, login: dict[str, str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.get("/accounts/login/")
        self.post("/accounts/login/", login, status=302)

    def get(self, path: str, headers: dict[str, str] | None = None, status: int = 200) -> str:
        return self.send("GET", path, None, headers or {}, status)[1]

    def post(self, path: str, form: dict, headers: dict[str, str] | None = None, status: int = 200) -> str:
        """The text of the answer, or where it leads."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.cookies.get("csrftoken", "")}
        moved, text = self.send("POST", path, urlencode(form), sent | (headers or {}), status)
        return moved or text

    def send(self, verb: str, path: str, body: str | None, headers: dict[str, str], status: int) -> tuple[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(verb, path, body, {**headers, "Cookie": cookies})
        response = self.connection.getresponse()
        text = response.read().decode()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if response.status != status:
            sys.exit(f"{verb} {path} answered {response.status}, not {status}: {text[:300]}")
        return response.headers.get("Location", ""), text


class Study:
    """Sessions of 25 questions, one after the other: each grade is of what the answer to the last one showed."""

    def __init__(self, client: Client) -> None:
        self.client, self.page, self.path = client, "", ""
        self.sizes: list[int] = []

    @property
    def fields(self) -> dict[str, str]:
        return dict(INPUT.findall(self.page))

    def ready(self) -> None:
        """Not measured: the question that comes next, of a new session where one is through."""
        self.page = self.client.get(self.path, HTMX) if self.path else ""
        if "question" not in self.fields:
            moved = self.client.post("/study/", {"mode": "due", "number": "25"}, status=302)
            self.path = urlsplit(moved).path
            self.page = self.client.get(self.path, HTMX)
            if "question" not in self.fields:
                sys.exit("No question is left to study: fill the database again.")
        self.sizes.append(len(self.page.encode()))

    def act(self, name: str, form: dict[str, str]) -> None:
        self.client.post(f"{self.path}{name}/", self.fields | form, HTMX, status=302)

    def grade_and_go_on(self) -> None:
        """Both requests of a learner's one act."""
        self.act("grade", {"rating": "3"})
        self.client.get(self.path, HTMX)

    def reveal(self) -> None:
        address = re.search(r'formaction="([^"]*/answer/[^"]*)"', self.page)
        self.client.get(unescape(address[1]) if address else sys.exit("No answer to reveal."), HTMX)


Request = Callable[[Client, Study, int], object]


class Page(NamedTuple):
    """A request, whether it writes, and how many times the yardstick it may cost."""

    request: Request
    writes: bool = False
    most: float | None = None


def reads(path: str, headers: dict[str, str] | None = None) -> Request:
    return lambda client, study, at: client.get(path.replace("{id}", str(at % 900 + 1)), headers)


def writes(path: str, form: dict[str, str], headers: dict[str, str] | None = None) -> Request:
    return lambda client, study, at: client.post(path.replace("{id}", str(at % 900 + 1)), form, headers)


PAGES = {
    "list": Page(reads("/questions/"), most=3),
    "tag": Page(reads("/questions/?tag=python"), most=3),
    "page 30": Page(reads("/questions/?page=30"), most=3),
    "search": Page(reads("/questions/?q=quokka"), most=3),
    "question": Page(reads("/questions/{id}/"), most=3),
    "reveal": Page(reads("/questions/{id}/answer/", HTMX), most=1.5),
    "study": Page(reads("/study/"), most=3),
    "session": Page(lambda client, study, at: client.get(study.path), most=3),
    "next question": Page(lambda client, study, at: client.get(study.path, HTMX), most=3),
    "session, reveal": Page(lambda client, study, at: study.reveal(), most=1.5),
    "progress": Page(reads("/progress/")),
    "plan": Page(reads("/study/interview/")),
    "home": Page(reads("/")),
    "mark": Page(writes("/questions/{id}/mastered/", {"mastered": "1"}, HTMX), writes=True, most=1.5),
    "grade": Page(lambda client, study, at: study.act("grade", {"rating": "3"}), writes=True, most=1.5),
    "grade and next": Page(lambda client, study, at: study.grade_and_go_on(), writes=True),
    "skip": Page(lambda client, study, at: study.act("skip", {}), writes=True),
}
BARE = {False: Page(reads("/list/")), True: Page(writes("/mark/{id}/", {"state": "1"}))}


@contextmanager
def served(name: str, command: list[str], environment: dict[str, str], folder: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of a server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bound = [*command, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(bound, env=os.environ | environment, cwd=folder)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            sys.exit(f"{name} does not answer.")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def processes(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in processes(int(child)))]


def cpu(pids: list[int]) -> float:
    """Seconds that processes have had. Linux makes the number of a process's clock of its own number."""
    return sum(time.clock_gettime(~pid << 3 | 2) for pid in pids)


def memory(pid: int) -> float:
    """MiB that a process and all below it hold, shared pages counted once."""
    texts = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in processes(pid))
    return sum(int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) for text in texts) / 1024  # type: ignore[index]


class Target(NamedTuple):
    pid: int
    client: Client
    study: Study

    @classmethod
    def of(cls, port: int, pid: int, login: str) -> "Target":
        client = Client(port, {login: "bench", "password": "bench"})
        return cls(pid, client, Study(client))

    def cost(self, page: Page, count: int, *, ready: bool) -> float:
        """CPU milliseconds for one request."""
        # An idle connection has been ended by the server; a new one opens by itself.
        self.client.connection.close()
        pids, spent = processes(self.pid), 0.0
        for at in range(count):
            if ready:
                self.study.ready()
            before = cpu(pids)
            page.request(self.client, self.study, at)
            spent += cpu(pids) - before
        return 1000 * spent / count


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("databases", type=Path, nargs="+", metavar="DATABASE")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--requests", type=int, default=100)
    options.add_argument("--only", nargs="+", choices=PAGES, default=list(PAGES), metavar="PAGE")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = {"BARE_DB": f"{folder}/bare.sqlite3"}
        subprocess.run([sys.executable, HERE / "bare.py"], env=os.environ | where, check=True)
        command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--worker-class", "gthread", "--threads", "4"]
        command += ["--no-control-socket", "--log-level", "warning", "bare:application"]
        with served("bare", command, where, HERE) as (port, pid):
            bare = Target.of(port, pid, "username")
            for database in chosen.databases:
                copy = Path(folder, f"copy-of-{database.name}")
                shutil.copy(database, copy)
                measure(database.name, copy, chosen, bare)


def measure(name: str, copy: Path, chosen: argparse.Namespace, bare: Target) -> None:
    where = {"DATABASE_URL": f"sqlite:///{copy}", "SECRET_KEY": "only-for-measuring-0123456789", "DEBUG": "0"}
    for command in ("migrate", "collectstatic"):
        arguments = [sys.executable, "manage.py", command, "--no-input", "--verbosity", "0"]
        subprocess.run(arguments, env=os.environ | where, cwd=HERE.parent, check=True)
    print(f"{name:16} {'page':16} {'ms':>6} {'bare':>6} {'ratio':>6} {'at most':>8}")
    with served("prep", [sys.executable, "-m", "gunicorn", "--config", "prep/gunicorn.py"], where, HERE.parent) as (
        port,
        pid,
    ):
        ours = Target.of(port, pid, "login")
        for title in chosen.only:
            page = PAGES[title]
            # The first round only warms up.
            rounds = [
                (ours.cost(page, count, ready=True), bare.cost(BARE[page.writes], count, ready=False))
                for count in (30, *[chosen.requests] * chosen.rounds)
            ][1:]
            ratio = median(one / other for one, other in rounds)
            mine, theirs = (median(figures) for figures in zip(*rounds, strict=True))
            print(f"{'':16} {title:16} {mine:6.2f} {theirs:6.2f} {ratio:6.2f} {page.most or '':>8}", flush=True)
        sizes = f"{min(ours.study.sizes)} to {max(ours.study.sizes)} bytes"
        print(f"{'':16} next questions: {sizes}; memory of all processes: {memory(pid):.0f} MiB")


if __name__ == "__main__":
    main()
