"""What is nearest to a folder."""

from __future__ import annotations

import pytest

from stuck_rules.leftover import nearest_files


@pytest.mark.parametrize(
    ("there", "folders", "expected"),
    [
        pytest.param({"/r"}, ["/r", "/r/a/b"], {"/r"}, id="the root's"),
        pytest.param({"/r", "/r/a"}, ["/r/a/b"], {"/r/a"}, id="the nearest"),
        pytest.param({"/r", "/r/a"}, ["/r/a/b", "/r/c"], {"/r", "/r/a"}, id="of each"),
        pytest.param(set(), ["/r/a"], set(), id="none"),
        pytest.param({"/", "/other"}, ["/r/a", "/other/x"], set(), id="none outside"),
        pytest.param({"/ra"}, ["/ra/b"], set(), id="a name that begins alike"),
    ],
)
def test_the_nearest_file_of_each_folder(
    there: set[str], folders: list[str], expected: set[str]
) -> None:
    def find(folder: str) -> str | None:
        return folder if folder in there else None

    assert nearest_files(folders, "/r", find) == expected


def test_the_root_of_the_disk_may_be_the_top() -> None:
    assert nearest_files(["/a/b"], "/", lambda folder: folder) == {"/a/b"}
    assert nearest_files(["/a/b"], "/", {"/": "/x"}.get) == {"/x"}
