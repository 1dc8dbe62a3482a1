"""Work that is shared among processes."""

from __future__ import annotations

import os
from pathlib import Path

from kzus.site.cache import Cache
from kzus.site.output import Output
from kzus.site.work import Crew, Job, Made


def told() -> Made:
    """No files, and the process that makes none."""
    return Made((), os.getpid())


def test_jobs_of_one_group_are_done_by_one_process(tmp_path: Path) -> None:
    crew = Crew(Output(tmp_path), Cache())
    groups = ["" if place < 60 else "tables" for place in range(80)]
    crew.start([Job(str(place), told, group) for place, group in enumerate(groups)])
    notes = [crew.result(place).note for place in range(len(groups))]
    crew.close()
    assert len(set(notes[60:])) == 1
