"""What is remembered between builds, and for how long."""

from __future__ import annotations

from pathlib import Path

from kzus.site.cache import Cache


def used(file: Path, *keys: str) -> list[object]:
    """Ask for keys in a build of their own: the values that were there, which are then kept."""
    cache = Cache(file)
    found = [cache.get(key) for key in keys]
    for key in keys:
        cache.put(key, key)
    cache.save()
    return found


def test_what_one_build_does_not_ask_for_is_there_for_the_next(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    used(file, "page", "shell", "chart")
    used(file, "page", "shell")
    assert used(file, "page", "shell", "chart") == ["page", "shell", "chart"]


def test_what_nobody_asks_for_is_forgotten_once_it_is_the_larger_part(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    for build in ("a", "b", "c"):
        used(file, "always", f"{build}-1", f"{build}-2")
    assert used(file, "always", "a-1", "c-2") == ["always", None, "c-2"]


def test_many_keys_are_answered_in_their_order() -> None:
    cache = Cache()
    for number in range(1200):
        cache.put(str(number), number)
    keys = [str(number) for number in reversed(range(1100, 1300))]
    assert list(cache.each(keys)) == [cache.get(key) for key in keys]
    assert list(cache.each([str(n) for n in range(2000)])) == [*range(1200), *[None] * 800]
