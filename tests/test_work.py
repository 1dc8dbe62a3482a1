"""Work that is shared among processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kzus.site import work
from kzus.site.cache import Cache
from kzus.site.output import Output
from kzus.site.work import Ahead, Crew, Job, Made

forks = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")


@pytest.fixture
def crew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crew]:
    # Whatever threads other tests have left; these jobs share nothing with them.
    monkeypatch.setattr(work, "_can_fork", lambda: sys.platform == "linux")
    folder = tmp_path / "site"
    found = Crew(Output(folder), Cache(), Ahead(folder))
    yield found
    found.close()


def made(name: str) -> Made:
    """A file, and the process that makes it."""
    return Made([(f"{name}/file.txt", name.encode())], os.getpid())


def job(name: str, group: str = "", make: Callable[[str], Made] = made) -> Job:
    return Job(name, partial(make, name), group)


@forks
def test_jobs_begun_early_lie_aside_until_they_are_asked_for(crew: Crew, tmp_path: Path) -> None:
    jobs = [job("one", "a"), job("two", "a"), job("three", "b")]
    crew.begin(jobs)
    assert not (tmp_path / "site/one").exists()
    crew.start([*jobs, job("four")])
    notes = [crew.result(place).note for place in range(4)]
    assert notes[0] == notes[1] != notes[2] != notes[3] == os.getpid()
    crew.close()
    assert sorted(p.parent.name for p in tmp_path.rglob("*.*")) == ["four", "one", "three", "two"]


def test_what_is_there_already_is_not_begun_again(crew: Crew) -> None:
    crew.begin([job("one")])
    crew.start([job("one")])
    first = crew.result(0)
    crew.begin([job("one")])
    assert "one" not in crew.ahead
    crew.start([job("one")])
    assert crew.result(0) == first


@forks
def test_what_a_process_cannot_do_is_done_here_where_it_tells_what_is_wrong(crew: Crew) -> None:
    def broken(name: str) -> Made:
        raise ValueError(name)

    crew.begin([job("one", make=broken)])
    crew.start([job("one", make=broken)])
    with pytest.raises(ValueError, match="one"):
        crew.result(0)


@forks
def test_a_process_that_dies_costs_nothing_but_time(crew: Crew) -> None:
    parent = os.getpid()

    def dying(name: str) -> Made:
        if os.getpid() != parent:
            os._exit(9)
        return made(name)

    crew.begin([job("one", make=dying)])
    crew.start([job("one", make=dying)])
    assert crew.result(0).note == parent


def test_what_a_build_left_that_was_cut_off_goes_away(tmp_path: Path) -> None:
    left = tmp_path / ".ahead" / "data" / "file.csv"
    left.parent.mkdir(parents=True)
    left.write_text("half")
    Ahead(tmp_path)
    assert not left.parent.parent.exists()


@forks
def test_what_was_begun_in_vain_leaves_nothing_behind(crew: Crew, tmp_path: Path) -> None:
    crew.begin([job("one"), job("two", "a")])
    crew.close()
    assert list(tmp_path.iterdir()) == []
