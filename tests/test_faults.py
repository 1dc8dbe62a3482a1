"""Killed, out of space, not allowed: no file is ever half there, and the message says why."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kzus import files
from records import mini
from site_builder import build, contents, environment, repository, run

PEOPLE = "data/people"
LIMIT = 2_000


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


def full(limit: int) -> None:
    """No file of this process may grow over the limit: what a full disk looks like."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


@pytest.mark.parametrize(
    "command",
    [["mkdocs", "build", "-q"], ["kzus", "export", "out"], ["kzus", "pages", "out"]],
    ids=["build", "export", "pages"],
)
def test_full_disk_ends_with_a_message(tmp_path: Path, command: list[str]) -> None:
    repo = repository(tmp_path / "repo")
    program = str(Path(sys.executable).with_name(command[0]))
    done = subprocess.run(
        [program, *command[1:]],
        cwd=repo,
        env=environment(repo),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: full(LIMIT),
    )
    assert done.returncode != 0
    assert os.strerror(errno.EFBIG) in done.stderr
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
