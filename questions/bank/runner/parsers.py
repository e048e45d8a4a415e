"""Parsers for the blocks that are read and not run. Each raises for what it cannot read."""

import configparser
import importlib
import json
import subprocess
import tomllib
from collections.abc import Callable


def parse_ini(code: str) -> None:
    configparser.ConfigParser(interpolation=None).read_string(code)


def parse_jinja(code: str) -> None:
    importlib.import_module("jinja2").Environment(autoescape=True).parse(code)


def parse_shell(code: str) -> None:
    """Reads the lines and executes none of them."""
    done = subprocess.run(
        ["sh", "-n"],  # noqa: S607
        input=code,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SyntaxError(done.stderr.strip())


def parse_yaml(code: str) -> None:
    importlib.import_module("yaml").safe_load(code)


PARSERS: dict[str, Callable[[str], object]] = {
    "ini": parse_ini,
    "jinja": parse_jinja,
    "json": json.loads,
    "shell": parse_shell,
    "toml": tomllib.loads,
    "yaml": parse_yaml,
}
