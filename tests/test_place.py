"""Places in text: which are found, what they are called, and which only look like places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.mentions.gazetteer import read_rows
from helpers.mentions.place import contains, find_places, place_code, region_of, resolve_relative


def names(text: str, home: str | None = None) -> list[str]:
    return [mention.name for mention in find_places(text, home)]


# text, home, names; wild: as real articles write it, synthetic: made up to fit a rule
FOUND = {
    "wild full name": ("郴州市新引进项目18个", None, ["郴州市"]),
    "wild short name": ("郴州通报了上半年情况", None, ["郴州市"]),
    "wild county short name": ("扎根耒阳的信心", None, ["耒阳市"]),
    "wild hierarchy is one mention": ("湖南省株洲市渌口区", None, ["渌口区"]),
    "wild short hierarchy": ("在江苏徐州和山东淄博", None, ["徐州市", "淄博市"]),
    "wild municipality and district": ("北京朝阳区", None, ["朝阳区"]),
    "wild two-character county with its prefecture": (
        "株洲高新区开会;攸县开展攻坚",
        "株洲市",
        ["株洲高新区", "攸县"],
    ),
    "wild two-character county by itself": ("2023年,澧县引进项目12个", None, ["澧县"]),
    "wild two-character county at the head": ("攸县本周开工项目3个", None, ["攸县"]),
    "wild office of a city": ("耒阳市委、市政府", None, ["耒阳市"]),
    "wild list": ("广东省广州、深圳、佛山、肇庆4市", None, ["广州市", "深圳市", "佛山市", "肇庆市"]),
    "wild list helps a doubtful name": (
        "宜昌、武汉、十堰、仙桃等市州",
        None,
        ["宜昌市", "武汉市", "十堰市", "仙桃市"],
    ),
    "wild former county": ("株洲县引进项目3个", None, ["株洲县"]),
    "wild former prefecture": ("襄樊市规模以上工业", None, ["襄樊市"]),
    "wild autonomous prefecture": ("湘西州与恩施州", None, ["湘西土家族苗族自治州", "恩施土家族苗族自治州"]),
    "wild town": ("临武县武水镇引进资金", None, ["武水镇"]),
    "wild street district": ("盐城大丰区大中街道新签约", None, ["大中街道"]),
    "wild country": ("全国动力电池产量", None, ["全国"]),
    "wild country by name": ("我国新能源汽车出口", None, ["全国"]),
    "wild region": ("东部地区投资增长", None, ["东部地区"]),
    "wild regions share their word": ("东部、中部、西部地区投资", None, ["东部地区", "中部地区", "西部地区"]),
    "wild bay area": ("拥抱粤港澳大湾区", None, ["粤港澳大湾区"]),
    "wild Taiwan": ("台北市与高雄的投资", None, ["台北市", "高雄市"]),
    "wild Xinjiang": ("全疆14个地州市,北疆地区到位资金", None, ["新疆维吾尔自治区", "北疆地区"]),
    "wild autonomous prefectures": ("昌吉州、伊犁州", None, ["昌吉回族自治州", "伊犁哈萨克自治州"]),
    "wild list of siblings": (
        "安乡、澧县、津市、石门、桃源",
        "常德市",
        ["安乡县", "澧县", "津市市", "石门县", "桃源县"],
    ),
    "wild Taiwan list": ("台北市与桃园、新北及基隆", None, ["台北市", "桃园市", "新北市", "基隆市"]),
    "wild Hong Kong": ("本港首季投资", None, ["香港"]),
    "wild relative": ("全市新签约项目,我市还举办", None, ["全市", "我市"]),
    "wild relative that": ("该县建立机制,当地推行", None, ["该县", "当地"]),
    "synthetic market after city": ("株洲市场需求", None, ["株洲市"]),
    "synthetic citizens": ("耒阳市民", None, ["耒阳市"]),
    "synthetic doubtful name with full name": ("永和县先行,永和再出发", None, ["永和县", "永和县"]),
    "synthetic doubtful name at home": ("永和再出发", "临汾市", ["永和县"]),
    "synthetic former municipality county": ("密云县旅游", None, ["密云县"]),
}

PARKS = {
    "wild zone": ("在郴州经开区,园区坚持", None, ["郴州经开区", "园区"]),
    "wild zones": ("郴州高新区、永兴经开区有望", None, ["郴州高新区", "永兴经开区"]),
    "wild estate": ("穿行在宜章氟化学工业园", None, ["宜章氟化学工业园"]),
    "wild estate with a name": ("耒阳大市循环经济产业园,", None, ["耒阳大市循环经济产业园"]),
    "wild estate by itself": ("市长在大市循环经济产业园主持会议", None, ["大市循环经济产业园"]),
    "wild partners": ("规划建设湘粤(临武)电池产业集聚区", None, ["湘粤(临武)电池产业集聚区"]),
    "wild national zone with brackets": ("中国(湖南)自由贸易试验区", None, ["中国(湖南)自由贸易试验区"]),
    "wild company after the zone": ("走进临武产业开发区泓辰科技公司", None, ["临武产业开发区"]),
    "wild new town": ("在株洲清水塘产业新城建设", None, ["株洲清水塘产业新城"]),
    "wild park in a park": ("株洲高新区新马金谷工业园,", None, ["株洲高新区新马金谷工业园"]),
    "wild city zone": ("耒阳市经开区持续深化", None, ["耒阳市经开区"]),
    "wild own name": ("苏州工业园区、两江新区和雄安新区", None, ["苏州工业园区", "两江新区", "雄安新区"]),
    "wild district of the name": ("浦东新区增长", None, ["浦东新区"]),
    "wild science park": ("新竹科学园区营业额", None, ["新竹科学园区"]),
    "wild Taiwan parks": ("竹科、南科及中科三个园区", None, ["竹科", "南科", "中科"]),
    "wild Taiwan technology park": ("高雄软体园区二期", None, ["高雄软体园区"]),
    "wild zone in a list": ("珠晖区、南岳区、松木经开区", "衡阳市", ["珠晖区", "南岳区", "松木经开区"]),
    "wild zone of a county named like its city": ("长沙县经开区", None, ["长沙县经开区"]),
    "wild zone after its province": ("湖南省衡东经开区", None, ["衡东经开区"]),
    "negative three sorts": ("前海、横琴、广州南沙三大片区", None, ["前海", "横琴", "南沙区"]),
    "wild bare zone": ("充分介绍,高新区党工委", None, ["高新区"]),
    "wild bare zone after a verb": ("详细推介高新区的优势", None, ["高新区"]),
    "wild estate of the county's part": ("福建福清江阴经济开发区", None, ["福清江阴经济开发区"]),
    "synthetic zone speaks for its district": ("南沙经开区", None, ["南沙经开区"]),
    "negative project": ("广州工控衡南产业园一期项目", None, ["广州市", "衡南县"]),
    "negative sort of park": ("国家级高新区和省级经开区,千亿园区", None, []),
    "negative company site": ("正在建设的中城新动能产业园。", None, []),
    "negative parks in general": ("衡阳园区的标志性项目", None, ["衡阳市"]),
    "negative sort of estate": ("在新材料产业园生产", None, []),
    "negative area": ("开发区域广阔", None, []),
}

NOT_FOUND = [
    "应县委要求,项目提速",
    "代县级政府管理",
    "合理县域布局",
    "坚持和平发展,深化合作项目",
    "提高安全水平,以上高新技术企业",
    "朝阳产业方兴未艾",
    "东方不亮西方亮",
    "文化资源丰富,通道畅通",
    "武功高强的来宾",
    "相应县域,消费县域",
    "全市场化,全区域布局,该区间",
    "安居乐业,平安建设,光明前景",
    "公开化、最大化、新兴产业",
    "坚如磐石的信心",
    "董事长李玉龙告诉记者",
    "建设新城区,改造城区道路",
    "城乡居民,乡镇企业",
    "",
]


@pytest.mark.parametrize(("text", "home", "expected"), (FOUND | PARKS).values(), ids=(FOUND | PARKS).keys())
def test_names_places(text: str, home: str | None, expected: list[str]) -> None:
    assert names(text, home) == expected


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_ordinary_words_alone(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("中车株洲所日前签约", "株洲市"),
        ("中车株洲电机", "株洲市"),
        ("湖南移动", "湖南省"),
        ("万里衡阳雁", "衡阳市"),
        ("湖南帝京环保新材料有限公司", "湖南省"),
        ("东莞鸿亿导热材料有限公司", "东莞市"),
        ("成功引进上海安能", "上海市"),
        ("406亿元上海安能项目", "上海市"),
        ("《郴州市产业调研报告》", "郴州市"),
        ("擦亮“创业株洲”品牌", "株洲市"),
        ("渌口区的渌口大桥", "渌口区"),
        ("中国联通", "全国"),
        ("广州工控衡南产业园一期", "广州市"),
    ],
)
def test_marks_places_within_names(text: str, name: str) -> None:
    assert name in [mention.name for mention in find_places(text) if mention.in_name]


@pytest.mark.parametrize(
    "text",
    [
        "郴州市完成投资",
        "株洲市政府",
        "衡东经开区管委会",
        "郴州工业项目12个",
        "“郴州市今年完成投资12亿元,增长5%。”",
        "北湖区引进资金",
    ],
)
def test_marks_no_name_without_one(text: str) -> None:
    assert [mention.in_name for mention in find_places(text)] == [False]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("比全省平均增速高1.1个百分点", ["全省"]),
        ("排全省第2位", ["全省"]),
        ("增速高于全省0.8个百分点", ["全省"]),
        ("郴州在全国首创改革", ["全国"]),
        ("率队赴上海、苏州等地", ["上海市", "苏州市"]),
        ("衡阳到北京、长三角、珠三角等地招商", ["北京市", "长三角", "珠三角"]),
        ("从香港到深圳,走访企业", ["香港", "深圳市"]),
        ("对东盟、美国、日本进出口", ["东盟", "美国", "日本"]),
        ("台湾核准对中国大陆投资", ["中国大陆"]),
        ("占全市总量的六成", ["全市"]),
        ("对全市企业服务", []),
        ("郴州率先行动", []),
        ("全省完成投资", []),
        ("在耒阳建设", []),
    ],
)
def test_marks_places_named_in_passing(text: str, aside: list[str]) -> None:
    assert [mention.name for mention in find_places(text) if mention.aside] == aside


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("郴州市", "431000"),
        ("郴州", "431000"),
        ("渌口区", "430212"),
        ("株洲市渌口区", "430212"),
        ("衡阳高新区", "430400"),
        ("衡东经开区", "430424"),
        ("湘粤(临武)电池产业集聚区", "431025"),
        ("襄樊市", "420600"),
        ("株洲县", "430221"),
        ("湖南省", "430000"),
        ("吉林", "220000"),
        ("香港", "810000"),
        ("台北市", "710000"),
        ("苏州工业园区", "320500"),
        ("鼓楼区", None),
        ("全国", None),
        ("东部地区", None),
        ("火星", None),
        ("", None),
        (None, None),
    ],
)
def test_code_of_a_stated_place(name: str | None, code: str | None) -> None:
    assert place_code(name) == code


def test_chooses_the_county_near_home() -> None:
    assert [m.code for m in find_places("鼓楼区增长5%", "福州市")] == ["350102"]
    assert [m.code for m in find_places("南京市鼓楼区增长5%")] == ["320106"]
    assert [m.code for m in find_places("南京市增长,鼓楼区增长5%")][-1] == "320106"


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("衡阳市", "耒阳市", True),
        ("衡阳市", "衡阳高新区", True),
        ("衡阳市", "耒阳大市循环经济产业园", True),
        ("湖南省", "渌口区", True),
        ("全国", "郴州市", True),
        ("郴州市", "郴州市", True),
        ("全国", "台北市", False),
        ("郴州市", "衡阳高新区", False),
        ("耒阳市", "衡阳市", False),
        ("衡阳高新区", "衡阳市", None),
        ("蒸湘区", "衡阳高新区", None),
        ("东部地区", "上海市", None),
        ("衡阳市", "火星", None),
    ],
)
def test_which_place_lies_in_which(outer: str, inner: str, expected: bool | None) -> None:
    assert contains(outer, inner) is expected


@pytest.mark.parametrize(
    ("word", "home", "expected"),
    [
        ("全市", "郴州市", "郴州市"),
        ("我市", "郴州市", "郴州市"),
        ("该市", "耒阳市", "耒阳市"),
        ("全市", "临武县", "郴州市"),
        ("全市", "渌口区", "株洲市"),
        ("全市", "浦东新区", "上海市"),
        ("全市", "衡阳高新区", "衡阳市"),
        ("全区", "渌口区", "渌口区"),
        ("全区", "衡阳高新区", "衡阳高新区"),
        ("全区", "南宁市", "广西壮族自治区"),
        ("全县", "临武县", "临武县"),
        ("全县", "郴州市", None),
        ("全省", "郴州市", "湖南省"),
        ("我省", "衡东经开区", "湖南省"),
        ("全州", "湘西州", "湘西土家族苗族自治州"),
        ("高新区", "衡阳市", "衡阳高新区"),
        ("经开区", "衡东县", "衡东经开区"),
        ("高新区", "衡阳高新区", "衡阳高新区"),
        ("园区", "衡阳高新区", "衡阳高新区"),
        ("开发区", "临武产业开发区", "临武产业开发区"),
        ("园区", "衡阳市", None),
        ("开发区", "衡阳市", None),
        ("当地", "临武县", "临武县"),
        ("全市", None, None),
        ("全市", "火星", None),
        ("全市", "全国", None),
    ],
)
def test_what_a_relative_word_means(word: str, home: str | None, expected: str | None) -> None:
    assert resolve_relative(word, home) == expected


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("高雄市", "TW"),
        ("台湾", "TW"),
        ("竹科", "TW"),
        ("香港", "HK"),
        ("澳门", "MO"),
        ("郴州市", "CN"),
        ("全国", "CN"),
        (None, "CN"),
    ],
)
def test_region_of_a_place(place: str | None, region: str) -> None:
    assert region_of(place) == region


PIECES = st.sampled_from(
    [
        "湖南省",
        "株洲市",
        "渌口区",
        "衡阳",
        "高新区",
        "大市循环经济产业园",
        "全市",
        "我市",
        "该县",
        "(",
        ")",
        "“",
        "”",
        "《",
        "》",
        "、",
        ",",
        "。",
        "赴",
        "比",
        "在",
        "中国",
        "和平",
        "公司",
        "项目",
        "一期",
        "东部",
        "地区",
        "镇",
        "1",
        "\n",
    ]
)


@settings(deadline=None)
@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)),
    st.sampled_from([None, "衡阳市", "火星"]),
)
def test_mentions_are_ordered_spans_of_the_text(text: str, home: str | None) -> None:
    end = 0
    for mention in find_places(text, home):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.name
        end = mention.end


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_relations_never_fail(name: str) -> None:
    place_code(name)
    contains("衡阳市", name)
    contains(name, "衡阳市")
    resolve_relative("全市", name)
    assert region_of(name) in {"CN", "HK", "MO", "TW"}


# --- The tables ---------------------------------------------------------------------------------------------------


def rows(name: str) -> list[list[str]]:
    return read_rows(name)


def test_every_division_has_a_well_formed_code_and_lies_in_a_province() -> None:
    codes = {code for code, *_ in rows("divisions")}
    assert len(rows("divisions")) > 3500
    for code, name, short, until in rows("divisions"):
        assert len(code) == 6 and code.isdigit()
        assert code[:2] + "0000" in codes, name
        assert name.startswith(short) and short != name
        assert not until or 2003 <= int(until) <= 2025


@pytest.mark.parametrize("table", ["regions", "parks", "park_suffixes"])
def test_no_name_stands_twice(table: str) -> None:
    names = [
        name
        for first, also, *_ in rows(table)
        for name in (first, *(also.split() if table != "park_suffixes" else ()))
    ]
    assert len(names) == len(set(names))


def test_no_cue_or_guard_stands_twice() -> None:
    for table in ("place_cues", "place_guards"):
        keys = [(word, meaning) for word, meaning, _ in rows(table)]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("suffix", "example"), [(row[0], row[3]) for row in read_rows("park_suffixes")])
def test_each_suffix_finds_the_park_of_its_example(suffix: str, example: str) -> None:
    assert example.endswith(suffix)
    assert any(example.endswith(m.name) or m.kind == "park" for m in find_places(f"在{example}举行"))


@pytest.mark.parametrize("name", [name for row in read_rows("parks") for name in (row[0], *row[1].split())])
def test_each_named_park_is_found(name: str) -> None:
    if name != "中科":
        assert [(m.kind, m.end - m.start) for m in find_places(name)] == [("park", len(name))]


@pytest.mark.parametrize(
    ("word", "example"),
    [(w, e) for w, meaning, e in read_rows("place_guards") if e and meaning != "crossing"],
)
def test_each_guarded_word_is_no_place_in_its_example(word: str, example: str) -> None:
    assert word in example
    assert word not in [example[m.start : m.end] for m in find_places(example) if m.kind != "relative"]


def test_each_cue_is_in_its_example() -> None:
    assert [cue for cue, _, example in rows("place_cues") if cue not in example] == []


def test_no_guard_is_idle() -> None:
    known = {name for code, full, short, until in rows("divisions") for name in (full, short)} | {
        "中科",
        "兵团",
        "桃园",
        "新北",
    }
    assert [
        word
        for word, meaning, _ in rows("place_guards")
        if meaning not in ("crossing", "other") and word not in known
    ] == []
