"""Read agreed deviations: which rule, why, with whom, since when and until when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import SetupError, did_you_mean, excerpt, listing
from qmadvisor.language.types import DateType
from qmadvisor.language.values import Interval
from qmadvisor.setup.answers import is_unknown, read_text, single_text
from qmadvisor.setup.dates import read_date
from qmadvisor.setup.header import section
from qmadvisor.setup.model import Deviation
from qmadvisor.setup.problems import Problems, refusal

_KEYS = ("grund", "vereinbart_mit", "datum", "bis")
_MAX_REASON, _MAX_PARTNER = 2000, 200
_ALL_DAYS = DateType(Interval(date.min.toordinal(), date.max.toordinal()))


def read_deviations(
    root: documents.Mapping,
    problems: Problems,
    rule_ids: Collection[str] | None,
    retired: Mapping[str, str | None],
) -> dict[str, Deviation]:
    """Read `abweichungen` by rule id.

    Without `rule_ids` any id is taken. A retired id stands for the rule that replaces it; where none
    does, it is kept as it is and changes nothing.
    """
    deviations: dict[str, Deviation] = {}
    for word, node in section(root, "abweichungen", problems).items():
        if problems.full:
            break
        path = f"abweichungen.{word}"
        try:
            rule = _rule(word, rule_ids, retired)
            if rule in deviations:
                raise refusal("duplicate_deviation", f"Zu „{rule}“ gibt es zwei Abweichungen.")
            deviations[rule] = _deviation(rule, node, path, problems)
        except SetupError as error:
            problems.take(error, node, path)
    return deviations


def _rule(word: str, rule_ids: Collection[str] | None, retired: Mapping[str, str | None]) -> str:
    if word in retired:
        return retired[word] or word
    if rule_ids is None or word in rule_ids:
        return word
    raise refusal(
        "unknown_rule",
        "Diese Regel gibt es nicht.",
        found=excerpt(word),
        remedy=did_you_mean(word, rule_ids),
    )


def _deviation(rule: str, node: Node, path: str, problems: Problems) -> Deviation:
    if not isinstance(node, documents.Mapping):
        remedy = "Zum Beispiel „{grund: …, vereinbart_mit: …, datum: 31.01.2026}“."
        raise refusal("not_a_deviation", "Zu einer Abweichung gehört der Grund.", remedy=remedy)
    parts = {key: part for key, part in node.items.items() if not is_unknown(part)}
    _check_keys(parts, path, problems)
    reason = _text(parts, "grund", _MAX_REASON, path, problems)
    if "grund" not in parts:
        remedy = "Ergänzen Sie „grund: …“."
        raise refusal("missing_reason", "Zu einer Abweichung gehört der Grund.", remedy=remedy)
    return Deviation(
        rule,
        reason or "",
        _text(parts, "vereinbart_mit", _MAX_PARTNER, path, problems),
        _day(parts, "datum", path, problems),
        _day(parts, "bis", path, problems),
    )


def _check_keys(parts: Mapping[str, Node], path: str, problems: Problems) -> None:
    for key, part in parts.items():
        if key not in _KEYS and not problems.full:
            problems.add(
                "unknown_key",
                "Diese Angabe gibt es bei Abweichungen nicht.",
                part,
                f"{path}.{key}",
                found=excerpt(key),
                allowed=listing(_KEYS),
                remedy=did_you_mean(key, _KEYS),
            )


def _text(parts: Mapping[str, Node], key: str, most: int, path: str, problems: Problems) -> str | None:
    if key not in parts:
        return None
    try:
        return read_text(single_text(parts[key]), most)
    except SetupError as error:
        problems.take(error, parts[key], f"{path}.{key}")
        return None


def _day(parts: Mapping[str, Node], key: str, path: str, problems: Problems) -> date | None:
    """Read a day; of a month or year the last day counts for `bis`, else one day is wanted."""
    if key not in parts:
        return None
    try:
        text = single_text(parts[key])
        days = read_date(text, _ALL_DAYS)
        if key == "datum" and not days.is_point:
            message = "Hier wird ein bestimmter Tag erwartet."
            raise refusal("not_a_day", message, found=excerpt(text), allowed="zum Beispiel 31.01.2026")
        return date.fromordinal(int(days.hi))
    except SetupError as error:
        problems.take(error, parts[key], f"{path}.{key}")
        return None
