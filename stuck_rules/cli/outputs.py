"""Which reports a scan gives and where they go: stdout, or files that are written in one step."""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Callable
from pathlib import Path

from stuck_rules.cli.console import Console, file_style
from stuck_rules.errors import UsageError
from stuck_rules.placing import put
from stuck_rules.reporters import FORMATS, Format
from stuck_rules.reporters.base import Style, one_line
from stuck_rules.values import dataclass

_CODE = (".py", ".pyi", ".ipynb")


@dataclass(frozen=True, slots=True)
class Output:
    """One report: its format, and the absolute path of its file, None for stdout."""

    form: Format
    file: str | None = None


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """`--output-format`, `--output-file` and `--output`."""
    parser.add_argument(
        "--output-format", choices=list(FORMATS), help="how to report (default: full)"
    )
    parser.add_argument(
        "--output-file", metavar="FILE", help="write the report there, - for stdout"
    )
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT[=FILE]",
        help="one of several reports; may be repeated",
    )


def read_outputs(arguments: argparse.Namespace, cwd: Path, default: Format) -> tuple[Output, ...]:
    """The reports that the options ask for, each with a place of its own.

    `default` is the format of the settings, which `--output-format` is one of.
    Raises UsageError for what could not be written later, before anything is checked.
    """
    asked: list[tuple[str, str]] = []
    file = arguments.output_file
    if arguments.output_format or file is not None or not arguments.output:
        asked.append((default.name, "-" if file is None else file))
    for text in arguments.output:
        form, _, file = text.partition("=")
        if form not in FORMATS:
            known = ", ".join(FORMATS)
            raise UsageError.at(f"--output {text}: no format {form!r}; there are {known}")
        if text.endswith("="):
            raise UsageError.at(f"--output {text}: a file is missing behind '='")
        asked.append((form, file or "-"))
    outputs = tuple(
        Output(FORMATS[form], None if file == "-" else _target(file, cwd)) for form, file in asked
    )
    _refuse_twins(outputs)
    return outputs


def _target(name: str, cwd: Path) -> str:
    """Where a file will really be; raises UsageError where it cannot be or must not."""
    if not name:
        raise UsageError.at("the report cannot be written: the name of its file is empty")
    if _is_device(cwd / name):
        # What such a link leads to may have no name that can be opened.
        return os.path.abspath(cwd / name)
    target = os.path.realpath(cwd / name)
    folder = os.path.dirname(target)
    if os.path.isdir(target):
        raise UsageError.at("the report cannot be written: that is a folder", name)
    if not os.path.isdir(folder):
        raise UsageError.at("the report cannot be written: its folder does not exist", name)
    if os.path.exists(target) and target.endswith(_CODE):
        raise UsageError.at("the report is not written: that is code, and would be lost", name)
    return target


def _is_device(path: Path) -> bool:
    """Whether something is there that is neither a file nor a folder."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _refuse_twins(outputs: tuple[Output, ...]) -> None:
    seen: dict[str | None, Output] = {}
    for output in outputs:
        other = seen.setdefault(output.file, output)
        if other is not output:
            place = "stdout" if output.file is None else output.file
            pair = f"{other.form.name} and {output.form.name}"
            raise UsageError.at(f"two reports go to {place}: {pair}; give one another file")


def refuse_inputs(outputs: tuple[Output, ...], inputs: list[Path]) -> None:
    """Raise UsageError where a report would overwrite one of the files that a scan reads."""
    kept = {os.path.realpath(path) for path in inputs}
    for output in outputs:
        if output.file in kept:
            raise UsageError.at(f"the report is not written: {output.file} is read by the scan")


def give_report(
    output: Output, render: Callable[[Style], str], console: Console, color: str
) -> bool:
    """Print or write one report; whether it could be written, which is told where not."""
    if output.file is None:
        console.print(render(console.style(color)))
        return True
    try:
        write_report(output.file, render(file_style(color)))
    except OSError as error:
        told = f"{output.file}: the report could not be written: {error.strerror or error}"
        console.note(f"stuck-rules: {one_line(told)}")
        return False
    return True


def write_report(file: str, text: str) -> None:
    """Put a text in the place of a file, whole or not at all; raises OSError.

    A pipe or device is written to as it is. The mode of a file that is there is kept.
    """
    put(file, text.encode("utf-8", "backslashreplace"))
