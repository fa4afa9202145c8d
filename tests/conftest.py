"""What the tests of the later stages start from: one observation, made by hand."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import hostile
import pytest
import sites
from hypothesis import settings

from helpers.observation import Basis, Bound, Confidence, Kind, Observation, Status
from helpers.rates import read_rates

# The same examples for everybody, each time: who breaks a property sees it, and nobody else does.
settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.load_profile("fixed")

GROWTH = Observation(
    article="a",
    kind=Kind.GROWTH_RATE,
    value=Decimal("8.4"),
    unit="percent",
    bound=Bound.EXACT,
    indicator="规模工业增加值",
    subject=None,
    place="郴州市",
    period="2022-01/2022-11",
    basis=Basis.YOY,
    status=Status.ACTUAL,
    stage=None,
    start=11,
    end=15,
    text="8.4%",
    sentence="规模工业增加值同比增长8.4%。",
    rule="rate",
    confidence=Confidence.HIGH,
)


@pytest.fixture
def observe() -> Callable[..., Observation]:
    """Return a maker of observations: a growth rate of 8.4%, but for what is asked for."""
    return lambda **changes: GROWTH._replace(**changes)


@pytest.fixture(scope="session")
def publish_once(tmp_path_factory) -> Callable[[str], Path]:
    """Return what publishes one of the sets of `sites`, once for all tests, and says where its reports lie."""
    from helpers import paths, report

    plan_all = report.plan_pages

    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if shared.name.startswith("popen-") else shared

    def publish_once(name: str) -> Path:
        folder = shared / f"published-{name}"
        folder.mkdir(exist_ok=True)
        with sites.once(folder, "site/index.html") as done, pytest.MonkeyPatch.context() as patch:
            if not done:
                patch.setattr(paths, "PROCESSED", folder / "processed")
                if name == "hostile":
                    patch.setenv("ZHANBAO_LIMITS", hostile.LIMITS)
                    patch.setattr(report, "plan_pages", lambda *asked: hostile.chosen(plan_all(*asked)))
                rates = read_rates(sites.RATES if name == "copies" else "")
                report.publish(
                    sites.articles_of(name, folder),
                    folder / "site",
                    progress=False,
                    rates=rates,
                    article_pages=sites.ARTICLE_PAGES if name == "large" else sites.EVERY_PAGE,
                )
        return folder / "site"

    return publish_once


@pytest.fixture(scope="session")
def published(publish_once) -> Path:
    """Return the folder of the reports of the small set."""
    return publish_once("small")
