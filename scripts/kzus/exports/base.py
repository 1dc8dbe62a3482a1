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
from ..edition import Edition
from ..model.records import Entry
from ..views.refs import path_of

NAME = "The open record of Kazakhstan-United States relations"
LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"
# Names made from this never change; they do not depend on where the site stands.
_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "kzus")

Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True)
class Export:
    """A published file or a family of files.

    `path` is the address below the site's root; of a family, a pattern such as
    ``api/v1/events/{id}.json``. `files` yields (path, bytes).
    """

    path: str
    title: str
    description: str
    media_type: str
    files: Callable[[Dataset, Edition], Files]


def json_bytes(value: Any) -> bytes:
    """JSON for people to read, too: UTF-8, keys in the order given, one line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


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
