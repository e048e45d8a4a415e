"""Where an export goes."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, chunks: Iterable[str]) -> None:
    """Writes a file that is complete or not there."""
    with tempfile.NamedTemporaryFile(
        "w",
        encoding="utf-8",
        newline="\n",
        dir=path.parent,
        delete=False,
    ) as half:
        try:
            half.writelines(chunks)
            half.flush()
            os.replace(half.name, path)  # noqa: PTH105
        except BaseException:
            Path(half.name).unlink()
            raise
