"""What a checkout knows about itself: its day, its past, its address.

All of it comes from the commit or the environment, so that one commit makes one site.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from . import __version__
from .dataset import Key

_SSH = re.compile(r"^(?:ssh://)?(?:[^/@]+@)([\w.-]+)(?::\d+/|[:/])(.+)$")
_HTTP = re.compile(r"^https?://(?:[^/@]*@)?([\w.-]+(?::\d+)?)/(.+)$")
_LINE = re.compile(r":data/(?:(sources)/[^:]+:  |([a-z]+)\.yaml:)([a-z0-9-]+):$")
_RECORD = re.compile(r"^data/([a-z]+)/(?:[^/]+/)*([a-z0-9-]+)\.yaml$")


@dataclass(frozen=True)
class Revision:
    """A commit that touched the record, with the files that it changed, before and after."""

    commit: str
    day: date
    files: int
    before: tuple[tuple[str, bytes], ...] = ()
    after: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Edition:
    """What a page or file may say of the edition that it belongs to. No clock, no machine."""

    version: str = __version__
    site_url: str = ""
    repository: str = ""
    branch: str = "main"
    revisions: tuple[Revision, ...] = field(default=(), repr=False)

    def edit_url(self, path: str) -> str | None:
        """Where a file can be edited on the web, if the repository's address is known."""
        return self._at("edit", path)

    def _at(self, view: str, path: str) -> str | None:
        if not self.repository:
            return None
        return f"{self.repository}/{view}/{quote(self.branch)}/{quote(path)}"


@dataclass(frozen=True)
class Checkout:
    """A folder with the repository, perhaps under git."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def git(self, *arguments: str) -> str | None:
        """What a git command prints, or ``None`` where git, repository or revision are missing."""
        command = ["git", "-C", str(self.root), *arguments]
        try:
            done = subprocess.run(command, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        return done.stdout.decode("utf-8", "replace").strip()

    def today(self) -> date | None:
        """The day of the edition (UTC): SOURCE_DATE_EPOCH, else that of the newest commit.

        Raises:
            ValueError: SOURCE_DATE_EPOCH is no number of seconds.
        """
        stamp = self.environment.get("SOURCE_DATE_EPOCH") or self.git("log", "-1", "--format=%ct")
        return datetime.fromtimestamp(int(stamp), UTC).date() if stamp else None

    def previous(self, revision: str = "HEAD") -> frozenset[Key] | None:
        """The keys of the entries of a revision, or ``None`` where it cannot be read."""
        if revision.startswith("-"):  # git would take it for an option
            return None
        commit = self.git("rev-parse", "--verify", f"{revision}^{{commit}}")
        return _entries(self.root, commit) if commit else None

    def edition(self, site_url: str = "") -> Edition:
        """The edition that this checkout makes."""
        return Edition(__version__, site_url, self.repository())

    def repository(self) -> str:
        """The repository's web address, without credentials; ``""`` if there is none."""
        server, name = (
            self.environment.get(key) for key in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY")
        )
        if server and name:
            return f"{server}/{name}"
        remote = self.git("remote", "get-url", "origin") or ""
        match = _HTTP.match(remote) or _SSH.match(remote)
        if not match:
            return ""
        return f"https://{match[1]}/{match[2].rstrip('/').removesuffix('.git')}"


@lru_cache(maxsize=2)  # a preview asks again at each edit
def _entries(root: Path, commit: str) -> frozenset[Key]:
    """The keys of the entries of a commit: by name of file or, in tables and sources, by line."""
    git = Checkout(root).git
    listed = git("ls-tree", "-r", "-z", "--name-only", commit, "--", "data") or ""
    records = (_RECORD.match(path) for path in listed.split("\0"))
    keys = ((match[1], match[2]) for match in records if match)
    files = {("publishers" if kind == "sources" else kind, key) for kind, key in keys}
    places = ("data/sources", "data/*.yaml")
    lines = git("grep", "-E", "^(  )?[a-z0-9-]+:$", commit, "--", *places) or ""
    found = (_LINE.search(line) for line in lines.splitlines())
    return frozenset(files | {(match[1] or match[2], match[3]) for match in found if match})
