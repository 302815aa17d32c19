"""A dossier is said in plain words: how it stands, its time line, who says so."""

from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from servanda.bulk.sketch import sketch
from servanda.ledger.life import make_dossier
from servanda.model.dossier import Carrier, Cited, Discrepancy, Dossier, Grade, Performance, Possible, Side, Told
from servanda.model.reading import Amount, Figure, Instrument, Record, Step, Undertaking
from servanda.model.spans import Span
from servanda.model.terms import Status, StepName
from servanda.render.dossiers import dossier_line, render_dossier
from servanda.render.text import Paper
from servanda.render.words import LANGUAGES, labels

EN, RU = Paper("en", 80, False), Paper("ru", 80, False)


def name(code: str) -> str:
    return {"A": "Лесия", "B": "Озерия"}.get(code, code)


def speaker(words: str) -> str | None:
    return {"Лесии": "A", "Озерии": "B"}.get(words.split()[-1])


def told(number: int, day: str, record: Record, **carrier: Any) -> Told:
    report = Carrier(
        f"r{number}", 1, day, carrier.pop("agency", "Вестник"), "ru", None, "2030-01-01T00:00:00Z", "given"
    )
    return Told(number, record, replace(report, **carrier))


def promise(quote: str, **fields: Any) -> Undertaking:
    given = {"modality": "obligation", "progress": "announced", "act": "give", "by": ("A",), "to": ("B",)}
    empty = {"amounts": (), "terms": (), "places": (), "when": None, "under": None}
    common = {"quote": quote, "certainty": "stated", "source": None, "object": "зерно"}
    return Undertaking(**{**given, **empty, **common, **fields})


GRAIN = [
    told(
        1,
        "2024-03-05",
        promise(
            "Лесия безвозмездно передаст Озерии 500 тонн зерна до конца 2024 года",
            amounts=(Amount(500, "тонна"),),
            terms=("безвозмездно",),
            when="../2024-12-31",
            source="министр Лесии",
        ),
    ),
    told(2, "2024-03-06", promise("Лесия даст зерно", source="министр Лесии"), agency="Курьер"),
    told(
        3,
        "2024-09-02",
        promise("отправлено 200 тонн", progress="fulfilled", amounts=(Amount(200, "тонна"),), source="министр Лесии"),
    ),
]


def grain(*more: Told, as_of: date = date(2025, 2, 1)) -> Dossier:
    doubles = [Possible("U9", 0.5, ("same parties", "same act: give"))]
    return make_dossier("U1", [*GRAIN, *more], under="I7", as_of=as_of, speaker=speaker, possible=doubles)


def test_a_rewrite_names_whose_wire_it_is() -> None:
    text = sketch("Лесия до конца года безвозмездно передаст Озерии пятьсот тонн зерна пшеницы")
    quotes = enumerate(("Лесия передаст Озерии зерно пшеницы", "Озерия получит зерно пшеницы, передаст Лесия"), 1)
    told_of = [told(n, f"2024-03-0{n}", promise(quote), agency=f"Курьер {n}") for n, quote in quotes]
    made = make_dossier("U1", [replace(one, sketch=text) for one in told_of])
    assert "      Курьер 2, 2 March 2024, rewrites Курьер 1\n" in render_dossier(made, EN, name)


def test_a_page_in_english() -> None:
    page = render_dossier(grain(), EN, name)
    assert page == (
        "U1  Лесия gives Озерия: зерно (500 tonnes) · free of charge · under: I7\n"
        "    reported as done in part · the receiver has not said so · deadline: by the\n"
        "      end of 2024 · as of 1 February 2025\n"
        "\n"
        "    Time line\n"
        "      5 March 2024 · announced, says Лесия (the giver) · Вестник and Курьер\n"
        "        «Лесия безвозмездно передаст Озерии 500 тонн зерна до конца 2024 года» —\n"
        "          source: министр Лесии, #1\n"
        "      2 September 2024 · done (200 tonnes), says Лесия (the giver) · Вестник\n"
        "        «отправлено 200 тонн» — source: министр Лесии, #3\n"
        "\n"
        "    Other reports\n"
        "      Курьер, 6 March 2024\n"
        "        «Лесия даст зерно» — source: министр Лесии, #2\n"
        "\n"
        "    Grounds\n"
        "      officials of one side say so (grade C)\n"
        "      1 origin, 3 reports · 5 March 2024 – 2 September 2024\n"
        "        министр Лесии — Вестник and Курьер\n"
        "\n"
        "    Perhaps the same\n"
        "      U9\n"
        "        same parties, same act: give\n"
        "      servanda decide merge U1 U9 joins the two, servanda decide apart U1 U9\n"
        "        keeps them apart\n"
    )


def test_a_page_in_russian_says_who_denies_and_how_long_it_is_overdue() -> None:
    denial = told(
        4, "2024-09-03", promise("зерна не было", progress="fulfilled", certainty="denied", source="посол Озерии")
    )
    page = render_dossier(grain(denial), RU, name)
    assert "получатель это опровергает" in page
    assert "выполнено, опровергает Озерия (получатель)" in page
    overdue = make_dossier("U1", GRAIN[:2], as_of=date(2025, 1, 22))
    assert "срок прошёл 22 дня назад, сообщений нет · срок: до конца 2024 года" in render_dossier(overdue, RU, name)


def test_not_kept_is_said_by_somebody() -> None:
    broken = told(4, "2025-01-05", promise("Лесия слова не сдержала", progress="broken", source="посол Озерии"))
    page = render_dossier(make_dossier("U1", [GRAIN[0], broken]), EN, name)
    assert "reported as not kept · says: посол Озерии" in page


def test_the_act_of_two_that_hands_nothing_over_has_no_giver() -> None:
    built = told(4, "2025-01-05", promise("Лесия строит мост", act="build", source="министр Лесии"))
    assert "announced, says Лесия (the party that acts)" in render_dossier(
        make_dossier("U4", [built], speaker=speaker), EN, name
    )


def agreement(quote: str, *steps: Step) -> Instrument:
    common = {"quote": quote, "certainty": "stated", "source": None}
    return Instrument(
        kind="agreement", parties=("A", "B"), subject="о дорогах", count=None, steps=steps, valid=None, **common
    )


def test_an_instrument_has_its_steps_in_order_and_those_to_come_marked() -> None:
    made = make_dossier(
        "I1",
        [
            told(1, "2024-03-05", agreement("договор подписан", Step("signed", "2024-03-04", None))),
            told(
                2,
                "2024-05-02",
                agreement("в силе с июля", Step("ratified", None, "A"), Step("in_force", "2024-07-01", None)),
            ),
        ],
    )
    lines = render_dossier(made, EN, name).splitlines()
    assert lines[:2] == ["I1  Agreement between Лесия and Озерия · о дорогах", "    ratified by Лесия"]
    assert [line.strip() for line in lines if line.startswith("      ") and line[6] != " "][:3] == [
        "4 March 2024 · signed · Вестник",
        "day not told (reported 2 May 2024) · ratified by Лесия · Вестник",
        "1 July 2024 · in force (to come) · Вестник, #2",
    ]


def test_a_step_is_shown_in_its_own_sentence() -> None:
    text = "Договор подписан. Парламент Лесии ратифицировал его в мае."
    evidence = {"quote": (Span(0, 16),), "steps/0": (Span(8, 16),), "steps/1": (Span(32, 45),)}
    record = agreement("Договор подписан", Step("signed", None, None), Step("ratified", "2024-05", "A"))
    made = make_dossier("I1", [told(1, "2024-05-02", replace(record, evidence=evidence), text=text)])
    assert "«Парламент Лесии ратифицировал его в мае.» — #1" in render_dossier(made, EN, name)


def trade(quote: str, number: float) -> Figure:
    common = {"quote": quote, "certainty": "stated", "source": "таможня Лесии"}
    amount = Amount(number, "USD")
    return Figure(metric="trade", who=("A", "B"), period="2023", amount=amount, changes=(), forecast=False, **common)


def test_values_of_a_figure_are_kept_when_they_are_revised() -> None:
    made = make_dossier(
        "F1", [told(1, "2024-02-01", trade("20 млн", 20e6)), told(2, "2024-06-01", trade("23 млн", 23e6))]
    )
    page = render_dossier(made, EN, name).replace("\u00a0", " ")
    assert page.startswith("F1  Trade between Лесия and Озерия, 2023\n\n    Values\n")
    assert "2023 · $20 million (revised later, reported 1 February 2024) · Вестник" in page
    assert dossier_line(made, Paper("en", 100, False), name).endswith(
        "Trade between Лесия and Озерия, 2023: $23\u00a0million"
    )


def test_findings_stand_with_their_words_side_by_side() -> None:
    cited = (Cited(1, "r1", "500 тонн"), Cited(2, "r2", "зерно"))
    found = Discrepancy("amounts", "doubt", "500 against 600", ("U1",), cited, "500 против 600")
    page = render_dossier(grain(), EN, name, [found])
    assert (
        "To look at · 500 against 600\n        «500 тонн» — Вестник, 5 March 2024, #1\n        «зерно» — Курьер" in page
    )
    assert "500 против 600" in render_dossier(grain(), RU, name, [found])


def test_what_people_decided_and_what_was_withdrawn_is_marked() -> None:
    first = replace(told(1, "2024-03-05", GRAIN[0].record, withdrawn=True), review="corrected", corrected=("when",))
    page = render_dossier(make_dossier("U1", [first]), EN, name)
    assert "Every report of this was withdrawn." in page
    assert "corrected by a person: when, report withdrawn, #1" in " ".join(page.split())


def test_words_of_a_report_cannot_harm_the_terminal() -> None:
    bad = told(1, "2024-03-05", promise("да\x1b[31mст", object="зер\x1bно", source="ис\x07точник"), agency="А\x1b")
    page = render_dossier(make_dossier("U1", [bad]), EN, name) + dossier_line(make_dossier("U1", [bad]), EN, name)
    assert not {"\x1b", "\x07"} & set(page)


def test_many_carriers_and_reports_are_counted() -> None:
    many = [told(n, "2024-03-05", GRAIN[0].record, agency=f"Вестник {n}") for n in range(1, 31)]
    assert "Вестник 1, Вестник 2, Вестник 3 and 27 more" in render_dossier(make_dossier("U1", many), EN, name)
    different = [told(n, "2024-03-05", promise(f"слова {n}")) for n in range(1, 31)]
    assert "\n      17 more\n" in render_dossier(make_dossier("U1", different), EN, name)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_list_has_one_line_of_its_width_for_each(width: int) -> None:
    line = dossier_line(grain(), Paper("en", width, False), name)
    assert "\n" not in line
    assert len(line) <= max(width, 75)
    assert line.endswith("· by the end of 2024")


@pytest.mark.parametrize("ui", LANGUAGES)
def test_there_are_words_for_all_that_can_be(ui: str) -> None:
    keys = labels(ui)
    wanted = [f"performance/{p}" for p in get_args(Performance)] + [f"brief/{p}" for p in get_args(Performance)]
    wanted += [f"grade/{g}" for g in get_args(Grade)] + [f"step/{s.value}" for s in StepName]
    wanted += [f"status/{s.value}" for s in Status] + [f"side/{s}" for s in get_args(Side) if s != "unknown"]
    assert [key for key in wanted if not keys.get(key)] == []


def test_what_is_perhaps_the_same_stands_with_its_title_and_reasons() -> None:
    page = render_dossier(grain(), Paper("ru", 80, False), name, title={"U9": "Лесия передаёт: рожь"}.__getitem__)
    assert "      U9 Лесия передаёт: рожь\n        те же стороны, то же действие: передать\n" in page
