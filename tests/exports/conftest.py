"""A small ledger of invented reports, and the dossiers in it; some words are made to look like formulas."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from servanda.ledger.ledger import Given, Ledger
from servanda.ledger.words import PLAIN
from servanda.model.dossier import Dossier

LEAD = "Лурия и Морвения подписали соглашение о поставках зерна. "
PROMISE = "Лурия до конца 2024 года безвозмездно передаст Морвении 500 тонн пшеницы"
TRADE = "Товарооборот стран в 2023 году упал на 4,5 % и составил 3 млрд долларов"
TALKS = "Министр Иван Первый принял в Лурске посла Морвении"
FORMULA = "=SUM(A1;=B2)\n-опасная помощь зерном"
FIRST = f"{LEAD}{PROMISE}. {TRADE}.\n{TALKS}."
SECOND = f"{FORMULA}. Морвения готовит склад."
THIRD = "Морвения отозвала посла."

Plain = dict[str, Any]


def record(type: str, text: str, quote: str, words: Mapping[str, str], **fields: Any) -> Plain:
    """A record of a report; `words` are the exact words of its fields, by path."""
    paths = {"quote": quote, **words}
    evidence = {path: [[text.index(said), text.index(said) + len(said)]] for path, said in paths.items()}
    basis = {path: {"how": "stated", "rule": "by_hand"} for path in words}
    common = {"type": type, "quote": quote, "certainty": "stated", "source": None}
    return {**common, **fields, "evidence": evidence, "basis": basis, "confidence": {"": 0.9, "quote": 0.8}}


def instrument(text: str, quote: str, words: Mapping[str, str], **fields: Any) -> Plain:
    own = {"kind": "agreement", "parties": ["XA", "XB"], "subject": None, "count": None, "steps": [], "valid": None}
    return record("instrument", text, quote, words, **{**own, **fields})


def undertaking(text: str, quote: str, words: Mapping[str, str], **fields: Any) -> Plain:
    own: Plain = {
        **{"modality": "obligation", "progress": "announced", "act": "give", "by": ["XA"], "to": ["XB"]},
        **{"object": None, "amounts": [], "terms": [], "places": [], "when": None, "under": None},
    }
    return record("undertaking", text, quote, words, **{**own, **fields})


def first_report() -> list[Plain]:
    """Records of all types."""
    return [
        instrument(
            *(FIRST, LEAD.strip(" ."), {"subject": "о поставках зерна", "steps/0/step": "подписали"}),
            subject="о поставках зерна",
            steps=[{"step": "signed", "date": "2024-02-09", "by": None}],
        ),
        undertaking(
            *(FIRST, PROMISE, {"object": "пшеницы", "amounts/0": "500 тонн", "terms/0": "безвозмездно"}),
            object="пшеницы",
            amounts=[{"number": 500, "unit": "тонна", "bound": "exactly"}],
            terms=["безвозмездно"],
            when="../2024",
            under=0,
        ),
        record(
            *("figure", FIRST, TRADE, {"amount": "3 млрд долларов"}),
            metric="trade",
            who=["XA", "XB"],
            period="2023",
            amount={"number": 3e9, "unit": "USD", "bound": "exactly"},
            changes=[{"percent": -4.5, "times": None, "against": "2022"}],
            forecast=False,
        ),
        record(
            *("meeting", FIRST, TALKS, {"participants/0/name": "Иван Первый"}),
            kind="talks",
            participants=[
                {"name": "Иван Первый", "office": "министр", "party": "XA"},
                {"name": None, "office": "посол", "party": "XB"},
            ],
            place="Лурск",
            date="2024-02-09",
            status="held",
            topics=[],
        ),
    ]


def second_report() -> list[Plain]:
    """Words that look like formulas."""
    words = {"object": FORMULA, "by/0": "Морвения"}
    return [undertaking(SECOND, FORMULA, words, object=FORMULA, by=["name:=1+1", "XC"], to=["XB"], when="2024-05")]


def given(id: str, text: str, records: Sequence[Plain], published: str | None = "2024-02-10") -> Given:
    """A reading with its report."""
    reading = {"id": id, "published": published, "records": list(records)}
    return Given(reading=reading, text=text, agency=f"агентство {id}", lang="ru", url=f"https://news.example/{id}")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Three reports, the last of which was withdrawn."""
    made = Ledger.open(tmp_path / "ledger.db", PLAIN, create=True, clock=lambda: datetime(2024, 3, 1, tzinfo=UTC))
    third = undertaking(THIRD, THIRD.strip("."), {}, act="other", when="2024-06-01")
    made.add([given("alpha-1", FIRST, first_report()), given("=beta;2", SECOND, second_report())], "desk")
    made.add([given("gamma-3", THIRD, [third], published=None)], "desk")
    made.withdraw("gamma-3", "desk")
    yield made
    made.close()


@pytest.fixture
def dossiers(ledger: Ledger) -> list[Dossier]:
    """All, with texts."""
    return list(ledger.all(texts=True))


@pytest.fixture(scope="session")
def title() -> Callable[[Dossier], str]:
    """Titles that look like formulas."""
    return lambda dossier: f"@{dossier.id}"


@pytest.fixture
def later() -> Given:
    """A report that puts a deadline off."""
    text = "Лурия передаст Морвении пшеницу к концу марта 2025 года"
    return given("delta-4", text, [undertaking(text, text, {}, object="пшеницу", when="../2025-03")], "2024-04-01")


@pytest.fixture
def first() -> Given:
    """The first report."""
    return given("alpha-1", FIRST, first_report())


@pytest.fixture
def missed() -> Plain:
    """The instrument of the first report, as a person adds it."""
    return first_report()[0]
