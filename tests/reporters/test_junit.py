"""The schema below says what Maven's and Jenkins' schemas have in common, in their words for it.

A document that it accepts is accepted by both: every attribute that either requires, the children
of a test case in Maven's order, one error at most.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from xmlschema import XMLSchema

from stuck_rules.errors import Problem, ProblemKind
from stuck_rules.model.result import Report
from stuck_rules.model.source import FilePath
from stuck_rules.reporters.junit import render
from tests.reporters.reports import (
    CLEAN,
    MAGIC_NONE,
    ONE_CALL,
    PLAIN,
    REPORT,
    TWO_LINES,
    hostile,
    nasty,
    suppressed,
    with_violations,
)

SCHEMA = XMLSchema("""\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="ended">
    <xs:simpleContent>
      <xs:extension base="xs:string">
        <xs:attribute name="message" type="xs:string"/>
        <xs:attribute name="type" type="xs:string" use="required"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="skipped">
    <xs:simpleContent>
      <xs:extension base="xs:string">
        <xs:attribute name="message" type="xs:string"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="case">
    <xs:sequence>
      <xs:element name="failure" type="ended" minOccurs="0"/>
      <xs:element name="skipped" type="skipped" minOccurs="0"/>
      <xs:element name="error" type="ended" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="classname" type="xs:string"/>
    <xs:attribute name="time" type="xs:decimal" use="required"/>
  </xs:complexType>
  <xs:element name="testsuite">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="testcase" type="case" minOccurs="0" maxOccurs="unbounded"/>
      </xs:sequence>
      <xs:attribute name="name" type="xs:string" use="required"/>
      <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="time" type="xs:decimal"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
""")


def suite(report: Report) -> ET.Element:
    return ET.fromstring(render(report, PLAIN).encode())


def cases(report: Report) -> list[tuple[str | None, str | None, str | None]]:
    """The group and name of each test case, and the element that tells how it ended."""
    return [
        (case.get("classname"), case.get("name"), next((child.tag for child in case), None))
        for case in suite(report)
    ]


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(REPORT, id="violations and problems"),
        pytest.param(CLEAN, id="clean"),
        pytest.param(replace(CLEAN, rules={}), id="without rules"),
        pytest.param(hostile(), id="hostile texts"),
        pytest.param(nasty(), id="texts that XML cannot hold"),
        pytest.param(with_violations(suppressed(ONE_CALL), TWO_LINES), id="suppressed"),
    ],
)
def test_document_keeps_to_the_schema(report: Report) -> None:
    text = render(report, PLAIN)
    assert [str(error.reason) for error in SCHEMA.iter_errors(text)] == []
    read = suite(report)
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert read.get(attribute) == str(len(read.findall(f"testcase/{tag}")))
    assert read.get("tests") == str(len(read))


def test_document() -> None:
    problem = Problem(ProblemKind.SYNTAX, "no code", "bad.py", line=3, column=5)
    report = replace(with_violations(ONE_CALL), problems=(problem,))
    assert (
        render(report, PLAIN)
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="stuck-rules" tests="3" failures="1" errors="1" skipped="0" time="0">
  <testcase name="not checked: syntax" classname="bad" time="0">
    <error message="no code" type="syntax">bad.py:3:5
no code</error>
  </testcase>
  <testcase name="magic-none 2:11" classname="tests.test_a" time="0">
    <failure message="MagicNone is not defined anywhere; use MagicMock from unittest.mock." \
type="error">tests/test_a.py:2:11
MagicNone is not defined anywhere; use MagicMock from unittest.mock.
Learned in: Unit Test Failures [part 1] (docs/log.md:240) \
https://example.com/log.md#unit-tests</failure>
  </testcase>
  <testcase name="redis-localhost" classname="stuck-rules" time="0"/>
</testsuite>
"""
    )


def test_a_rule_that_nothing_breaks_has_passed() -> None:
    assert cases(CLEAN) == [
        ("stuck-rules", "magic-none", None),
        ("stuck-rules", "redis-localhost", None),
    ]


def test_a_rule_that_failed_somewhere_has_not_passed() -> None:
    problem = Problem(ProblemKind.TIMEOUT, "slow", "a.py", rule=MAGIC_NONE.id)
    assert cases(replace(CLEAN, problems=(problem,))) == [
        ("a", "not checked: timeout (magic-none)", "error"),
        ("stuck-rules", "redis-localhost", None),
    ]


def test_a_problem_without_a_file() -> None:
    report = replace(CLEAN, rules={}, problems=(Problem(ProblemKind.CONFIG, "oh"),))
    assert cases(report) == [("stuck-rules", "not checked: config", "error")]


def test_a_suppressed_violation_is_skipped() -> None:
    read = suite(with_violations(suppressed(ONE_CALL, "old & <known>")))
    skipped = read.find("testcase/skipped")
    assert skipped is not None
    assert skipped.attrib == {"message": "suppressed inline: old & <known>"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("]]></failure>", "]]></failure>", id="markup"),
        pytest.param("a < b & 'c' \"d\"", "a < b & 'c' \"d\"", id="what is escaped"),
        pytest.param("&lt;", "&lt;", id="what looks escaped"),
        pytest.param("a\x00b\x1bc\x0bd", "a\\x00b\\x1bc\\x0bd", id="control characters"),
        pytest.param("\ud800 \udce9", "\\ud800 \\udce9", id="lone surrogates"),
        pytest.param("a\ufffe\uffff", "a\ufffd\ufffd", id="what is no character"),
        pytest.param("naïve 値 😀", "naïve 値 😀", id="letters stay"),
        pytest.param("::error::x ##[error]y %0A", "::error::x ##[error]y %0A", id="commands"),
    ],
)
def test_texts_arrive(text: str, expected: str) -> None:
    path = FilePath(text, text)
    violation = replace(ONE_CALL, message=text, path=path)
    (case, _) = suite(with_violations(violation))
    (failure,) = case
    assert case.get("classname") == expected.replace("/", ".")
    assert failure.get("message") == expected
    assert failure.text is not None
    assert failure.text.split("\n")[1] == expected


def test_lines_of_a_message_stay_lines_of_the_text() -> None:
    violation = replace(ONE_CALL, message="one\r\ntwo\n::error::three")
    failure = suite(with_violations(violation)).find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "one two ::error::three"
    assert failure.text is not None
    assert failure.text.split("\n")[1:4] == ["one", "two", "::error::three"]


@pytest.mark.parametrize("command", ["::error::", "##[error]"])
def test_no_line_is_a_command_of_a_ci_log(command: str) -> None:
    violation = replace(ONE_CALL, message=f"a\n{command}b")
    assert command not in render(with_violations(violation), PLAIN)


@pytest.mark.parametrize(
    ("path", "group"),
    [
        pytest.param("a.py", "a", id="a module"),
        pytest.param("src/pkg/a.py", "src.pkg.a", id="in folders"),
        pytest.param("src/a.pyi", "src.a_pyi", id="a stub"),
        pytest.param("v1.2/.env", "v1_2._env", id="dots"),
        pytest.param("Dockerfile", "Dockerfile", id="no suffix"),
    ],
)
def test_files_are_classes(path: str, group: str) -> None:
    violation = replace(ONE_CALL, path=FilePath(path, "x"))
    assert cases(with_violations(violation))[0][0] == group
