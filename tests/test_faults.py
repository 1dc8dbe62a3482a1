"""Killed, out of space, not allowed: no file is ever half there, and the message says why."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from dying import MOMENTS
from kzus import files
from kzus.cli import main
from records import TESTS, checked, mini
from site_builder import build, contents, environment, repository, run

PEOPLE = "data/people"
SOURCES = "data/sources/state-department.yaml"
LIMIT = 2_000
# Commands that write one file of the record, and that file.
PERSON = ["new", "person", "name=Aliya Example", "country=KZ", f"facts={'She works. ' * 100}"]
PERSON += ["sources=state"]
CITE = ["cite", "https://example.org/a", "--publisher", "department", "--title", "A" * 250]
CITE += ["--date", "2016", "--kind", "press", "--language", "en"]
WRITERS = {"new": (PERSON, f"{PEOPLE}/aliya-example.yaml"), "cite": (CITE, SOURCES)}
WRITERS["fmt"] = (["fmt", f"{PEOPLE}/john-kerry.yaml"], f"{PEOPLE}/john-kerry.yaml")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def start(repo: Path, *command: str) -> subprocess.Popen[bytes]:
    program = str(Path(sys.executable).with_name(command[0]))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(
        [program, *command[1:]], cwd=repo, env=environment(repo), start_new_session=True, **quiet
    )


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> None:
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@posix
def test_killed_build_leaves_whole_files_and_the_next_mends_all(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    begin = time.monotonic()
    whole = contents(build(repo, "whole"))
    length = time.monotonic() - begin
    moments = random.Random(5)  # noqa: S311 - no secret
    for _ in range(4):
        shutil.rmtree(repo / "site", ignore_errors=True)
        (repo / "cache.sqlite").unlink(missing_ok=True)
        kill_after(start(repo, "mkdocs", "build", "-q"), length * moments.uniform(0.4, 1.0))
        for name, content in contents(repo / "site").items() if (repo / "site").exists() else ():
            made_here = name.startswith(("events/", "people/", "api/", "data/"))
            if made_here and not Path(name).name.startswith("."):
                assert content == whole[name], name
    assert contents(build(repo)) == whole


@posix
def test_killed_fmt_leaves_each_file_old_or_new(tmp_path: Path) -> None:
    repo = mini(tmp_path)
    old = (repo / PEOPLE / "john-kerry.yaml").read_bytes().replace(b"name:", b"name:    ")
    for number in range(300):
        (repo / PEOPLE / f"person-{number}.yaml").write_bytes(old)
    done = shutil.copytree(repo, tmp_path / "done")
    assert run(done, "kzus", "fmt").returncode == 0
    new = (done / PEOPLE / "person-0.yaml").read_bytes()
    assert new != old
    process = start(repo, "kzus", "fmt")
    while process.poll() is None and (repo / PEOPLE / "person-20.yaml").read_bytes() == old:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    found = {(repo / PEOPLE / f"person-{number}.yaml").read_bytes() for number in range(300)}
    assert found == {old, new}
    assert run(repo, "kzus", "fmt").returncode == 0
    assert run(repo, "kzus", "check").returncode in (0, 1)


def unformed(root: Path) -> Path:
    """A miniature record in which a person's file is not in canonical form."""
    path = mini(root) / WRITERS["fmt"][1]
    path.write_bytes(path.read_bytes().replace(b"name:", b"name:    ") + b"# end\n")
    return root


def state(root: Path) -> dict[str, bytes]:
    """The files that the record consists of; what lies aside does not belong to it."""
    return {k: v for k, v in contents(root / "data").items() if "/." not in f"/{k}"}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", WRITERS)
def test_death_while_writing_leaves_the_old_file_or_the_new(
    tmp_path: Path, name: str, moment: str
) -> None:
    command, path = WRITERS[name]
    root, done = unformed(tmp_path / "a"), unformed(tmp_path / "b")
    old = state(root)
    assert run(done, "kzus", *command).returncode == 0
    new = state(done)
    assert {f"data/{key}" for key in new if new[key] != old.get(key)} == {path}
    dying = [sys.executable, str(TESTS / "dying.py"), moment, *command]
    died = subprocess.run(dying, cwd=root, env=environment(root), capture_output=True, check=False)
    assert died.returncode == 9, died.stderr
    assert state(root) == (new if moment == "after" else old)
    # What lies aside is no part of the record, and in nobody's way.
    assert checked(root)[1] == checked(done if moment == "after" else unformed(tmp_path / "c"))[1]
    again = run(root, "kzus", *command).returncode
    assert bool(again) == (moment == "after" and name != "fmt")  # it is there already


@pytest.fixture
def powerless() -> Iterator[Path]:
    """An unformed record of which this process may write nothing."""
    if sys.platform == "win32":
        pytest.skip("rights of POSIX")
    with tempfile.TemporaryDirectory() as folder:
        root, me = unformed(Path(folder) / "record"), os.geteuid()
        for path in (root.parent, root, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        if me:
            for path in root.rglob("*"):
                path.chmod(0o555 if path.is_dir() else 0o444)
        else:
            os.seteuid(65534)
        yield root
        os.seteuid(me)
        for path in root.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("name", WRITERS)
def test_read_only_record_is_told_and_left_as_it_is(
    powerless: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    command, path = WRITERS[name]
    before = contents(powerless / "data")
    monkeypatch.chdir(powerless)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert path in result.output
    assert os.strerror(errno.EACCES) in result.output
    assert contents(powerless / "data") == before


@posix
@pytest.mark.parametrize("name", WRITERS)
def test_full_disk_is_told_and_leaves_the_record_as_it_is(tmp_path: Path, name: str) -> None:
    command, path = WRITERS[name]
    root = unformed(tmp_path)
    before = contents(root / "data")
    done = limited(root, ["kzus", *command], 100)
    assert done.returncode == 1
    assert path in done.stderr
    assert os.strerror(errno.EFBIG) in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(root / "data") == before


def full(limit: int) -> None:
    """No file of this process may grow over the limit: what a full disk looks like."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def limited(root: Path, command: list[str], limit: int) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name(command[0]))
    # The measuring of coverage would write a file, too, and complain that it cannot.
    measuring = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
    return subprocess.run(
        [program, *command[1:]],
        cwd=root,
        env={k: v for k, v in environment(root).items() if k not in measuring},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: full(limit),
    )


@posix
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["mkdocs", "build", "-q"], "a file cannot be read or written"),
        (["kzus", "export", "out"], "the folder for temporary files"),  # where the database is made
        (["kzus", "pages", "out"], os.strerror(errno.EFBIG)),
    ],
    ids=["build", "export", "pages"],
)
def test_full_disk_ends_with_a_message(tmp_path: Path, command: list[str], words: str) -> None:
    repo = repository(tmp_path / "repo")
    done = limited(repo, command, LIMIT)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((repo / "out").rglob("SHA256SUMS"))


def test_full_disk_loses_nothing_of_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "record.yaml"
    target.write_text("old\n")

    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="No space left"):
        files.write_whole(target, b"new\n")
    assert target.read_text() == "old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["record.yaml"]


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a folder nobody can write")
@pytest.mark.parametrize("command", ["export", "pages"])
def test_folder_that_cannot_be_written(tmp_path: Path, command: str) -> None:
    repo = repository(tmp_path / "repo")
    done = run(repo, "kzus", command, "/proc/nowhere/out")
    assert done.returncode == 1
    assert "/proc/nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_file_where_a_folder_must_be(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    (repo / "out").write_text("x")
    assert run(repo, "kzus", "export", "out").returncode == 2
    assert (repo / "out").read_text() == "x"
