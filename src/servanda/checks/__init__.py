"""Records and dossiers -> findings: arithmetic, order in time, contradiction. Raises nothing, asks no clock.

Sees the model, and the words of `render` for numbers and days; never how a record was read or where it is kept.
"""

from servanda.checks.carried import carry_findings
from servanda.checks.table import ALL, check_dossier, check_report, check_together, compared_by

__all__ = ["ALL", "carry_findings", "check_dossier", "check_report", "check_together", "compared_by"]
