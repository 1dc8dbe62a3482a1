"""Ask the addresses of all sources whether they still answer; report in Markdown, by publisher.

    python scripts/check_links.py [--limit N] > links.md

For an address that does not answer, the archive's nearest copy is proposed (the Wayback Machine's
availability API), to be written as `archived_url`. Always ends with 0: links die by themselves,
and nobody's change should wait for them. One request at a time for each host, a second apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, urlsplit

from kzus.dataset import Dataset
from kzus.loader import load
from kzus.model.records import Source

AGENT = "kzus link check (once a week, one request a second)"
ARCHIVE = "https://archive.org/wayback/available?url="
# Answers of servers that turn away programs but serve readers: no reason to call a link dead.
GUARDED = (401, 403, 405, 406, 429, 503)
Opener = Callable[[urllib.request.Request], tuple[int, bytes]]


@dataclass(frozen=True)
class Answer:
    """What an address said: `state` is ok, guarded, gone or unreachable."""

    source: Source
    state: str
    words: str
    archived: str = ""


def opened(request: urllib.request.Request) -> tuple[int, bytes]:
    """Status and the first bytes of an answer."""
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - http(s) by the model
        return answer.status, answer.read(100_000)


def ask(source: Source, opener: Opener = opened) -> Answer:
    """Ask one address."""
    try:
        status, _ = opener(urllib.request.Request(source.url, headers={"User-Agent": AGENT}))  # noqa: S310
    except urllib.error.HTTPError as error:
        state = "guarded" if error.code in GUARDED else "gone"
        return Answer(source, state, f"answers {error.code}")
    except (OSError, ValueError) as error:
        return Answer(source, "unreachable", f"does not answer: {type(error).__name__}")
    return Answer(source, "ok", f"answers {status}")


def archived(url: str, opener: Opener = opened) -> str:
    """The address of the archive's nearest copy, or nothing."""
    try:
        _, body = opener(urllib.request.Request(ARCHIVE + quote(url, safe="")))  # noqa: S310
        found = json.loads(body)["archived_snapshots"]["closest"]["url"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return str(found).replace("http://", "https://", 1)


def of_host(sources: Iterable[Source], opener: Opener = opened, pause: float = 1) -> list[Answer]:
    """Ask the addresses of one host, one after the other."""
    answers = []
    for source in sources:
        answer = ask(source, opener)
        if answer.state in ("gone", "unreachable") and not source.archived_url:
            copy = archived(source.url, opener)
            answer = Answer(source, answer.state, answer.words, copy)
        answers.append(answer)
        time.sleep(pause)
    return answers


def report(dataset: Dataset, answers: Iterable[Answer]) -> str:
    """Write answers as Markdown, those that need work by publisher."""
    counts: dict[str, int] = {}
    bad: list[Answer] = []
    for answer in answers:
        counts[answer.state] = counts.get(answer.state, 0) + 1
        if answer.state in ("gone", "unreachable"):
            bad.append(answer)
    summary = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    return "\n".join(["# Links of sources", "", f"{summary or 'none'}.", *_groups(dataset, bad)])


def _groups(dataset: Dataset, bad: list[Answer]) -> Iterator[str]:
    bad.sort(key=lambda answer: (answer.source.publisher, answer.source.id))
    for publisher, group in groupby(bad, key=lambda answer: answer.source.publisher):
        yield f"\n## {dataset.publishers[publisher].name}\n\n`data/sources/{publisher}.yaml`\n"
        for answer in group:
            yield f"- `{answer.source.id}` {answer.words}: <{answer.source.url}>"
            if answer.source.archived_url:
                yield "    - an archived copy is named already"
            elif answer.archived:
                yield f"    - add `archived_url: {answer.archived}`"


def main() -> None:
    """Ask all, hosts side by side."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--limit", type=int, help="ask only so many")
    limit = parser.parse_args().limit
    dataset, _ = load(Path.cwd(), as_of=date.max)
    hosts: dict[str, list[Source]] = {}
    for source in list(dataset.sources.values())[:limit]:
        hosts.setdefault(urlsplit(source.url).hostname or "", []).append(source)
    with ThreadPoolExecutor(16) as pool:
        answers = [answer for found in pool.map(of_host, hosts.values()) for answer in found]
    sys.stdout.write(report(dataset, answers) + "\n")


if __name__ == "__main__":
    main()
