"""Pieces of the sentences that recipes read: where a command begins, and what its verb governs."""

from __future__ import annotations

import re

from stuck_rules.model.lesson import Role


def phrase(text: str) -> re.Pattern[str]:
    """A regular expression of a sentence, caseless; a space is any white space, a line break none.

    The break and the indentation after it only keep the source's lines short.
    """
    return re.compile(re.sub(r"\n\s*", "", text).replace(" ", r"\s+"), re.IGNORECASE)


def span(name: str) -> str:
    """A code span whose text becomes the group of that name.

    A call such as `os.system()` is code without backticks too.
    """
    bare = r"(?<![\w`.])\.?[A-Za-z_][\w.]*\(\)"
    return rf"(?:`(?=[^`]+`))?(?P<{name}>(?<=`)[^`]+|{bare})`?"


NOT = r"(?:n['\u2019]?t| not)"
# Where a command may begin: a sentence, a clause, what follows a dash, a colon or a bold lead.
START = (
    r"(?:^(?:\[[ xX]\] )?|[.!?;:(\u2014\u2013\uff1a]\s*| -+ |, (?:and |so |then )?"
    r"|\b(?:always|must|should|please|instead|then|we|you) )"
)
# Words between a verb and the code that it governs.
FILL = (
    r"(?:(?:the|a|an|any|bare|blind|blanket|naked|plain|raw|built-?in|direct|directly|calling|using|python'?s?"
    r"|explicit|std-?lib|standard|deprecated|old|legacy|new|our|only|blocking|synchronous|literal"
    r"|naive|generic(?= `\w*Exception)"
    r"|imports?|importing|function|method|class|module|package|library|adding|every|each"
    r"|all|calls? to|the use of|uses? of) )*"
)
VERB = (
    r"(?:use|prefer|call|import|write|raise|return|pass|choose|pick|reach for|go through"
    r"|switch to|stick (?:to|with)|rely on|instantiate|construct|read|catch|set)"
)
INSTEAD = r"(?:instead of|rather than|over|in place of|in favou?r over)"
# Words that may stand between the code and what is said of it, such as "for the session id".
NOUN = (
    r"(?:\s*\([^()`]*\))?"
    r"(?P<between>(?: (?!not\b|never\b|instead\b|rather\b|over\b|use\b)[\w'-]+){0,7}?)"
)

# An arrow to what takes the place of the code in front of it ends the clause.
_CLAUSE_LIMIT = re.compile(
    r"\s*(?:,\s*(?=(?:for|when|if|in|on|at|inside|within)\b))?"
    r"(?:calls?|statements?|clauses?|blocks?|handlers?|directly|anywhere|ever|at all|again)?\s*"
    r"(?P<limit>(?:for|to|when|if|as|unless|until|before|after|while|on|without|with|inside|in"
    r"|within|from|into|across|by|of|outside|except|only|between|at|where|wherever|whenever"
    r"|because|once|during|under|against|that|which)\b[^.;\u2192]*)",
    re.IGNORECASE,
)
# What sounds like a limit and is none: "in our code", "on any input", "for any reason".
_EVERYWHERE = re.compile(
    r"(?:in|on|for|with|within|from|under|across|inside|by) "
    r"(?:(?:any|all|every|our|your|the|new|this|python|whole|entire|actual|committed) )*"
    r"(?:code|code ?base|inputs?|files?|modules?|project|repo|repository|purpose|reason|functions?"
    r"|circumstances?|anywhere)\s*(?:$|[-,\u2014\u2013])"
    r"|(?:in|on|with|since|from|for) python(?: \d+)?\s*\W*$"
    # A reason limits nothing.
    r"|(?:because\b|(?:since|as) (?:it|this|that|they|we|you|these|those)\b"
    r"|which (?:is|are|was|has|does|can|will|may|would)\b)"
    r"|for (?:[\w-]+ (?:and )?){0,2}(?:readability|clarity|consistency|performance|speed|safety"
    r"|simplicity|security|maintainability|efficiency|testability|debugging|reproducibility"
    r"|portability|compatibility|correctness)\b",
    re.IGNORECASE,
)
_LIMITING = re.compile(r"(?:for|when|if|to|while|as|in|on|inside|at|with)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;]\s+|\s[\u2014\u2013-]+\s|\]:?\s+|^\d{4}-\d\d-\d\d:\s+")
_LEADING_LIMIT = re.compile(
    r"\W*(?P<limit>(?:for|when|whenever|if|on|under|with|at|during|after|before|while|where|once"
    r"|as|in|inside|within|from|until|since)\b\s[^.;]*)",
    re.IGNORECASE,
)
_EXCEPTION = phrase(
    r"""(?P<exception>\b(?:unless|except (?:in|when|for|if|inside|from|at|as)
    |only (?:exception|allowed|in|when|if|for|use|where|as)|apart from|other than|beyond
    |outside(?: of)?|exceptions?:|allowed exceptions?|with the exception of
    |(?:when|if|where) (?:[\w-]+ ){0,4}(?:unavoidable|necessary|needed|required|intended))
    \b[^.;]*)"""
)
_CLAUSE_END = re.compile(r"[.!?;:](?:\s|$)|\s[\u2014\u2013-]+\s")
_BEGINNING = re.compile(r"[.!?;:\uff1a]\s")
_PAST = re.compile(r"\b(?:was|were|had|used to|did|got|turned out|previously)\b", re.IGNORECASE)


def limit_after(text: str, end: int) -> str:
    """What limits the clause that ends with the code at `end`: "for tokens", "in tests"; or ""."""
    found = _CLAUSE_LIMIT.match(text, end)
    limit = found["limit"].strip() if found else ""
    return "" if _EVERYWHERE.match(limit) else limit


def limit_before(text: str, start: int) -> str:
    """What limits the clause whose command begins at `start`: "on Windows, use ..."; or ""."""
    clause = _SENTENCE_END.split(text[:start])[-1]
    found = _LEADING_LIMIT.match(clause)
    limit = found["limit"].strip() if found else ""
    return "" if _EVERYWHERE.match(limit) else limit


def limits(words: str) -> bool:
    """Whether words between two forms say when, so that the rule holds only then."""
    return _LIMITING.match(words.strip()) is not None


def exception_in(text: str) -> str:
    """The exception that a lesson names, in its words; or ""."""
    found = _EXCEPTION.search(text)
    return found["exception"].strip() if found else ""


def tells_the_past(text: str, found: re.Match[str]) -> bool:
    """Whether the clause of a match tells what happened, which commands nothing."""
    # A match that begins with the end of a sentence has nothing of it in its own clause.
    is_first = _BEGINNING.match(found[0]) is not None
    before = "" if is_first else _CLAUSE_END.split(text[: found.start()])[-1]
    after = _CLAUSE_END.split(text[found.end() :])[0]
    return _PAST.search(f"{before}{found[0]}{after}") is not None


COMMANDING = frozenset({Role.PREVENTION, Role.REMEDIATION, Role.PROPOSAL, Role.CORRECT, Role.NOTE})
