"""A set too large to hold becomes parts: the same whoever writes them, however often the run was killed."""

import subprocess
import sys
import time
from collections import Counter
from multiprocessing import get_all_start_methods
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.press import press
from helpers import corpus
from helpers.article import Problem
from helpers.cli import main
from helpers.corpus import dataset, pool
from helpers.corpus.dataset import DatasetError, write_dataset
from helpers.corpus.parts import part_files
from helpers.reading.archive import ArticleSetError
from helpers.storage import StorageError, locked

PLACES = ("郴州市", "衡阳市", "株洲市", "岳阳市", "常德市", "邵阳市", "益阳市")
SMALL_PARTS = (
    "import sys, os; from pathlib import Path; import helpers.corpus.dataset as d; d.PART, d.BATCH = 2, 1\n"
)


def text(number: int) -> str:
    return f"2023年1-11月,{PLACES[number]}规模工业增加值同比增长{number}.4%。新签约项目3{number}个,总投资32{number}亿元。"


@pytest.fixture
def archive(tmp_path) -> Path:
    path = tmp_path / "archive.csv"
    rows = [{"article": name, "text": text(number)} for number, name in enumerate("gbcdefa")]
    pd.DataFrame([*rows, {"article": "leer", "text": " "}]).to_csv(path, index=False)
    return path


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(dataset, "PART", 2)
    monkeypatch.setattr(dataset, "BATCH", 1)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def rows(folder: Path, table: str) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(path) for path in part_files(folder, table)], ignore_index=True)


def test_parts_hold_what_the_tables_hold(archive, tmp_path):
    causes = write_dataset([archive], tmp_path / "out", 1).causes
    tables = corpus.tabulate(archive)
    assert causes == Counter(tables.problems["cause"])
    for name, key in (("observations", ["article", "start"]), ("problems", ["article", "cause"])):
        parts, whole = (
            df.sort_values(key, ignore_index=True)
            for df in (rows(tmp_path / "out", name), getattr(tables, name))
        )
        pd.testing.assert_frame_equal(parts, whole)
    articles = rows(tmp_path / "out", "articles").sort_values("article", ignore_index=True)
    pd.testing.assert_frame_equal(articles, tables.articles.drop(columns="text"))
    texts = rows(tmp_path / "out", "texts").sort_values("article", ignore_index=True)
    pd.testing.assert_frame_equal(texts, tables.articles[["article", "text"]])


def test_parts_follow_the_archive_and_are_in_order_within(archive, tmp_path):
    write_dataset([archive], tmp_path / "out", 1)
    parts = [pd.read_parquet(path)["article"].tolist() for path in part_files(tmp_path / "out", "articles")]
    assert parts == [["b", "g"], ["c", "d"], ["e", "f"], ["a"]]


@pytest.fixture(scope="module")
def reprinted(tmp_path_factory) -> Path:
    """Give articles of which a third are copies, with dates so that the original is not the first by id."""
    path = tmp_path_factory.mktemp("press") / "press.csv"
    days = [f"2024-03-{1 + number % 28:02}" for number in range(120)]
    articles = press(120, share_of_copies=0.3, seed=4).articles
    columns = {"article": [x.id for x in articles], "text": [x.raw for x in articles], "published": days}
    pd.DataFrame(columns).to_csv(path, index=False)
    return path


@pytest.mark.parametrize("part", [1, 7, 500])
def test_copies_among_parts_are_those_of_the_whole(reprinted, tmp_path, monkeypatch, part):
    monkeypatch.setattr(dataset, "PART", part)
    written = write_dataset([reprinted], tmp_path / "out", 1, progress=False)
    found = pd.read_parquet(tmp_path / "out" / "copies.parquet")
    whole = corpus.tabulate(reprinted).articles.set_index("article")["duplicate_of"].dropna()
    assert found.set_index("article")["duplicate_of"].to_dict() == whole.to_dict()
    assert written.copies == len(whole) >= 30


def test_articles_too_short_to_compare_are_no_copies(tmp_path):
    pd.DataFrame({"article": list("abcd"), "text": ["投资5亿元。"] * 4}).to_csv(
        tmp_path / "s.csv", index=False
    )
    assert write_dataset([tmp_path / "s.csv"], tmp_path / "out", 1, progress=False).copies == 0


def test_articles_are_compared_once(reprinted, tmp_path, monkeypatch):
    first = write_dataset([reprinted], tmp_path / "out", 1, progress=False)
    monkeypatch.setattr(dataset, "copies_among_parts", lambda *arguments: pytest.fail("compared again"))
    assert write_dataset([reprinted], tmp_path / "out", 1, progress=False) == first


def test_workers_change_nothing(archive, tmp_path):
    code = (
        f"{SMALL_PARTS}if __name__ == '__main__': d.write_dataset([Path(sys.argv[1])], Path(sys.argv[2]), 2)"
    )
    (tmp_path / "two.py").write_text(code, "utf-8")
    subprocess.run(
        [sys.executable, tmp_path / "two.py", archive, tmp_path / "two"], check=True, capture_output=True
    )
    write_dataset([archive], tmp_path / "one", 1)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("table", ["articles", "observations"])
def test_killed_run_goes_on_and_ends_the_same(archive, tmp_path, table):
    """The process dies while it writes one of the tables of the third part."""
    code = (
        f"{SMALL_PARTS}write = d.write_table\n"
        f"dying = Path(sys.argv[2]) / {table!r} / 'part-00002.parquet'\n"
        "d.write_table = lambda df, path: os._exit(9) if path == dying else write(df, path)\n"
        "d.write_dataset([Path(sys.argv[1])], Path(sys.argv[2]), 1)"
    )
    killed = subprocess.run([sys.executable, "-c", code, archive, tmp_path / "out"], check=False)
    assert killed.returncode == 9
    first, second = before = part_files(tmp_path / "out", "observations")
    written = [path.stat().st_mtime_ns for path in before]
    write_dataset([archive], tmp_path / "out", 1)
    assert [path.stat().st_mtime_ns for path in (first, second)] == written
    write_dataset([archive], tmp_path / "whole", 1)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_finished_run_is_not_done_again(archive, tmp_path, monkeypatch):
    write_dataset([archive], tmp_path / "out", 1)
    monkeypatch.setattr(dataset, "write_part", lambda *arguments: pytest.fail("written again"))
    write_dataset([archive], tmp_path / "out", 1)


def test_parts_of_other_articles_are_not_mixed_in(archive, tmp_path):
    write_dataset([archive], tmp_path / "out", 1)
    before = contents(tmp_path / "out")
    archive.write_text(archive.read_text("utf-8").replace("郴州市", "永州市"), "utf-8")
    with pytest.raises(DatasetError, match="holds parts of other articles"):
        write_dataset([archive], tmp_path / "out", 1)
    assert contents(tmp_path / "out") == before


def test_parts_of_another_version_are_not_mixed_in(archive, tmp_path, monkeypatch):
    write_dataset([archive], tmp_path / "out", 1)
    monkeypatch.setattr(dataset, "_program", lambda: "with another word in a lexicon")
    with pytest.raises(DatasetError, match="or of another version"):
        write_dataset([archive], tmp_path / "out", 1)


def test_folder_with_other_things_is_left_alone(archive, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").touch()
    with pytest.raises(DatasetError, match="holds something other than parts"):
        write_dataset([archive], tmp_path / "out", 1)


def test_two_runs_do_not_write_to_one_folder(archive, tmp_path):
    with locked(tmp_path / "out"), pytest.raises(StorageError, match="another run is writing there"):
        write_dataset([archive], tmp_path / "out", 1)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("b,又一篇\n", "two articles are called 'b'", id="an id twice"),
        pytest.param("z,一,二\n", "has not as many cells", id="a cell too many"),
    ],
)
def test_broken_contract_is_told_before_the_work(archive, tmp_path, line, message):
    archive.write_text(archive.read_text("utf-8") + line, "utf-8")
    with pytest.raises(ArticleSetError, match=message):
        write_dataset([archive], tmp_path / "out", 1)
    assert list((tmp_path / "out").iterdir()) == []


def test_ids_that_only_look_the_same_in_short_are_no_breach(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(dataset, "_key", lambda article: ord(article.id[0]) % 2)
    write_dataset([archive], tmp_path / "out", 1)
    assert sorted(rows(tmp_path / "out", "articles")["article"]) == list("abcdefg")


def test_workers_end_with_the_process_that_they_work_for(tmp_path):
    """It is killed while they are at work, and cannot tell them."""
    code = (
        "import os, time\nfrom helpers.corpus.pool import at_work\n"
        "def work(seconds):\n    print(os.getpid(), flush=True)\n    time.sleep(seconds)\n"
        "if __name__ == '__main__':\n"
        "    with at_work(2) as share_out:\n        list(share_out(work, [(0.5,), (60,), (60,), (60,)]))\n"
    )
    (tmp_path / "caller.py").write_text(code, "utf-8")
    caller = subprocess.Popen([sys.executable, tmp_path / "caller.py"], stdout=subprocess.PIPE, text=True)
    workers = {int(caller.stdout.readline()) for _ in range(3)}
    caller.kill()
    caller.wait()
    until = time.monotonic() + 30
    while (left := {pid for pid in workers if Path(f"/proc/{pid}").exists()}) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == set()


@pytest.mark.parametrize(("workers", "read_ahead"), [(1, 1), (2, 4)])
def test_no_more_is_read_than_keeps_the_workers_busy(monkeypatch, workers, read_ahead):
    from concurrent.futures import ThreadPoolExecutor

    monkeypatch.setattr(pool, "ProcessPoolExecutor", lambda workers, *_: ThreadPoolExecutor(workers))
    read = []

    def parts():
        for number in range(50):
            read.append(number)
            yield (Problem("a", "empty", ""),), number

    with pool.at_work(workers) as share_out:
        done = share_out(lambda part, number: len(part), parts())
        next(done)
        assert len(read) == read_ahead
        assert sum(1 for _ in done) == 49


def test_extract_writes_parts_where_a_folder_is_named(archive, tmp_path, capsys):
    assert main(["extract", str(archive), "-o", f"{tmp_path / 'rows.parquet'}/", "--jobs", "1"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "zhanbao: 0 articles are copies of others (copies.parquet)",
        "zhanbao: read but no row: 1 empty",
    ]
    assert set(pd.read_parquet(tmp_path / "rows.parquet" / "observations")["article"]) == set("abcdefg")


READERS = {
    "csv": lambda path: pd.read_csv(path, encoding="utf-8-sig", dtype={"place_code": "str"}),
    "parquet": pd.read_parquet,
    "jsonl": lambda path: pd.read_json(path, lines=True, dtype={"place_code": "str"}),
}


@pytest.mark.parametrize("ending", READERS)
def test_one_file_of_a_large_set_is_put_together_from_its_parts(archive, tmp_path, monkeypatch, ending):
    monkeypatch.setattr(dataset, "LARGE", 1)
    output = tmp_path / f"rows.{ending}"
    assert main(["extract", str(archive), "-o", str(output), "--jobs", "1"]) == 0
    write_dataset([archive], tmp_path / "out", 1)
    wanted = rows(tmp_path / "out", "observations")
    assert READERS[ending](output)["row"].tolist() == wanted["row"].tolist()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive.csv", "out", output.name]


def test_large_set_does_not_go_into_a_sheet(archive, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(dataset, "LARGE", 1)
    assert main(["extract", str(archive), "-o", str(tmp_path / "rows.xlsx"), "--jobs", "1"]) == 2
    assert "so large a table is not written so" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["archive.csv"]


@pytest.mark.skipif(
    "forkserver" not in get_all_start_methods(), reason="this system starts all processes anew"
)
def test_workers_begin_with_all_that_extraction_needs():
    code = (
        "from concurrent.futures import ProcessPoolExecutor as Pool\n"
        "from helpers.workers import warm_up, worker_context\n"
        "warm_up()\n"
        "with Pool(1, mp_context=worker_context()) as pool:\n"
        "    print(pool.submit(eval, \"'helpers.corpus.warm' in __import__('sys').modules\").result())\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "True\n"


@pytest.mark.parametrize("command", [["report"], ["extract", "-o", "-"]], ids=["report", "extract"])
def test_parts_are_not_taken_for_articles(archive, tmp_path, capsys, command):
    write_dataset([archive], tmp_path / "out", 1, progress=False)
    assert main([*command, str(tmp_path / "out")]) == 2
    assert "holds the parts that extract has written, not articles" in capsys.readouterr().err


def test_report_of_a_large_set_says_what_it_takes(archive, monkeypatch, capsys):
    monkeypatch.setattr(dataset, "LARGE", 1)
    monkeypatch.setattr("helpers.report.publish", lambda *arguments, **told: exit(3))
    with pytest.raises(SystemExit):
        main(["report", str(archive)])
    assert "a report holds its whole set in memory" in capsys.readouterr().err
