"""Choosing from a large set: conditions → articles, and the set that is written of them."""

import json

import pandas as pd
import pytest

from helpers.article import read_article_set
from helpers.cli import main
from helpers.corpus import dataset
from helpers.corpus.dataset import write_dataset
from helpers.corpus.selection import SelectionError, articles_that_say, parse_condition

TEXTS = {
    "a": ("2023年1-6月，衡阳市完成工业投资90亿元，同比增长12%。", "2023-07", "衡阳市"),
    "b": ("2022年1-11月，衡阳市完成工业投资30亿元，同比下降3%。", "2022-12", "衡阳市"),
    "c": ("2023年1-6月，成都市签约项目12个，总投资80亿元。", "2023-07", "成都市"),
    "d": ("春风拂面，游人如织。", "2023-07", None),
}


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "news.jsonl"
    rows = (
        {"id": name, "text": text, "published": published, "place": place, "source": "=本报"}
        for name, (text, published, place) in TEXTS.items()
    )
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(params=[1, 500], ids=["many parts", "one part"])
def parts(archive, tmp_path, monkeypatch, request):
    monkeypatch.setattr(dataset, "PART", request.param)
    write_dataset([archive], tmp_path / "rows", 1, progress=False)
    return tmp_path / "rows"


@pytest.mark.parametrize(
    ("conditions", "chosen"),
    [
        pytest.param(["province=湖南省"], "ab", id="a place"),
        pytest.param(["province=湖南省", "period_start>=2023"], "a", id="a place and a time"),
        pytest.param(["kind=investment", "value>=8e9"], "ac", id="a number, compared as one"),
        pytest.param(["kind=growth_rate", "value<0"], "b", id="less than nothing"),
        pytest.param(["kind=growth_rate", "value>50"], "", id="both of one row"),
        pytest.param(["indicator~工业"], "ab", id="contains"),
        pytest.param(["published>=2023"], "acd", id="of the article"),
        pytest.param(["published>=2023", "kind=project_count"], "c", id="of the article and of a row"),
        pytest.param(["basis!=yoy"], "", id="nothing in it meets none"),
        pytest.param([], "abcd", id="none"),
    ],
)
def test_articles_meet_conditions(parts, conditions, chosen):
    assert articles_that_say(parts, [*map(parse_condition, conditions)]) == set(chosen)


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("湖南省", "is no condition"),
        ("provinz=湖南省", "no column 'provinz'; there are article, "),
        ("value>=many", "value holds numbers, 'many' is none"),
    ],
)
def test_what_is_no_condition_is_refused(parts, condition, message):
    with pytest.raises(SelectionError, match=message):
        articles_that_say(parts, [parse_condition(condition)])


@pytest.mark.parametrize("ending", [".jsonl", ".parquet"])
def test_a_selection_is_a_set_like_that_it_is_of(archive, parts, tmp_path, ending, capsys):
    output = tmp_path / f"chosen{ending}"
    assert main(["select", str(parts), str(archive), "-o", str(output), "--where", "province=湖南省"]) == 0
    chosen, whole = read_article_set(output), read_article_set(archive)
    assert chosen.articles == tuple(article for article in whole.articles if article.id in "ab")
    assert capsys.readouterr().err == f"zhanbao: 2 articles in {output}\n"


def test_corrections_go_along_and_are_never_written_over(archive, parts, tmp_path, capsys):
    line = "article,figure,before,after,column,value,reason,who,when\na,90亿元,投资,，同比,place,衡南县,见原文,李四,2024-01-05\n"
    (tmp_path / "news.corrections.csv").write_text(line, "utf-8")
    call = ["select", str(parts), str(archive), "-o", str(tmp_path / "s.jsonl"), "--where", "kind=investment"]
    assert main(call) == 0
    of_a, of_c = (read_article_set(tmp_path / "s.jsonl").articles[number] for number in (0, 2))
    assert [one.value for one in of_a.corrections] == ["衡南县"]
    assert of_c.corrections == ()
    (tmp_path / "s.corrections.csv").write_text(line.replace("衡南县", "常宁市"), "utf-8")
    assert main(call) == 0
    assert "常宁市" in (tmp_path / "s.corrections.csv").read_text("utf-8")
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            {"-o": "s.csv"}, "articles are written as .jsonl or .parquet", id="csv would change them"
        ),
        pytest.param({"--where": "province=海南省"}, "no article says that", id="nothing meets it"),
        pytest.param({"PATH": "other.jsonl"}, "is in the sets named", id="another archive"),
        pytest.param({"DIR": "."}, "holds no parts", id="no parts"),
        pytest.param({"-o": "news.jsonl"}, "is what is to be chosen from", id="over the archive"),
    ],
)
def test_what_cannot_be_chosen_writes_nothing(archive, parts, tmp_path, monkeypatch, capsys, change, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.jsonl").write_text('{"id": "z", "text": "投资5亿元。"}\n', "utf-8")
    told = {"DIR": "rows", "PATH": "news.jsonl", "-o": "s.jsonl", "--where": "province=湖南省"} | change
    call = ["select", told["DIR"], told["PATH"], "-o", told["-o"], "--where", told["--where"]]
    assert main(call) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.glob("s.*"))


def test_an_unfinished_run_is_not_chosen_from(archive, parts, tmp_path, capsys):
    last = max((parts / "observations").iterdir())
    last.unlink()
    call = ["select", str(parts), str(archive), "-o", str(tmp_path / "s.jsonl"), "--where", "province=湖南省"]
    assert main(call) == 2
    said = capsys.readouterr().err
    assert "not all parts are written" in said or "holds no parts" in said


def test_an_article_that_two_sets_have_is_refused(archive, parts, tmp_path, capsys):
    call = ["select", str(parts), str(archive), str(archive), "-o", str(tmp_path / "s.jsonl")]
    assert main(call) == 2
    assert "two articles are called" in capsys.readouterr().err


def test_articles_that_the_sets_lack_are_counted(archive, parts, tmp_path, capsys):
    first = archive.read_text("utf-8").splitlines(keepends=True)[0]
    archive.write_text(first, "utf-8")
    call = ["select", str(parts), str(archive), "-o", str(tmp_path / "s.jsonl"), "--where", "province=湖南省"]
    assert main(call) == 0
    assert "1 articles of" in capsys.readouterr().err
    assert pd.read_json(tmp_path / "s.jsonl", lines=True)["article"].tolist() == ["a"]
