#!/usr/bin/env python
"""Prep's commands."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line
from environ import Env

if __name__ == "__main__":
    # The private file that `make run` writes; the environment itself comes first.
    Env.read_env(Path(__file__).resolve().parent / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prep.settings")
    execute_from_command_line(sys.argv)
