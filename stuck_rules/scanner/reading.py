"""Files as text: size, encoding, and what keeps one from being read."""

from __future__ import annotations

import io

from stuck_rules.errors import Problem, ProblemKind, SourceError
from stuck_rules.regular import IrregularError, read_regular


def read_bytes(location: str, shown: str) -> bytes:
    """A file's bytes; raises SourceError where it cannot be read."""
    try:
        return read_regular(location)
    except IrregularError:
        message = "cannot be read: no regular file"
        raise SourceError(Problem(ProblemKind.UNREADABLE, message, shown)) from None
    except FileNotFoundError:
        raise SourceError(Problem(ProblemKind.UNREADABLE, "vanished meanwhile", shown)) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise SourceError(Problem(ProblemKind.UNREADABLE, message, shown)) from None


def decode_python(data: bytes, shown: str) -> str:
    """Python source as text, by its byte order mark or coding comment, else UTF-8.

    Raises SourceError with the line where the bytes are no such text, or hold a NUL.
    """
    try:
        text = data.decode(encoding_of(data))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not {error.encoding}: {error.reason} at byte {error.start}"
        raise SourceError(Problem(ProblemKind.ENCODING, message, shown, line=line)) from None
    except (SyntaxError, LookupError) as error:
        message = f"no valid encoding: {error}"
        raise SourceError(Problem(ProblemKind.ENCODING, message, shown, line=1)) from None
    _refuse_nul(data, shown)
    return text


def decode_text(data: bytes, shown: str) -> str:
    """Any other file's text, UTF-8; raises SourceError where it is not."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: {error.reason} at byte {error.start}"
        raise SourceError(Problem(ProblemKind.ENCODING, message, shown, line=line)) from None
    _refuse_nul(data, shown)
    return text


def bytes_of(text: str) -> bytes:
    """A text that is in no file as it would be saved: in the encoding that it names, else UTF-8.

    One that no encoding takes comes back as bytes that cannot be decoded, or not as the same.
    """
    data = text.encode("utf-8", "surrogatepass")
    try:
        return text.encode(encoding_of(data).removesuffix("-sig"))
    except (UnicodeEncodeError, SyntaxError, LookupError):
        return data


def encoding_of(data: bytes) -> str:
    """The encoding of Python source, `utf-8-sig` with a byte order mark or where none is named.

    Raises SyntaxError where a coding comment names none.
    """
    second = data.find(b"\n") + 1
    if b"coding" in data[: data.find(b"\n", second) + 1 or None]:
        import tokenize

        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    return "utf-8-sig"


def _refuse_nul(data: bytes, shown: str) -> None:
    place = data.find(b"\0")
    if place >= 0:
        line = data.count(b"\n", 0, place) + 1
        message = "holds a NUL byte, which Python code cannot"
        raise SourceError(Problem(ProblemKind.ENCODING, message, shown, line=line))
