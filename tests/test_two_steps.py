"""An edit in the preview is shown in two steps: what is looked at, then all the rest."""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import Any

import pytest

from kzus.site.preview import TwoSteps

PAGE = "events/2015-11-02-kerry-astana/"
WAIT = 10


class Builder:
    """A whole build that lasts until it is let go, and a first step that makes one page."""

    def __init__(self, *made: str) -> None:
        self.made, self.opened = made, [frozenset[str]()]
        self.go, self.whole = threading.Event(), 0

    def build(self) -> None:
        assert self.go.wait(WAIT)
        self.whole += 1

    def first(self, opened: Collection[str]) -> Collection[str]:
        self.opened.append(frozenset(opened))
        return self.made

    def steps(self) -> TwoSteps:
        return TwoSteps(self.build, self.first, "/record/")


def ask(steps: TwoSteps, path: str, referer: str = "") -> list[bytes]:
    """What the server answers; an empty list while it holds the request back."""
    found: list[bytes] = []
    app = steps.holding(lambda *_: [b"served"])

    def request() -> None:
        found.extend(app({"PATH_INFO": path, "HTTP_REFERER": referer}, lambda *_: None))

    asking = threading.Thread(target=request, daemon=True)
    asking.start()
    asking.join(0.3)
    return found


def test_what_was_made_first_is_served_while_the_rest_is_held_back() -> None:
    builder = Builder(PAGE)
    steps = builder.steps()
    steps.build()
    assert builder.whole == 0
    for path in (PAGE, f"{PAGE}index.html", "assets/base.css", "livereload/1/2"):
        mount = "/" if path.startswith("livereload") else "/record/"
        assert ask(steps, mount + path) == [b"served"]
    held: list[Any] = [ask(steps, f"/record/{path}") for path in ("timeline/", "search/x.json")]
    assert held == [[], []]
    builder.go.set()
    steps.finish()
    assert builder.whole == 1
    assert ask(steps, "/record/timeline/") == [b"served"]


def test_open_pages_are_made_first_and_others_are_forgotten() -> None:
    builder = Builder(PAGE)
    steps = builder.steps()
    builder.go.set()
    ask(steps, "/livereload/1/2", f"http://localhost:8000/record/{PAGE}")
    steps.build()
    steps.build()
    assert builder.opened[1:] == [{PAGE}, frozenset()]
    steps.finish()
    assert builder.whole == 2


@pytest.mark.parametrize(("made", "opened"), [((PAGE,), "timeline/"), ((), PAGE)])
def test_a_whole_build_comes_first_where_the_first_step_is_not_enough(
    made: tuple[str, ...], opened: str
) -> None:
    builder = Builder(*made)
    steps = builder.steps()
    builder.go.set()
    ask(steps, "/livereload/1/2", f"http://localhost:8000/record/{opened}")
    steps.build()
    assert builder.whole == 1


def test_files_are_not_looked_at_while_pages_are_made(tmp_path: Any) -> None:
    (tmp_path / "a.yaml").touch()
    builder = Builder(PAGE)
    steps = builder.steps()
    names: list[str] = []
    steps.build()
    looking = threading.Thread(
        target=lambda: names.extend(found.name for found in steps.listed(str(tmp_path)))
    )
    looking.start()
    looking.join(0.2)
    assert not names
    builder.go.set()
    looking.join(WAIT)
    assert names == ["a.yaml"]


@pytest.mark.parametrize("error", [SystemExit(1), OSError("no space left")])
def test_a_failure_behind_is_told_and_ends_the_waiting(
    error: BaseException, caplog: pytest.LogCaptureFixture, tmp_path: Any
) -> None:
    def fail() -> None:
        raise error

    steps = TwoSteps(fail, lambda _: [PAGE], "/")
    steps.build()
    steps.finish()
    assert f"the site could not be made: {error}" in caplog.text
    assert list(steps.listed(str(tmp_path))) == []
    assert ask(steps, "/timeline/") == [b"served"]


def test_a_failure_in_front_ends_the_waiting(tmp_path: Any) -> None:
    def fail() -> None:
        raise OSError

    steps = TwoSteps(fail, lambda _: [], "/")
    with pytest.raises(OSError):  # noqa: PT011 - the very error of the build
        steps.build()
    assert list(steps.listed(str(tmp_path))) == []
