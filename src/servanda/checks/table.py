"""The checks that there are, and the three ways to run them: over a report, a dossier, the dossiers of one pair."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from servanda.checks import contradictions, growth, headlines, order, parts, series, targets
from servanda.checks.found import Check, Holders, discrepancy, standing
from servanda.model.dossier import Discrepancy, Dossier, Told
from servanda.model.reading import Figure, Record, Undertaking

ALL = (
    Check(
        "growth",
        "a stated growth that the two values of the report do not give",
        "названный рост не сходится с двумя величинами сообщения",
        report=growth.find_growth,
    ),
    Check(
        "base_elsewhere",
        "a stated growth against the base that another report prints",
        "названный рост не сходится с базой из другого сообщения",
        together=growth.find_other_base,
    ),
    Check(
        "implied_base",
        "the earlier value that follows from a value and its growth",
        "прежняя величина, которая следует из роста",
        report=growth.find_implied_bases,
    ),
    Check(
        "implied_change",
        "what happened between two earlier periods, from two growths of one value",
        "что было между двумя прежними периодами, по двум приростам одной величины",
        report=growth.find_implied_changes,
    ),
    Check(
        "target_distance",
        "how far a goal lies from the last figure, carried to a year",
        "сколько остаётся от последней величины, в пересчёте на год, до цели",
        report=targets.find_distance,
    ),
    Check(
        "target_exceeded",
        "a goal that the figures had reached before it was set",
        "цель, достигнутая раньше, чем названа",
        report=targets.find_exceeded,
        together=targets.find_exceeded,
    ),
    Check(
        "parts_total",
        "parts that do not make their total",
        "части не составляют целого",
        report=parts.find_totals,
    ),
    Check(
        "scale",
        "a part larger than its whole, often by a wrong unit",
        "часть больше целого, часто из-за единицы",
        report=parts.find_scale,
    ),
    Check(
        "shares",
        "shares of one whole that make more than 100 %",
        "доли одного целого в сумме больше 100 %",
        report=parts.find_shares,
    ),
    Check(
        "series",
        "a figure out of scale beside the others of its series",
        "показатель несоразмерен своему ряду",
        report=series.find_out_of_scale,
        together=series.find_out_of_scale,
    ),
    Check(
        "order_of_steps",
        "ratified, in force or changed before it was signed",
        "ратификация, вступление в силу или изменение раньше подписания",
        dossier=order.find_disorder,
    ),
    Check(
        "another_instrument",
        "words of a concluded agreement before the day of its signing",
        "слова о заключённом соглашении раньше дня подписания",
        dossier=order.find_another,
    ),
    Check(
        "early_deadline",
        "a deadline before the signing of the instrument that sets it",
        "срок раньше подписания документа, на котором он основан",
        report=order.find_early_deadlines,
    ),
    Check(
        "amounts",
        "two reports of one thing that give different numbers",
        "разные числа в сообщениях об одном",
        dossier=contradictions.find_amounts,
    ),
    Check(
        "dates",
        "two reports of one thing that give different days",
        "разные дни в сообщениях об одном",
        dossier=contradictions.find_days,
    ),
    Check(
        "terms",
        "two reports of one thing whose terms have different numbers",
        "разные числа в условиях в сообщениях об одном",
        dossier=contradictions.find_terms,
    ),
    Check(
        "denied",
        "told by one report, denied by another",
        "одно сообщение утверждает, другое опровергает",
        dossier=contradictions.find_denied,
    ),
    Check(
        "progress",
        "done by one report, not kept or called off by another",
        "по одному сообщению выполнено, по другому нет",
        dossier=contradictions.find_progress,
    ),
    Check(
        "headline",
        "a headline that says more than the body",
        "заголовок сильнее текста",
        report=headlines.find_stronger_headlines,
    ),
    Check(
        "weekday_clash",
        "a weekday that is not that of its date (found by the reader)",
        "день недели не сходится с датой (находит чтение)",
    ),
    Check(
        "published",
        "a day of publication that is no date, or not that of the page (found by the reader)",
        "день публикации – не дата или не тот, что на странице (находит чтение)",
    ),
    Check(
        "not_compared",
        "more figures and goals of one pair of parties than are compared with each other (told by the ledger)",
        "показателей и целей одной пары сторон больше, чем сравнивается между собой (сообщает книга)",
    ),
)


def check_report(told: Sequence[Told], holders: Holders = MappingProxyType({})) -> Iterator[Discrepancy]:
    """Findings over the records of one report version; `holders` says which dossier holds a record."""
    records = standing(told)
    for check in ALL:
        if check.report is not None:
            yield from (discrepancy(found, holders) for found in check.report(records))


def check_dossier(dossier: Dossier) -> Iterator[Discrepancy]:
    """Findings over all that is told of one thing."""
    holders = {t.id: dossier.id for t in dossier.told}
    for check in ALL:
        if check.dossier is not None:
            yield from (discrepancy(found, holders) for found in check.dossier(dossier))


def compared_by(record: Record) -> str | None:
    """The metric by which `check_together` compares a record with others: of a figure, or a goal to raise or cut one.

    None where it looks at no such record; those of different metrics are never compared.
    """
    if isinstance(record, Figure):
        return record.metric
    return targets.metric_of(record) if isinstance(record, Undertaking) and record.act in ("raise", "cut") else None


def check_together(told: Sequence[Told], holders: Holders = MappingProxyType({})) -> Iterator[Discrepancy]:
    """Findings between records of one pair of parties that no single report or dossier shows."""
    records = standing(told)
    for check in ALL:
        if check.together is not None:
            found = (f for f in check.together(records) if len({c.report for c in f.cited}) > 1)
            yield from (discrepancy(f, holders) for f in found)
