"""What no pattern can say: one LibCST visitor a file, and here what each tells about itself."""

from __future__ import annotations

import re

from stuck_rules.checks.spec import (
    CheckSpec,
    ClassNames,
    FunctionName,
    Meaning,
    ModuleNames,
    Options,
    OptionSpec,
    Part,
    fits,
)
from stuck_rules.model.words import (
    ALWAYS,
    AllWords,
    AnyWord,
    Shape,
    Word,
    WordFormula,
    all_words,
    any_word,
    names,
    read_name,
)


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _setting(options: Options) -> WordFormula:
    """The words of the setting, or one of its full names."""
    words = all_words(*options.texts("words"), folded=True)
    return AnyWord((words, any_word(*options.texts("names"), folded=True)))


def _fallback_words(options: Options) -> WordFormula:
    setting = _setting(options)
    if options.text("default") != "loopback":
        return setting
    addresses = any_word("localhost", "loopback", "127.0.0.1", "0.0.0.0", "::1", folded=True)  # noqa: S104 - no server is bound
    return AllWords((setting, addresses))


def _value_words(options: Options) -> WordFormula:
    # A URL of the service needs no name for the setting.
    said = AnyWord((_last_word(options.text("setting")), Word("://")))
    parts = (all_words(*options.texts("words"), folded=True), said)
    # A zero may be written in many ways, all of which begin with one.
    return AllWords((*parts, _ZERO) if set(options.texts("values")) == {"0"} else parts)


def _last_word(word: str) -> WordFormula:
    """The word at the end of a name, as in `port`, `redis_port`, `redisPort` and `REDIS_PORT`."""
    if not word.isascii() or not word.isalpha() or not word.islower():
        return Word(word.lower(), folded=True)
    alone = rf"(?:^|[^A-Za-z]){word}(?:$|[^A-Za-z0-9])"
    return Shape(f"{alone}|{word.capitalize()}|{word.upper()}")


_ZERO = Shape(r"(?:^|[^0-9A-Za-z])0(?:$|[^1-9.])")


_FIXTURE = re.compile(r"\bfixture\b")


def _has_test(options: Options, module: ModuleNames) -> bool:
    return any(
        _is_test(options, one) if isinstance(one, FunctionName) else _holds_test(options, one)
        for one in module.definitions
    )


def _is_test(options: Options, function: FunctionName) -> bool:
    is_named_so = fits(function.name, options.texts("functions"))
    return is_named_so and not _FIXTURE.search(function.decorators)


def _holds_test(options: Options, one: ClassNames) -> bool:
    if set(one.foreign) - {"object", "ABC"}:
        return True
    if not fits(one.name, options.texts("classes")) or one.may_hold("__init__"):
        return False
    return any(fits(name, options.texts("functions")) for name in one.functions)


def _unbound(options: Options) -> AnyWord:
    return AnyWord(tuple(map(read_name, options.texts("names"))))


def _is_bound(options: Options, module: ModuleNames) -> bool:
    used = (name for name in options.texts("names") if module.may_read(name))
    return not any(not module.binds(name) and module.reads(name) for name in used)


# Less sure of a statement, and found in a tenth of the time.
_FROM_DOT = Shape(r"from[ \t\f\n\r\\]*\.")
_RELATIVE = Shape(rf"(?:^|[\n\r;:])[ \t\f]*{_FROM_DOT.regex}")

CHECKS: dict[str, CheckSpec] = {
    spec.name: spec
    for spec in (
        CheckSpec(
            name="argument-source",
            summary="a function called with a value that a certain call made afresh",
            visitor="stuck_rules.checks.argument_source:ArgumentSource",
            words=lambda o: names(_last(o.text("call")), _last(o.text("source"))),
            part=lambda o: Part(names(_last(o.text("call")))),
            options=(
                OptionSpec("call", "the function, by its name or dotted name"),
                OptionSpec("source", "the call that makes the value, by its dotted name"),
                OptionSpec("include-methods", "also methods of that name", False),
            ),
        ),
        CheckSpec(
            name="direct-env-read",
            summary="an environment variable read past the class that is meant to read it",
            visitor="stuck_rules.checks.direct_env_read:DirectEnvRead",
            words=lambda o: any_word(*o.texts("names")),
            part=lambda o: Part(any_word(*o.texts("names")), Meaning.NAMES),
            options=(
                OptionSpec("names", "the variables"),
                OptionSpec("allowed-in", "classes and functions that may read them", ()),
            ),
        ),
        CheckSpec(
            name="encoded-prefix",
            summary="an encoded value put behind a prefix with its padding",
            visitor="stuck_rules.checks.encoded_prefix:EncodedPrefix",
            words=lambda o: Word(o.text("prefix")),
            part=lambda o: Part(Word(o.text("prefix")), Meaning.NAMES),
            options=(
                OptionSpec("prefix", "the literal text in front of the value"),
                OptionSpec("encode", "the encoder, by its dotted name"),
                OptionSpec("strip", "the padding that must be stripped"),
                OptionSpec("wrong-encoders", "encoders of another alphabet", ()),
            ),
        ),
        CheckSpec(
            name="relative-import",
            summary="an import that begins with dots",
            visitor="stuck_rules.checks.relative_import:RelativeImport",
            words=lambda _: _RELATIVE,
            part=lambda _: Part(_FROM_DOT, Meaning.NONE, alone=True),
            options=(OptionSpec("allow-in-init", "leave __init__.py alone", False),),
        ),
        CheckSpec(
            name="setting-fallback",
            summary="a setting that silently falls back to a value that is wrong in production",
            visitor="stuck_rules.checks.setting_fallback:SettingFallback",
            words=_fallback_words,
            part=lambda o: Part(_fallback_words(o), branches=True),
            options=(
                OptionSpec("words", "words that a name of the setting holds, all of them"),
                OptionSpec("names", "further full names of the setting", ()),
                OptionSpec(
                    "default",
                    "which defaults are wrong: addresses of this machine, or any text",
                    choices=("loopback", "literal"),
                ),
            ),
        ),
        CheckSpec(
            name="setting-value",
            summary="a setting of a service given a value that is never right",
            visitor="stuck_rules.checks.setting_value:SettingValue",
            words=_value_words,
            part=lambda o: Part(_value_words(o), Meaning.NAMES),
            options=(
                OptionSpec("words", "words that name the service, all of them"),
                OptionSpec("setting", "the setting's word, such as port"),
                OptionSpec("values", 'the values as text; 0 and "0" are alike'),
            ),
        ),
        CheckSpec(
            name="test-module",
            summary="a test module in which pytest would collect nothing",
            visitor="stuck_rules.checks.test_module:TestModule",
            words=lambda _: ALWAYS,
            settled=_has_test,
            options=(
                # A class named test_... is so named on purpose: its project tells pytest.
                OptionSpec(
                    "classes", "pytest's python_classes: prefixes or globs", ("Test", "test_")
                ),
                OptionSpec("functions", "pytest's python_functions", ("test",)),
            ),
        ),
        CheckSpec(
            name="undefined-name",
            summary="a name that is used in a module and bound nowhere in it",
            visitor="stuck_rules.checks.undefined_name:UndefinedName",
            words=_unbound,
            part=lambda o: Part(
                _unbound(o),
                Meaning.NAMES,
                unbound=o.texts("names"),
                imports=o.texts("replacement") or o.texts("names"),
            ),
            settled=_is_bound,
            options=(
                OptionSpec("names", "the names"),
                OptionSpec("module", "the module to import the name from", ""),
                OptionSpec("replacement", "the name that is right instead", ""),
            ),
        ),
    )
}
