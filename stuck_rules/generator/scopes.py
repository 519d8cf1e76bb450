"""Where a lesson wants its rule to hold: words such as "in tests" become globs."""

from __future__ import annotations

import re

from stuck_rules.generator.phrases import phrase
from stuck_rules.model.logsettings import ScopeWord
from stuck_rules.model.rule import TESTS, Examples, PathFilter, Rule
from stuck_rules.values import dataclass, replace

_TESTS = r"(?:unit |integration )?(?:tests|test (?:code|files?|modules?|suites?))"
_OUTSIDE_TESTS = re.compile(
    rf"\b(?:except|unless|outside(?: of)?|not|only allowed)(?: for)?(?: in(?:side)?)? {_TESTS}\b"
    r"|\bin (?:production|prod|library|application|app) code\b|\bin production\b",
    re.IGNORECASE,
)
_IN_TESTS = re.compile(
    rf"\b(?:in|inside|within|from) (?:all |the |your |our |any )?{_TESTS}\b"
    rf"|(?:^|[.!?:] ){_TESTS} (?=(?:must|should|may|shall|can) ?n)",
    re.IGNORECASE,
)
# Folders that nearly all projects name alike.
_FOLDERS = re.compile(
    r"\b(?:in|inside|within) (?:all |the |our |any )?"
    r"(?P<folder>migrations?|scripts|tools|examples|benchmarks|notebooks)\b(?! \w+ing\b)",
    re.IGNORECASE,
)
_PATH = re.compile(
    r"\b(?:in|under|inside|within"
    r"|(?<!load )(?<!loads )(?<!read )(?<!import )(?<!get )(?<!taken )from)"
    r" `(?P<path>[\w.*-]+(?:/[\w.*-]+)*/?)`",
    re.IGNORECASE,
)
_OUTSIDE_PATH = phrase(
    r"""\b(?:except|unless|outside(?: of)?|(?:anywhere|everywhere|elsewhere)(?: else)?
    \s+(?:but|other than)|only(?: (?:be|used|called|imported|allowed|read)){0,2})
    (?: in| under| inside| within| from)?
    \s+`(?P<path>[\w.*-]+(?:/[\w.*-]+)*/?)`"""
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The files of a rule, and the words of the lesson that said so."""

    paths: PathFilter
    words: tuple[str, ...] = ()


def scope_of(text: str) -> Scope:
    """The scope that a lesson states."""
    include: list[str] = []
    exclude: list[str] = []
    words: list[str] = []
    outside = _OUTSIDE_TESTS.search(text)
    if outside is not None:
        exclude.extend(TESTS)
        words.append(outside[0])
    elif (inside := _IN_TESTS.search(text)) is not None:
        include.extend(TESTS)
        words.append(inside[0])
    folder = _FOLDERS.search(text)
    if folder is not None and not include:
        (exclude if _is_excepted(text, folder) else include).append(_folder(folder))
        words.append(folder[0])
    for regex, globs in ((_OUTSIDE_PATH, exclude), (_PATH, include)):
        for found in regex.finditer(text):
            is_told = any(found[0] in told for told in words)
            if ("/" in found["path"] or found["path"].endswith(".py")) and not is_told:
                globs.append(found["path"])
                words.append(found[0])
                break
    return Scope(
        PathFilter(tuple(dict.fromkeys(include)), tuple(dict.fromkeys(exclude))), tuple(words)
    )


def _folder(found: re.Match[str]) -> str:
    name = found["folder"].lower()
    return "migrations/" if name == "migration" else f"{name}/"


def _is_excepted(text: str, found: re.Match[str]) -> bool:
    return re.search(r"\b(?:except|unless|only|not|but)\s+$", text[: found.start()]) is not None


def with_scopes(rule: Rule, text: str, scopes: tuple[ScopeWord, ...]) -> Rule:
    """The rule kept to the files that a word of the lesson stands for, by the log's settings."""
    globs: list[str] = []
    for scope in scopes:
        if re.search(
            rf"\b(?:in|inside|within|under) (?:the |our )?{re.escape(scope.word)}\b",
            text,
            re.IGNORECASE,
        ):
            globs.extend(scope.globs)
    if not globs:
        return rule
    # What the settings say of a word goes before what it means in most projects.
    usual = {f"{scope.word.lower().rstrip('/')}/" for scope in scopes}
    kept = (glob for glob in rule.paths.include if glob not in usual)
    return kept_to(rule, tuple(dict.fromkeys((*kept, *globs))))


def kept_to(rule: Rule, globs: tuple[str, ...]) -> Rule:
    """The rule for these files alone, its examples in one of them."""
    paths = PathFilter(globs, rule.paths.exclude)
    path = path_in(paths.include)
    examples = Examples(
        tuple(replace(example, path=path) for example in rule.examples.bad),
        tuple(replace(example, path=path) for example in rule.examples.good),
        rule.examples.fixed,
    )
    return replace(rule, paths=paths, examples=examples)


def path_in(globs: tuple[str, ...]) -> str | None:
    """A path that the first glob includes, for the examples of a rule that looks nowhere else."""
    if not globs:
        return None
    glob = globs[0].replace("**", "any").replace("*", "any")
    return glob if glob.endswith(".py") else f"{glob.rstrip('/')}/example.py"
