"""A cluster writes the parts that one machine would, also if one of its workers dies on the way."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest

from helpers.cli import main
from helpers.corpus import dataset
from helpers.corpus.dataset import write_dataset
from helpers.corpus.parts import part_files
from helpers.storage import location

distributed = pytest.importorskip("distributed", reason="the optional extra `cluster` is not installed")

ARTICLES = 60
NOTHING_LOST = {"articles": ARTICLES, "observations": 3 * ARTICLES}


@pytest.fixture
def archive(tmp_path) -> Path:
    path = tmp_path / "archive.csv"
    texts = (
        f"2023年1-11月,衡阳市工业投资同比增长{n}.4%。新签约项目3{n}个,总投资32{n}亿元。"
        for n in range(ARTICLES)
    )
    pd.DataFrame([{"article": f"a{n:02}", "text": text} for n, text in enumerate(texts)]).to_csv(
        path, index=False
    )
    return path


@pytest.fixture
def cluster(tmp_path):
    """Start a scheduler and two workers on this machine; give its address and the workers."""
    started = []

    def start(*command: str) -> subprocess.Popen:
        log = (tmp_path / f"{len(started)}.log").open("w")
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]], stdout=log, stderr=log
        )
        started.append(process)
        return process

    found = tmp_path / "scheduler.json"
    start(
        "dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        str(found),
    )
    worker = (
        "dask_worker",
        "--scheduler-file",
        str(found),
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
    )
    workers = [start(*worker, "--local-directory", str(tmp_path)) for _ in range(2)]
    wait_until(found.exists)
    with distributed.Client(scheduler_file=str(found), set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        yield client.scheduler.address, workers
    for process in reversed(started):
        process.kill()
        process.wait()


def wait_until(happened, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def test_lost_worker_costs_its_part_only(archive, tmp_path, cluster, monkeypatch):
    monkeypatch.setattr(dataset, "PART", 2)
    address, (lost, _) = cluster
    out = tmp_path / "out"
    urls = [location(f"file://{archive}")], location(f"file://{out}")
    run = threading.Thread(target=write_dataset, args=urls, kwargs={"progress": False, "scheduler": address})
    run.start()
    wait_until(lambda: part_files(out, "observations"))
    lost.send_signal(signal.SIGKILL)
    assert len(part_files(out, "observations")) < ARTICLES // 2
    run.join()
    write_dataset([archive], tmp_path / "here", 1, progress=False)
    assert contents(out) == contents(tmp_path / "here")
    for table, rows in NOTHING_LOST.items():
        assert sum(len(pd.read_parquet(path)) for path in part_files(out, table)) == rows


def test_cluster_that_does_not_answer_is_named(archive, tmp_path, capsys):
    assert main(["extract", str(archive), "-o", f"{tmp_path}/out/", "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "tcp://127.0.0.1:1: no scheduler answers there" in capsys.readouterr().err


def test_cluster_writes_parts_only(archive, tmp_path, capsys):
    assert (
        main(["extract", str(archive), "-o", f"{tmp_path}/rows.csv", "--scheduler", "tcp://127.0.0.1:1"]) == 2
    )
    assert "a cluster writes parts" in capsys.readouterr().err
