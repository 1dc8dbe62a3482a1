"""What all exports share: the declaration of a file, its bytes, and lasting names."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..dataset import Dataset
from ..dates import Date
from ..edition import Edition
from ..model.records import Entry
from ..views.refs import path_of

NAME = "The open record of Kazakhstan-United States relations"
LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"
# Names made from this never change; they do not depend on where the site stands.
_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "kzus")

Files = Iterator[tuple[str, bytes]]
OneFile = Callable[[Dataset, Edition, Any], bytes]

_MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "sqlite": "application/vnd.sqlite3",
    "ics": "text/calendar",
    "xml": "application/atom+xml",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "txt": "text/plain",
}


@dataclass(frozen=True)
class Export:
    """A published file or a family of files.

    `path` is the address below the site's root; of a family, a pattern such as
    ``api/v1/events/{id}.json``. `files` yields (path, bytes). Where each entry of a `kind` has a
    file that shows no more than its page, `one` makes that file alone. Exports with the same
    `group` are made by one process, since they rest on the same work or are small. Those without
    `words` show nothing of what facts say. The media type follows from the path's ending where
    `special_type` gives none.
    """

    path: str
    title: str
    files: Callable[[Dataset, Edition], Files]
    special_type: str = ""
    about: str = ""
    kind: str = ""
    one: OneFile | None = None
    group: str = ""
    words: bool = False

    @property
    def description(self) -> str:
        """One sentence for the page on data: `about`, or the first line on the function."""
        return self.about or (self.files.__doc__ or "").split("\n")[0]

    @property
    def whole(self) -> str:
        """The file that holds all there is of it; ``""`` where there are only parts."""
        path = re.sub(r"\{/\w+\}", "", self.path)
        return "" if "{" in path else path

    @property
    def media_type(self) -> str:
        """The type under which the files are served."""
        return self.special_type or _MEDIA_TYPES[self.path.rpartition(".")[2]]


def json_bytes(value: Any) -> bytes:
    """JSON for people to read, too: UTF-8, keys in the order given, one line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def days(value: Date) -> tuple[str | None, str | None]:
    """The first and the last day that a date can mean; ``None`` where it is open."""
    return (
        value.first.isoformat() if value.begin else None,
        value.last.isoformat() if value.end else None,
    )


def address(edition: Edition, path: str) -> str:
    """The address of a file of the site; below the root while the site's place is not known."""
    return f"{edition.site_url.rstrip('/')}/{quote(path, safe='/?=#')}"


def page(entry: Entry) -> str:
    """The page of an entry below the root: ``events/<id>/``, perhaps with an anchor or query."""
    path = path_of(entry)
    stem = re.split("[?#]", path)[0]
    return stem.removesuffix(".md").removesuffix("index").rstrip("/") + "/" + path[len(stem) :]


def name(*parts: str) -> str:
    """A name of a thing as a UUID (RFC 9562, version 5), the same in all editions."""
    return str(uuid.uuid5(_NAMES, "/".join(parts)))
