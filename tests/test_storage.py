"""Archives are read from stores that fsspec knows and parts written there, as on a disk: whole or not at all."""

import json
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from uuid import uuid4

import fsspec
import pandas as pd
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from helpers import storage
from helpers.cli import main
from helpers.corpus import dataset
from helpers.corpus.dataset import DatasetError, write_dataset
from helpers.corpus.parts import part_files, read_part
from helpers.storage import location, names_in, write_once

TEXTS = {
    f"a{n}": f"2023年1-11月,衡阳市工业投资同比增长{n}.4%。新签约项目3{n}个,总投资32{n}亿元。"
    for n in range(7)
}


@pytest.fixture(params=["puts files whole", "shows them as they arrive"])
def store(request, monkeypatch):
    """Give a folder in a store that no other test uses."""
    if request.param != "puts files whole":
        monkeypatch.setattr(storage, "PUT_WHOLE", frozenset())
    return location(f"memory://{uuid4().hex}/rows")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(dataset, "PART", 2)


@pytest.fixture
def archive(tmp_path) -> Path:
    path = tmp_path / "archive.jsonl"
    lines = (json.dumps({"article": name, "text": text}) for name, text in TEXTS.items())
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def local(archive, tmp_path) -> dict[str, bytes]:
    write_dataset([archive], tmp_path / "local", 1, progress=False)
    return contents(tmp_path / "local")


def contents(folder) -> dict[str, bytes]:
    root = folder.as_posix()
    return {
        path.as_posix().removeprefix(root): path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def copy(path: Path, to) -> None:
    for file in path.iterdir() if path.is_dir() else ():
        copy(file, to / file.name)
    if path.is_file():
        to.write_bytes(path.read_bytes())


def as_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for name, text in TEXTS.items():
            file.writestr(f"{name}.txt", text)


def as_folder(path: Path) -> None:
    path.mkdir()
    for name, text in TEXTS.items():
        (path / f"{name}.txt").write_text(text, "utf-8")


ROWS = pd.DataFrame({"article": list(TEXTS), "text": list(TEXTS.values())})
SETS = {
    "csv": lambda path: ROWS.to_csv(path, index=False),
    "gb18030.csv": lambda path: ROWS.to_csv(path, index=False, encoding="gb18030"),
    "jsonl": lambda path: ROWS.to_json(path, orient="records", lines=True, force_ascii=False),
    "parquet": lambda path: ROWS.to_parquet(path),
    "zip": as_zip,
    "folder": as_folder,
}


@pytest.mark.parametrize("ending", SETS)
def test_sets_of_every_kind_are_read_from_a_store(store, tmp_path, ending):
    SETS[ending](tmp_path / f"set.{ending}")
    copy(tmp_path / f"set.{ending}", store / f"set.{ending}")
    write_dataset([store / f"set.{ending}"], tmp_path / "rows", 1, progress=False)
    found = pd.concat([read_part(path) for path in part_files(tmp_path / "rows", "observations")])
    assert found["article"].value_counts().to_dict() == dict.fromkeys(TEXTS, 3)


def test_parts_in_a_store_are_those_of_a_disk(archive, store, local):
    write_dataset([archive], store, 1, progress=False)
    assert contents(store) == local


@pytest.mark.parametrize("missing", ["observations/part-00001.parquet", "articles/part-00002.parquet"])
def test_parts_that_are_missing_in_a_store_are_made_again(archive, store, local, missing, monkeypatch):
    write_dataset([archive], store, 1, progress=False)
    number = int(missing[-9:-8])
    for table in (missing.split("/")[0], "observations"):
        (store / table / missing.split("/")[1]).unlink(missing_ok=True)
    made = []
    write = dataset.write_part
    monkeypatch.setattr(
        dataset, "write_part", lambda part, n, **told: made.append(n) or write(part, n, **told)
    )
    write_dataset([archive], store, 1, progress=False)
    assert (made, contents(store)) == ([number], local)


def test_half_a_file_is_never_seen_as_a_part(archive, local, monkeypatch):
    def put_half(self, file, path):
        if "observations" in path and "part-00001" in path:
            self.pipe_file(path, Path(file).read_bytes()[:100])
            raise OSError("the line is dead")
        put(self, file, path)

    store, put = location(f"memory://{uuid4().hex}/rows"), MemoryFileSystem.put_file
    monkeypatch.setattr(storage, "PUT_WHOLE", frozenset())
    monkeypatch.setattr(MemoryFileSystem, "put_file", put_half)
    with pytest.raises(OSError, match="the line is dead"):
        write_dataset([archive], store, 1, progress=False)
    assert [path.name for path in part_files(store, "observations")] == ["part-00000.parquet"]
    assert any(name.startswith(".part-00001") for name in names_in(store / "observations"))
    monkeypatch.setattr(MemoryFileSystem, "put_file", put)
    write_dataset([archive], store, 1, progress=False)
    assert contents(store) == local


def test_store_with_parts_of_other_articles_is_left_alone(archive, store):
    write_dataset([archive], store, 1, progress=False)
    archive.write_text(archive.read_text("utf-8").replace("0.4%", "9.4%"), "utf-8")
    with pytest.raises(DatasetError, match="holds parts of other articles"):
        write_dataset([archive], store, 1, progress=False)


def test_what_is_written_once_stays(store):
    write_once("first", store / "run.json")
    write_once("second", store / "run.json")
    assert (store / "run.json").read_text("utf-8") == "first"


def test_one_file_is_written_to_a_store(archive, store, tmp_path):
    assert main(["extract", str(archive), "-o", str(store / "rows.parquet"), "--jobs", "1"]) == 0
    assert main(["extract", str(archive), "-o", str(tmp_path / "rows.parquet"), "--jobs", "1"]) == 0
    assert (store / "rows.parquet").read_bytes() == (tmp_path / "rows.parquet").read_bytes()
    assert names_in(store) == ["rows.parquet"]


def test_one_file_of_a_large_set_is_put_together_in_a_store(archive, store, monkeypatch):
    monkeypatch.setattr(dataset, "LARGE", 1)
    assert main(["extract", str(archive), "-o", str(store / "rows.parquet"), "--jobs", "1"]) == 0
    assert len(read_part(store / "rows.parquet")) == 3 * len(TEXTS)
    assert names_in(store) == ["rows.parquet"]


def test_url_of_a_file_is_a_path_of_this_machine(archive, tmp_path, local):
    assert main(["extract", f"file://{archive}", "-o", f"file://{tmp_path}/rows/", "--jobs", "1"]) == 0
    assert contents(tmp_path / "rows") == local


@pytest.mark.parametrize("arguments", [["nowhere://a/b.csv", "-o", "-"], ["{archive}", "-o", "nowhere://a/"]])
def test_store_that_is_not_known_is_told_in_a_line(archive, arguments, capsys):
    assert main(["extract", *(argument.format(archive=archive) for argument in arguments)]) == 2
    assert capsys.readouterr().err.startswith("zhanbao: nowhere://a/")


def test_archive_that_is_not_there_is_told_in_a_line(store, capsys):
    assert main(["extract", str(store / "none.csv"), "-o", "-"]) == 2
    assert "none.csv: no such file or folder" in capsys.readouterr().err


# Over the protocol of S3, where a server for tests and what speaks to it are installed (pip install s3fs moto[server]).


@pytest.fixture
def bucket(monkeypatch):
    """Give a bucket of an S3 server on this machine."""
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    pytest.importorskip("moto.server", reason="moto[server] is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("FSSPEC_S3_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setitem(fsspec.config.conf, "s3", {"endpoint_url": f"http://127.0.0.1:{port}"})
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1")
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield make_bucket(fsspec.filesystem("s3"), time.monotonic() + 60)
    finally:
        server.kill()
        server.wait()


def make_bucket(s3, deadline: float) -> str:
    while True:
        try:
            s3.mkdir("archive")
            return "s3://archive"
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_archive_and_parts_lie_in_s3(archive, bucket, local, tmp_path):
    fsspec.filesystem("s3").put_file(str(archive), f"{bucket}/archive.jsonl")
    command = [
        "extract", f"{bucket}/archive.jsonl", "-o", f"{bucket}/rows/", "--jobs", "1",
    ]  # fmt: skip
    assert main(command) == 0
    assert contents(location(f"{bucket}/rows")) == local
    (location(f"{bucket}/rows") / "observations/part-00001.parquet").unlink()
    assert main(command) == 0
    assert contents(location(f"{bucket}/rows")) == local


def test_first_of_two_runs_in_s3_is_told_by_its_mark(bucket):
    mark = location(f"{bucket}/rows/run.json")
    write_once("first", mark)
    write_once("second", mark)
    assert mark.read_text("utf-8") == "first"


def test_s3_that_lets_nobody_in_is_told_in_a_line(monkeypatch, bucket, capsys):
    monkeypatch.setitem(fsspec.config.conf, "s3", {"endpoint_url": "http://127.0.0.1:1"})
    assert main(["extract", "s3://other/archive.csv", "-o", "-"]) == 2
    assert capsys.readouterr().err.startswith("zhanbao: s3://other/archive.csv: cannot be reached")
