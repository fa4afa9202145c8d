"""Whatever happens to a run, no half-written result is taken for a whole one, and the next run recovers.

Processes are killed, disks are full and folders closed; each time the message says in one line what to do.
"""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import hostile
import pandas as pd
import pytest
import sites

from helpers import paths, report
from helpers.article import ArticleSetError
from helpers.cli import main
from helpers.corpus import DESCRIPTOR, tabulate, write_tables
from helpers.export import write_table
from helpers.report import PagePlan, ReportError
from helpers.storage import SET_ASIDE, StorageError, folder_beside, locked

MOMENTS = [random.Random(7 + n).uniform(0.05, 2.5) for n in range(6)]
FULL_DISK = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))\nfrom helpers.cli import main\nsys.exit(main(sys.argv[1:]))"


@pytest.fixture
def articles(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(paths, "PROCESSED", tmp_path / "processed")
    return sites.write_notice(tmp_path / "notice")


def run(*arguments: str, code: str = "from helpers.cli import main; main()") -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


# Killed.


@pytest.mark.parametrize("moment", MOMENTS, ids=[f"{moment:.2f} s" for moment in MOMENTS])
def test_killed_run_leaves_the_old_table_or_the_new_one(tmp_path, moment):
    large = sites.write_many(tmp_path / "large.jsonl", 60)
    table = tmp_path / "rows.csv"
    old = pd.DataFrame({"a": ["old"]})
    write_table(old, table)
    process = run("extract", large, "-o", table, "--jobs", "1")
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    found = pd.read_csv(table)
    assert list(found) == ["a"] or len(found) > 300
    write_table(old, table)
    assert {path.name for path in tmp_path.iterdir()} == {"large.jsonl", "rows.csv"}


def test_run_killed_while_it_swaps_is_put_back_by_the_next(tmp_path):
    site = tmp_path / "site"
    code = (
        "import os, pathlib, helpers.storage as e\n"
        f"site = pathlib.Path({str(site)!r})\n"
        "site.mkdir(); (site / 'index.html').write_text('whole')\n"
        f"with e.folder_beside(site) as folder: os.replace(site, folder / {SET_ASIDE!r}); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert not site.exists()
    with folder_beside(site):
        assert (site / "index.html").read_text() == "whole"


def test_tables_of_two_runs_are_vouched_for_by_none(articles, tmp_path, monkeypatch):
    tables, folder = tabulate(articles), tmp_path / "tables"
    write_tables(tables, folder)
    moved = iter(range(2))
    replace = os.replace

    def fail_at_third(source, target):
        if Path(target).parent == folder and next(moved, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_at_third)
    with pytest.raises(OSError, match="No space left"):
        write_tables(tables, folder)
    assert not (folder / DESCRIPTOR).exists()
    monkeypatch.setattr(os, "replace", replace)
    write_tables(tables, folder)
    assert (folder / DESCRIPTOR).exists()


def test_killed_worker_is_named_with_what_to_do(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "make_page", hostile.die)
    with pytest.raises(ReportError, match="for lack of memory; run again with fewer at a time"):
        report.publish(articles, tmp_path / "site", progress=False)
    assert not (tmp_path / "site").exists()


def test_page_that_hangs_is_ended_told_and_listed(articles, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(report, "make_page", hostile.hang_at_b)
    monkeypatch.setenv("ZHANBAO_LIMITS", "")  # the command sets it for its process, which goes on here
    (articles / "b.txt").write_text("2023年，郴州市签约项目18个。", "utf-8")
    assert main(["report", str(articles), "-o", str(tmp_path / "site"), "--limits", "page_seconds=3"]) == 0
    assert "zhanbao: b：网页超过 3 秒仍未做成" in capsys.readouterr().err
    page = (tmp_path / "site" / "articles" / "b.html").read_text("utf-8")
    assert "这一页超过3秒仍未做成" in page and "default-src 'none'" in page
    assert (tmp_path / "site" / "articles" / "b.ipynb").is_file()
    assert (tmp_path / "site" / "articles" / "single.html").read_text("utf-8") == "articles/single"


def test_overview_that_hangs_stops_the_run(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "make_page", hostile.hang_at_index)
    monkeypatch.setenv("ZHANBAO_LIMITS", "page_seconds=3")
    with pytest.raises(ReportError, match="index: not made within 3 seconds; allow more"):
        report.publish(articles, tmp_path / "site", progress=False)
    assert not (tmp_path / "site").exists()


def test_cell_that_fails_names_its_page(articles, tmp_path):
    plan = PagePlan("article", {"articles": str(articles), "article": "nowhere", "language": "zh-Hans"}, "p", "article", "", "")  # fmt: skip
    with pytest.raises(ReportError, match=r"p: article\.ipynb: ArticleSetError: .*no article 'nowhere'"):
        report.make_pages([plan], tmp_path, 1, progress=False)


# No room, no right, no place.


def test_full_disk_leaves_the_old_table_and_says_what_to_do(tmp_path):
    large, table = sites.write_many(tmp_path / "large.jsonl", 30), tmp_path / "rows.csv"
    write_table(pd.DataFrame({"a": ["old"]}), table)
    process = run("extract", large, "-o", table, code=FULL_DISK.format(2000))
    _, said = process.communicate()
    assert process.returncode == 2
    assert said.count("\n") == 1 and "make room and run again" in said
    assert pd.read_csv(table)["a"].tolist() == ["old"]
    assert {path.name for path in tmp_path.iterdir()} == {"large.jsonl", "rows.csv"}


def test_full_disk_while_publishing_leaves_the_old_reports(articles, tmp_path, capsys, monkeypatch):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    monkeypatch.setattr(report, "make_pages", full)
    assert main(["report", str(articles), "-o", str(site)]) == 2
    assert "make room and run again" in capsys.readouterr().err
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert not list(tmp_path.glob(".site*"))


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page.html")


@pytest.mark.parametrize("place", ["file/site", "file"])
def test_place_that_cannot_be_written_to_is_told_before_the_work(articles, tmp_path, monkeypatch, place):
    (tmp_path / "file").write_text("a file")
    monkeypatch.setattr(report, "tabulate", hostile.die)
    with pytest.raises((StorageError, ReportError), match="file"):
        report.publish(articles, tmp_path / place, progress=False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_closed_folder_is_told_before_the_work(articles, tmp_path, monkeypatch, capsys):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    monkeypatch.setattr(report, "tabulate", hostile.die)
    assert main(["report", str(articles), "-o", str(closed / "site")]) == 2
    assert "choose another place with -o" in capsys.readouterr().err


def test_run_without_articles_leaves_no_folder(articles, tmp_path):
    (tmp_path / "bare").mkdir()
    with pytest.raises(ArticleSetError):
        report.publish(tmp_path / "bare", tmp_path / "site", progress=False)
    assert not (paths.PROCESSED / "bare").exists()


# Two at once.


def test_second_run_on_a_set_is_told_to_wait(articles, tmp_path):
    with locked(paths.PROCESSED / "notice"), pytest.raises(StorageError, match=r"another run .* wait"):
        report.publish(articles, tmp_path / "site", progress=False)
    assert not (tmp_path / "site").exists()
