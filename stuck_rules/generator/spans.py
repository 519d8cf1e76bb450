"""Which code spans can be Python, and which names in them say enough to look for."""

from __future__ import annotations

import builtins
import re

# Endings of file names, which a dotted name must not have.
_FILE = re.compile(
    r"\.(?:py|pyi|md|json|ya?ml|toml|txt|sh|env|jsx?|tsx?|mjs|swift|rs|go|css|html?|sql|log|csv"
    r"|plist|cfg|ini|lock|db|exe|png|jpe?g|svg|xml|ipynb|bat|ps1|java|kt|rb|c|h|cpp|jinja2?)$",
    re.IGNORECASE,
)
_SHELL = re.compile(
    r"(?:sudo|git|pip3?|npm|npx|yarn|pnpm|docker|curl|wget|python3?|pytest|uv|uvx|cargo|go|make|bash"
    r"|sh|cd|ls|rm|cp|mv|cat|grep|rg|sed|awk|ssh|gh|kubectl|terraform|brew|apt|conda|poetry|ruff"
    r"|mypy|export|source|echo|kill|tar|chmod|psql|alembic|node|dotnet|mvn)\s+\S",
)
_SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|JOIN|WHERE)\b")
_DISPLAYS = frozenset({"{}", "[]"})
_CONSTANT = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")

# Methods that many classes have: their name alone says too little.
COMMON_METHODS = frozenset(
    re.findall(
        r"\w+",
        """
        add all any append call clear close commit connect copy count create data debug delete
        do error execute exists extend filter find first format get group id index info init
        insert items join keys list load log lower main map match name next open parse pop post
        print process put query read remove replace reset result run save search select send set
        setup show sort split start stop strip sub submit test type update upper validate value
        values wait warning write
        """,
    )
)
BUILTINS = frozenset(name for name in dir(builtins) if name[0].islower())
# Names of `typing` that newer spellings took the place of.
OLD_TYPES = frozenset(("List", "Dict", "Tuple", "Set", "FrozenSet", "Type", "Optional", "Union"))
TYPES = frozenset(name for name in BUILTINS if isinstance(getattr(builtins, name), type))

# Modules that logs name without importing them, by the names that people give them.
KNOWN_MODULES = frozenset(
    re.findall(
        r"\w+",
        """
        aiohttp boto3 celery click config django flask httpx jax jwt nn np numpy pandas pd pl
        plt polars pydantic pytest redis requests rich scipy settings sklearn sqlalchemy tf
        torch yaml
        """,
    )
)


# Go's packages and C#'s enumerations read as Python, but for their capitals.
_CAPITAL = re.compile(
    r"(?:fmt|strings|strconv|os|time|errors|sync|io)\.[A-Z][a-z]\w*\b.*|\w*Kind\.\w+"
)


def is_other(text: str) -> bool:
    """Whether a span is a path, a flag, a command, a constant, a file or another language."""
    if _CAPITAL.fullmatch(text) and text != "os.PathLike":
        return True
    if text.startswith(("-", "/", "$", "~", "<", "@media", "./", "../")) or "://" in text:
        return True
    bare = re.sub(r"""(['"]).*?\1""", "", text)
    if re.search(r"[\\{}$;/]|=>|->|&&|\|\||::", bare):
        return text not in _DISPLAYS
    is_name = re.fullmatch(r"[\w.-]+", text) is not None
    return bool(
        (is_name and _FILE.search(text))
        or _CONSTANT.fullmatch(text)
        or _SHELL.match(text)
        or _SQL.search(text)
    )
