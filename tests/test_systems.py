"""What holds on Windows and macOS too, as far as one system can show it of another."""

from __future__ import annotations

import ntpath
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from kzus import loader
from kzus.edition import Edition
from kzus.exports import files
from records import checked, mini, write
from site_builder import ROOT, environment, repository

# Words that Windows keeps for devices, whatever comes after a dot.
DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"
KAZAKH = "Қазақстан"


def kzus(root: Path, *command: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    strict = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning"]
    program = [sys.executable, *strict, "-c", "from kzus.cli import main; main()", *command]
    env = environment(root, **more)
    return subprocess.run(program, cwd=root, env=env, capture_output=True, check=False)


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode().rstrip("\0").split("\0")


def unfit(paths: list[str]) -> list[str]:
    """Paths that a file system without regard for case, or Windows, cannot hold beside others."""
    low = [path.lower() for path in paths]
    twice = [path for path in paths if low.count(path.lower()) > 1]
    return twice + [
        path
        for path in paths
        if len(path) > 150
        or any(c in path or ord(c) < 32 for c in '<>:"|?*\\')
        or any(part.endswith((".", " ")) for part in path.split("/"))
        or any(part.partition(".")[0].lower() in DEVICES for part in path.split("/"))
    ]


def test_names_of_files_fit_every_system() -> None:
    assert unfit(tracked()) == []
    assert unfit(["a/b.md", "A/b.md", "data/aux.yaml", "x:y"]) != []


def test_names_of_exports_fit_every_system(mini: Path) -> None:
    paths = [path for path, _ in files(checked(mini)[0], Edition())]
    assert unfit(paths) == []


@pytest.mark.parametrize(
    "command",
    [["check"], ["fmt", "--check"], ["export", "out"], ["schema", "out.json"], ["pages", "out"]],
    ids=" ".join,
)
def test_no_command_reads_or_writes_in_the_systems_encoding(
    tmp_path: Path, command: list[str]
) -> None:
    done = kzus(repository(tmp_path), *command)
    assert b"EncodingWarning" not in done.stderr
    assert done.returncode in (0, 1, 2)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_output_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path, encoding: str) -> None:
    root = mini(tmp_path)
    write(root, EVENT, (root / EVENT).read_bytes() + f"{KAZAKH}: x\n".encode())
    for form in ("text", "github"):
        done = kzus(root, "check", "--format", form, PYTHONIOENCODING=encoding)
        assert KAZAKH in done.stdout.decode("utf-8"), done.stderr


def test_paths_of_windows_are_told_with_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    root = PureWindowsPath("C:/record")
    below = {"data": (["events"], ["places.yaml"]), "data\\events": ([], ["2015-11-02-x.yaml"])}
    found = [(f"C:\\record\\{folder}", *names) for folder, names in below.items()]
    with monkeypatch.context() as windows:
        windows.setattr(os, "walk", lambda _: iter(found))
        windows.setattr(os, "path", ntpath)
        windows.setattr(os, "sep", "\\")
        paths = loader.data_files(root)  # type: ignore[arg-type]
    assert paths == ["data/events/2015-11-02-x.yaml", "data/places.yaml"]


def test_newlines_of_the_system_reach_no_file() -> None:
    """Text is written as bytes or with its newline named: a text mode would write CRLF."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "scripts/kzus").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ("write_text(" in line and "newline=" not in line) or "os.linesep" in line
    ]
    assert found == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_newlines_and_a_byte_order_mark_mean_the_same(
    tmp_path: Path, newline: str, mark: str
) -> None:
    expected = checked(mini(tmp_path / "a"))
    root = mini(tmp_path / "b")
    for path in (root / "data").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_bytes((mark + text.replace("\n", newline)).encode())
    dataset, problems = checked(root)
    assert problems == expected[1]
    assert dataset.events == expected[0].events
    assert dataset.sources == expected[0].sources
