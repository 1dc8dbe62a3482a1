"""Draws Vega-Lite specifications in a process of its own.

The library carries a whole JavaScript engine, which takes more memory than a small record.
Run as a program, with a version of Vega-Lite, this file answers each line of JSON, a specification,
with one: the drawing, or what is wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
import weakref


class Vega:
    """Draws specifications by a version of Vega-Lite.

    Its process begins with the first, unless it was begun before, and ends with this object.
    """

    process: subprocess.Popen[str] | None = None

    def __init__(self, version: str) -> None:
        self._version = version

    def begin(self) -> None:
        """Begin the process, which takes a while to be ready."""
        self.process = _begun(self._version)
        weakref.finalize(self, _end, self.process)

    def svg(self, spec: str) -> str:
        """A specification as SVG.

        Raises:
            ValueError: it cannot be drawn.
        """
        if self.process is None:
            self.begin()
        try:
            drawn, fault = json.loads(_asked(self.process, json.dumps(spec)))
        except (OSError, ValueError):  # no pipe any more, or no answer
            drawn, fault = "", "its process has ended"
        if fault:
            raise ValueError(f"the chart cannot be drawn: {fault}")
        return str(drawn)


def _begun(version: str) -> subprocess.Popen[str]:
    command, pipe = [sys.executable, "-X", "utf8", "-P", __file__, version], subprocess.PIPE
    return subprocess.Popen(
        command,
        stdin=pipe,
        stdout=pipe,
        encoding="utf-8",
        start_new_session=True,  # a preview's Ctrl-C is not for it
    )


def _asked(process: subprocess.Popen[str] | None, line: str) -> str:
    if not (process and process.stdin and process.stdout):
        raise ValueError("a process with pipes is needed")
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline()


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()  # closes the pipes, and waits


def _answer(spec: str, version: str) -> list[str]:
    import vl_convert  # noqa: PLC0415 - what this process is for

    try:
        return [vl_convert.vegalite_to_svg(spec, vl_version=version), ""]
    except ValueError as error:
        return ["", str(error)]


if __name__ == "__main__":
    _answer('{"mark": "point"}', sys.argv[1])  # the first takes longest
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line), sys.argv[1])), flush=True)
