"""Runs visible code as a learner does who copies it: as a script of its own."""

import contextlib
import io
import runpy
import sys
import warnings
from pathlib import Path

from .failures import Failure, failure_of


def run_script(code: str) -> list[Failure]:
    """The code stands in example.py of the current folder, which keeps what it leaves there.

    A script that begins to serve has come far enough.
    """
    script = Path.cwd() / "example.py"
    script.write_text(code, encoding="utf-8")
    sys.path.insert(0, str(script.parent))
    sys.argv = ["example.py"]
    warnings.filterwarnings("error", module=r"__main__\Z")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(str(script), run_name="__main__")
    except SystemExit as error:
        return [failure_of(error, str(script), code, 1)] if error.code else []
    except Exception as error:
        return [failure_of(error, str(script), code, 1)]
    return []
