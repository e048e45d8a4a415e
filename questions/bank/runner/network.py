"""Keeps examples from the network, by audit hooks, which nothing can take away again."""

import sys

EVENTS = (
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
)


def refuse_network() -> None:
    sys.addaudithook(_refuse)


def end_at_serving() -> None:
    """Ends a script with success where it would begin to serve. Comes before the refusal."""
    sys.addaudithook(_end)


def _refuse(event: str, _: object) -> None:
    if event in EVENTS:
        raise PermissionError(f"examples have no network ({event})")


def _end(event: str, _: object) -> None:
    if event == "socket.bind":
        raise SystemExit(0)
