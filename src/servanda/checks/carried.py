"""What the reader itself found in a report -> the same findings among those of the checks. Carries, repeats nothing."""

from collections.abc import Iterator, Sequence

from servanda.model.dossier import Cited, Discrepancy
from servanda.model.reading import Finding

_RUSSIAN = {
    "weekday_clash": "день недели не сходится с датой",
    "published": "день публикации сомнителен",
}


def carry_findings(report: str, findings: Sequence[Finding], text: str | None = None) -> Iterator[Discrepancy]:
    """Clashes of weekday and date, and of days of publication; they concern the report, not a record (number 0)."""
    for finding in findings:
        if finding.code in _RUSSIAN:
            words = " … ".join(span.of(text) for span in finding.spans) if text else ""
            said = _RUSSIAN[finding.code] + (f": «{words}»" if words else "")
            cited = Cited(0, report, words, finding.spans)
            yield Discrepancy(finding.code, "doubt", finding.message, (), (cited,), said)
