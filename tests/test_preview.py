"""The preview: `mkdocs serve --dirty` shows edits, survives a broken record and recovers."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from site_builder import environment, repository

EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"
PATIENCE = 90


class Preview:
    """A running preview of a repository."""

    def __init__(self, repo: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "-a", f"127.0.0.1:{port}"]
        self.process = subprocess.Popen(
            command, cwd=repo, env=environment(repo), stderr=subprocess.PIPE, text=True
        )
        self.address = f"http://127.0.0.1:{port}/"
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.said.append(line)

    def page(self, path: str) -> str:
        try:
            url = self.address + path
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode())
        except OSError:
            return ""

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self.process.poll() is None, "".join(self.said)
            assert time.monotonic() < end, "".join(self.said[-30:])
            time.sleep(0.1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    running = Preview(repository(tmp_path / "repo"))
    yield running
    running.stop()
    assert running.process.stderr
    running.process.stderr.close()


def test_an_edit_a_mistake_and_its_mending_are_shown(preview: Preview, tmp_path: Path) -> None:
    file = tmp_path / "repo" / EVENT
    good = file.read_text()
    page = "events/2015-11-02-kerry-astana/"
    preview.until(lambda: "2 November 2015" in preview.page(page))
    assert "A 'dirty' build" not in "".join(preview.said)

    file.write_text(good.replace("title: ", "title: Edited "))
    preview.until(lambda: "Edited " in preview.page(page))
    first = _without_reloading(preview.page(page))
    assert "Edited " in preview.page("timeline/")
    assert _without_reloading(preview.page(page)) == first  # as the whole build makes it
    assert "Edited " in preview.page("search/search_index.json")

    file.write_text(good.replace("title: ", "titel: "))
    preview.until(lambda: "unknown key titel" in preview.page("about/"))
    assert f"{EVENT}:1:1: error unknown-key" in "".join(preview.said)
    assert "hint: did you mean title?" in preview.page("about/")
    assert "Edited " in preview.page(page)  # as it was when it could last be read
    assert "unknown key titel" in preview.page(page)

    file.write_text("title: [\n")
    preview.until(lambda: "yaml-syntax" in preview.page(page))
    assert "Edited " in preview.page(page)

    file.write_text(good)
    preview.until(lambda: "2 November 2015" in preview.page(page))
    assert "unknown key titel" not in preview.page("about/")
    assert "Traceback" not in "".join(preview.said)


def _without_reloading(html: str) -> str:
    """A page without the numbers in the script by which MkDocs reloads it."""
    return re.sub(r"livereload\([0-9]+, [0-9]+\);", "", html)


def test_a_broken_template_is_named_and_mended(preview: Preview, tmp_path: Path) -> None:
    file = tmp_path / "repo/docs/templates/event.md"
    good = file.read_text()
    preview.until(lambda: "2 November 2015" in preview.page("events/2015-11-02-kerry-astana/"))
    file.write_text(good.replace("entry.title", "entry.titel", 1))
    preview.until(lambda: "docs/templates/event.md" in "".join(preview.said))
    file.write_text(good + "\nMended.\n")
    preview.until(lambda: "Mended." in preview.page("events/2015-11-02-kerry-astana/"))
