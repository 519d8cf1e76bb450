"""Gitignore-style patterns, with git's own meaning.

Written out rather than taken from a library: imports stay cheap on the way that every run
takes, and a folder can be asked about apart from what is in it, as git does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from stuck_rules.model.rule import PathFilter
from stuck_rules.values import dataclass

# `**/` at a folder's start, `/**` at the end, other stars, one character, a set, an escape.
_TOKEN = re.compile(
    r"""(?P<folders>(?:(?<![^/])\*\*+/)+)
    | (?P<below>(?<![^/])\*\*+\Z)
    | (?P<stars>\*+)
    | (?P<any>\?)
    | \[(?P<set>[!^]?\]?(?:\[:\w+:\]|\\.|[^\]\\])*)\]
    | \\(?P<escaped>.)
    | (?P<broken>[\[\\])
    | (?P<plain>.)""",
    re.DOTALL | re.VERBOSE,
)
_SET_ITEM = re.compile(
    r"\[:(?P<class>\w+):\] | (?P<first>\\.|[^\\]) (?:-(?P<last>\\.|[^\\]))?",
    re.DOTALL | re.VERBOSE,
)
_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\s",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


class _NeverMatchesError(ValueError):
    """Git takes the pattern, but it cannot match anything."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """`include` is false for a pattern with `!`."""

    regex: re.Pattern[str]
    include: bool
    folders_only: bool
    by_name: bool


def applies(paths: PathFilter, relative: str) -> bool:
    """Whether a rule's paths let it look at a file, by its path from the rulebook's folder."""
    if paths.include and not _globs(paths.include).matches(relative):
        return False
    return not _globs(paths.exclude).matches(relative)


def below_folder(glob: str, folder: str) -> str:
    """A glob that is relative to a folder, made relative to what the folder's path starts from."""
    sign = "!" if glob.startswith("!") else ""
    body = glob.removeprefix(sign)
    if folder in ("", ".") or glob.startswith("#"):
        return glob
    literal = re.sub(r"([\\*?\[])", r"\\\1", folder)
    between = "" if "/" in body.rstrip("/") else "**/"
    return f"{sign}/{literal}/{between}{body.lstrip('/')}"


@lru_cache(maxsize=1_000)
def _globs(patterns: tuple[str, ...]) -> Globs:
    return Globs(patterns)


class Globs:
    """Patterns in the order written: the last one that matches decides."""

    def __init__(self, lines: Iterable[str]) -> None:
        patterns = [pattern for line in lines if (pattern := _read(line)) is not None]
        self._patterns = tuple(reversed(patterns))
        self._folders: dict[str, bool] = {"": False}

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def decide(self, path: str) -> bool | None:
        """What the patterns say of this path itself, a folder with `/` at its end.

        None where no pattern matches; the folders above are not looked at.
        """
        is_folder = path.endswith("/")
        path = path.rstrip("/")
        name = path.rpartition("/")[2]
        for pattern in self._patterns:
            if pattern.folders_only and not is_folder:
                continue
            if pattern.regex.fullmatch(name if pattern.by_name else path):
                return pattern.include
        return None

    def matches(self, path: str) -> bool:
        """Whether the patterns match this path or a folder above it."""
        if not self._patterns:
            return False
        return self._holds_folder(_parent(path)) or self.decide(path) is True

    def _holds_folder(self, folder: str) -> bool:
        known = self._folders.get(folder)
        if known is None:
            known = self._holds_folder(_parent(folder)) or self.decide(folder) is True
            self._folders[folder] = known
        return known


def _parent(path: str) -> str:
    head, slash, _ = path.rstrip("/").rpartition("/")
    return head + slash


def _read(line: str) -> _Pattern | None:
    """One line of an ignore file; None for a comment and for what git never matches."""
    text = _without_trailing_spaces(line.removesuffix("\n").removesuffix("\r"))
    if text.startswith("#"):
        return None
    include = not text.startswith("!")
    text = text if include else text[1:]
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    if not text:
        return None
    by_name = "/" not in text
    try:
        regex = re.compile(_translate(text.removeprefix("/")), re.DOTALL)
    except _NeverMatchesError:
        return None
    return _Pattern(regex, include, folders_only, by_name)


def _without_trailing_spaces(text: str) -> str:
    stripped = text.rstrip(" ")
    escapes = len(stripped) - len(stripped.rstrip("\\"))
    return stripped + " " if escapes % 2 and stripped != text else stripped


def _translate(glob: str) -> str:
    """The regular expression of a glob; its time is bounded, whatever stars a stranger wrote.

    Where another star follows, the first place that fits what stands between them is as good
    as any later one, so that none is tried again.
    """
    first, *others = _split(_TOKEN.finditer(glob), lambda token: token.lastgroup == "folders")
    regex = _translate_folders(first)
    for number, part in enumerate(others, start=1):
        way = _translate_folders(part)
        is_last = number == len(others)
        regex += f"(?:.*/)?{way}" if is_last else _first_place(f"(?:.*?/)??{way}", f"f{number}")
    return regex


def _translate_folders(tokens: Sequence[re.Match[str]]) -> str:
    """What stands between two `**/`."""
    names = _split(tokens, lambda token: token[0] == "/")
    return "/".join(_translate_name(name) for name in names)


def _translate_name(tokens: Sequence[re.Match[str]]) -> str:
    """What stands between two slashes."""
    first, *others = _split(tokens, lambda token: token.lastgroup == "stars")
    regex = "".join(map(_translate_token, first))
    for number, part in enumerate(others, start=1):
        piece = "".join(map(_translate_token, part))
        is_last = number == len(others)
        name = f"n{part[0].start()}" if part else ""
        regex += f"[^/]*{piece}" if is_last else _first_place(f"[^/]*?{piece}", name)
    return regex


def _first_place(regex: str, name: str) -> str:
    """The expression without a way back into it; Python 3.10 has no atomic groups."""
    return f"(?=(?P<{name}>{regex}))(?P={name})"


def _split(
    tokens: Iterable[re.Match[str]], is_border: Callable[[re.Match[str]], bool]
) -> list[list[re.Match[str]]]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in tokens:
        if is_border(token):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _translate_token(token: re.Match[str]) -> str:
    text = token[token.lastgroup or 0]
    match token.lastgroup:
        case "below":
            return ".+"
        case "any":
            return "[^/]"
        case "set":
            return _translate_set(text)
        case "broken":
            raise _NeverMatchesError
        case _:
            return re.escape(text)


def _translate_set(text: str) -> str:
    negated = text.startswith(("!", "^"))
    items = "".join(_translate_item(item) for item in _SET_ITEM.finditer(text, int(negated)))
    if not items:
        raise _NeverMatchesError
    return f"[^/{items}]" if negated else f"(?!/)[{items}]"


def _translate_item(item: re.Match[str]) -> str:
    if item["class"]:
        if item["class"] not in _CLASSES:
            raise _NeverMatchesError
        return _CLASSES[item["class"]]
    first, last = (text and text[-1] for text in (item["first"], item["last"]))
    if last is None:
        return re.escape(first)
    return f"{re.escape(first)}-{re.escape(last)}" if first <= last else re.escape(first)
