"""Makes files in several processes, and only those whose inputs have changed.

A job is named by a digest of all that it reads. What it made is remembered by that name: which
files, with their digests, and a note for those who collect. While the files still stand in the
site as they were made, the job has nothing to do.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from .cache import Cache
from .output import Output, Stamp

# Below so many jobs, starting processes costs more than it saves.
_WORTH_PROCESSES = 16
_AT_ONCE = 8


@dataclass(frozen=True)
class Done:
    """What a job made: files by their paths below the site, and what it notes of them.

    `lasting` is false where it may not be remembered, such as of a page that tells of a fault.
    """

    files: Mapping[str, Stamp]
    note: Any = None
    lasting: bool = True


@dataclass(frozen=True)
class Made:
    """Files as a job makes them: (path below the site, content), each written at once."""

    files: Iterable[tuple[str, bytes]]
    note: Any = None
    lasting: bool = True


@dataclass(frozen=True)
class Job:
    """Files to be made: `key` is a digest of all that `make` reads.

    Jobs in a row that have the same `group` share work, so one process does them.
    """

    key: str
    make: Callable[[], Made]
    group: str = ""


@dataclass
class Crew:
    """Does jobs, in processes of its own where there are many and the system can fork."""

    output: Output
    cache: Cache
    _jobs: Sequence[Job] = ()
    _done: dict[int, Done] = field(default_factory=dict)
    _coming: dict[int, tuple[Future[list[Done]], list[int]]] = field(default_factory=dict)
    _pool: ProcessPoolExecutor | None = None

    def __len__(self) -> int:
        """How many jobs there are."""
        return len(self._jobs)

    def start(self, jobs: Sequence[Job]) -> None:
        """Begin jobs, the first ones first. Those that have nothing to do are done at once."""
        self._jobs = jobs
        for place, job in enumerate(jobs):
            if known := self.known(job.key):
                self._done[place] = known
        missing = [place for place in range(len(jobs)) if place not in self._done]
        if len(missing) >= _WORTH_PROCESSES and _can_fork():
            self._share(missing)

    def known(self, key: str) -> Done | None:
        """What a job made before, if its files are still there."""
        row = self.cache.get(key)
        if row is None:
            return None
        done = Done({path: tuple(stamp) for path, stamp in row["files"].items()}, row["note"])
        kept = all(self.output.keep(path, stamp) for path, stamp in done.files.items())
        return done if kept else None

    def remember(self, key: str, done: Done) -> None:
        """Remember what was made."""
        self.cache.put(key, {"files": done.files, "note": done.note})

    def result(self, place: int) -> Done:
        """What a job made; waits for it, or does it now."""
        if place not in self._done and place in self._coming:
            self._collect(*self._coming[place])
        if place not in self._done:
            self._keep(place, self._do(place))
        return self._done[place]

    def close(self) -> None:
        """Send the processes home, whatever they had still to do."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _share(self, places: list[int]) -> None:
        _crew[:] = [self]
        gc.freeze()  # what is there stays; looking through it would copy it into each process
        context = multiprocessing.get_context("fork")
        self._pool = ProcessPoolExecutor(os.cpu_count() or 1, context, _calmly)
        for some in self._portions(places):
            self._coming |= dict.fromkeys(some, (self._pool.submit(_work, some), some))

    def _portions(self, places: list[int]) -> Iterator[list[int]]:
        """Jobs as they are given to a process, few enough that none is left with all the work."""
        at_once = min(_AT_ONCE, -(-len(places) // 32))
        for group, found in groupby(places, lambda place: self._jobs[place].group):
            some = list(found)
            step = len(some) if group else at_once
            yield from (some[start : start + step] for start in range(0, len(some), step))

    def _collect(self, future: Future[list[Done]], places: list[int]) -> None:
        for place in places:
            del self._coming[place]
        try:
            for place, done in zip(places, future.result(), strict=True):
                self._keep(place, done)
        except BrokenProcessPool:  # such as too little memory: this process does them itself
            return

    def _keep(self, place: int, done: Done) -> None:
        self.output.note(done.files)
        if done.lasting:
            self.remember(self._jobs[place].key, done)
        self._done[place] = done

    def _do(self, place: int) -> Done:
        made = self._jobs[place].make()
        files = {path: self.output.write(path, content) for path, content in made.files}
        return Done(files, made.note, made.lasting)


_crew: list[Crew] = []


def _calmly() -> None:
    """Look for garbage less often: nearly all goes away by itself, at the end of each page."""
    gc.set_threshold(50_000, 20, 50)


def _work(places: list[int]) -> list[Done]:
    return [_crew[0]._do(place) for place in places]


def _can_fork() -> bool:
    """Whether processes can be forked safely: elsewhere, or beside threads, they may hang."""
    return sys.platform == "linux" and threading.active_count() == 1
