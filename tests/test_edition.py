"""What a checkout knows about itself."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from kzus.edition import Checkout, Edition
from records import checked


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@b.c"]
    env = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_COMMITTER_DATE": "2016-12-31T23:30:00-02:00"}
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, env=env)


@pytest.fixture
def repository(mini: Path) -> Path:
    git(mini, "init", "-q")
    git(mini, "add", ".")
    git(mini, "commit", "-qm", "x")
    return mini


def test_day_is_that_of_the_commit_in_utc(repository: Path) -> None:
    assert Checkout(repository, {}).today() == date(2017, 1, 1)
    assert Checkout(repository, {"SOURCE_DATE_EPOCH": "86400"}).today() == date(1970, 1, 2)


def test_outside_git(mini: Path) -> None:
    checkout = Checkout(mini, {})
    assert (checkout.today(), checkout.previous(), checkout.repository()) == (None, None, "")


def test_without_the_program(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert Checkout(mini, {}).today() is None


def test_previous_is_every_key(repository: Path) -> None:
    """What git tells by paths and lines is what the loader reads."""
    assert Checkout(repository, {}).previous() == frozenset(checked(repository)[0].files)


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/someone/record.git", "https://github.com/someone/record"),
        ("https://user:secret@github.com/someone/record", "https://github.com/someone/record"),
        ("git@github.com:someone/record.git", "https://github.com/someone/record"),
        ("ssh://git@github.com:22/someone/record.git/", "https://github.com/someone/record"),
        ("../elsewhere", ""),
        ("/srv/git/record.git", ""),
    ],
)
def test_address(repository: Path, remote: str, address: str) -> None:
    git(repository, "remote", "add", "origin", remote)
    assert Checkout(repository, {}).edition("https://site").repository == address


def test_address_in_github_actions(mini: Path) -> None:
    names = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "a/b"}
    edition = Checkout(mini, names).edition()
    assert edition.edit_url("data/é.yaml") == "https://github.com/a/b/edit/main/data/%C3%A9.yaml"
    assert Edition().edit_url("x") is None
