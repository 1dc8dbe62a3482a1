"""Makes files in several processes, and only those whose inputs have changed.

A job is named by a digest of all that it reads. What it made is remembered by that name: which
files, with their digests, and a note for those who collect. While the files still stand in the
site as they were made, the job has nothing to do.

Work that takes long can begin before the site's folder is ready: its files lie aside until they
are asked for.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import multiprocessing.context
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from .cache import Cache
from .output import Output, Stamp

T = TypeVar("T")
# Below so many jobs, starting processes costs more than it saves.
_WORTH_PROCESSES = 16
_AT_ONCE = 8
_PATIENCE = 10


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

    Jobs in a row that have the same `group` share work.
    """

    key: str
    make: Callable[[], Made]
    group: str = ""


class Forked(Generic[T]):
    """What a function returns, found in a process of its own where the system can fork.

    A `patient` one lets others go first.
    """

    def __init__(self, make: Callable[[], T], *, patient: bool = False) -> None:
        self._make, self._patient = make, patient
        self._process: BaseProcess | None = None
        if not _can_fork():
            return
        context = _forking()
        self._receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=self._send, args=(sender,), daemon=True)
        self._process.start()
        sender.close()

    def _send(self, sender: Connection) -> None:
        _calmly()
        os.nice(_PATIENCE * self._patient)
        with contextlib.suppress(Exception):  # who waits does it again, and meets it there
            sender.send(self._make())

    def result(self) -> T:
        """Wait for what it returns; where that came to nothing, do it now."""
        if self._process:
            with contextlib.suppress(EOFError, OSError):  # such as too little memory
                found: T = self._receiver.recv()
                return found
        return self._make()

    def close(self) -> None:
        """End what is still done."""
        if self._process:
            self._process.kill()
            self._process.join()


class Ahead:
    """Does jobs before their time, where the system can fork, each group in a process of its own.

    Their files lie in a folder within the site's that MkDocs leaves alone.
    """

    def __init__(self, site: Path) -> None:
        self._folder = site / ".ahead"
        self._groups: list[Forked[list[Done]]] = []
        self._coming: dict[str, tuple[Forked[list[Done]], list[str]]] = {}
        self._done: dict[str, Done] = {}
        self.close()  # what a build that was cut off left

    def begin(self, jobs: Iterable[Job]) -> None:
        """Begin jobs, if the system can fork."""
        if not _can_fork():
            return
        output = Output(self._folder)
        for _, found in groupby(jobs, lambda job: job.group):
            some = list(found)
            # The first of all takes longest: the others are ready in time if it is.
            group = Forked(partial(_all_made, some, output), patient=bool(self._groups))
            self._groups.append(group)
            keys = [job.key for job in some]
            self._coming |= dict.fromkeys(keys, (group, keys))

    def __contains__(self, key: str) -> bool:
        """Whether a job has been begun."""
        return key in self._coming or key in self._done

    def take(self, key: str, output: Output) -> Done | None:
        """Move what a job made to its place; ``None`` where it was not begun."""
        if key in self._coming:
            group, keys = self._coming[key]
            self._done |= zip(keys, group.result(), strict=True)
            for each in keys:
                del self._coming[each]
        done = self._done.pop(key, None)
        if done is None:
            return None
        files = {p: output.adopt(p, stamp, self._folder) for p, stamp in done.files.items()}
        return replace(done, files=files)

    def close(self) -> None:
        """End what is still done, and leave nothing behind, not even an empty site."""
        for group in self._groups:
            group.close()
        self._groups, self._coming, self._done = [], {}, {}
        shutil.rmtree(self._folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # there is no site, or it holds something
            self._folder.parent.rmdir()


@dataclass
class Crew:
    """Does jobs, in processes of its own where there are many and the system can fork."""

    output: Output
    cache: Cache
    ahead: Ahead
    _jobs: Sequence[Job] = ()
    _done: dict[int, Done] = field(default_factory=dict)
    _coming: dict[int, tuple[Future[list[Done]], list[int]]] = field(default_factory=dict)
    _pool: ProcessPoolExecutor | None = None

    def __len__(self) -> int:
        """How many jobs there are."""
        return len(self._jobs)

    def begin(self, jobs: Iterable[Job]) -> None:
        """Begin jobs that take long, before the site's folder is ready; `start` has them again."""
        self.ahead.begin([job for job in jobs if not self.known(job.key)])

    def start(self, jobs: Sequence[Job]) -> None:
        """Begin jobs, the first ones first. Those that have nothing to do are done at once."""
        self._jobs = jobs
        missing = []
        rows = self.cache.each([job.key for job in jobs])
        for place, (job, row) in enumerate(zip(jobs, rows, strict=True)):
            if job.key in self.ahead:
                continue
            if known := self._standing(row):
                self._done[place] = known
            else:
                missing.append(place)
        if len(missing) >= _WORTH_PROCESSES and _can_fork():
            self._share(missing)

    def known(self, key: str) -> Done | None:
        """What a job made before, if its files are still there."""
        return self._standing(self.cache.get(key))

    def _standing(self, row: Any) -> Done | None:
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
            job = self._jobs[place]
            self._keep(place, self.ahead.take(job.key, self.output) or _made(job, self.output))
        return self._done[place]

    def close(self) -> None:
        """Send the processes home, whatever they had still to do."""
        self.ahead.close()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _share(self, places: list[int]) -> None:
        _crew[:] = [self]
        self._pool = ProcessPoolExecutor(os.cpu_count() or 1, _forking(), _calmly)
        at_once = min(_AT_ONCE, -(-len(places) // 32))  # so that none is left with all the work
        for start in range(0, len(places), at_once):
            some = places[start : start + at_once]
            self._coming |= dict.fromkeys(some, (self._pool.submit(_work, some), some))

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

    def do(self, place: int) -> Done:
        """Do a job."""
        return _made(self._jobs[place], self.output)


def _all_made(jobs: list[Job], output: Output) -> list[Done]:
    return [_made(job, output) for job in jobs]


def _made(job: Job, output: Output) -> Done:
    made = job.make()
    files = {path: output.write(path, content) for path, content in made.files}
    return Done(files, made.note, made.lasting)


_crew: list[Crew] = []


def _calmly() -> None:
    """Look for garbage less often: nearly all goes away by itself, at the end of each page."""
    gc.set_threshold(50_000, 20, 50)


def _work(places: list[int]) -> list[Done]:
    return [_crew[0].do(place) for place in places]


def _forking() -> multiprocessing.context.ForkContext:
    """What forks processes; what this process holds stays shared with them as far as it can."""
    gc.freeze()  # what is there stays; looking through it would copy it into each process
    return multiprocessing.get_context("fork")


def _can_fork() -> bool:
    """Whether processes can be forked safely: elsewhere, or beside threads, they may hang."""
    return sys.platform == "linux" and threading.active_count() == 1
