"""The accuracy page: Markdown from scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from tests.bench.accuracy.run import Phantom, Run

Row = Sequence[str]


def markdown(header: Row, rows: Iterable[Row]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def counting(runs: Sequence[Run], key: Callable[[Run], str]) -> str:
    """How exact the counts are, by `key`, next to the baselines."""
    header = ["", "clips", "true", "counted", "exact clips", "error", "fixed angles", "peak finder"]
    rows = []
    for name in sorted({key(run) for run in runs}):
        group = [run for run in runs if key(run) == name]
        errors = [abs(run.score.counted - run.score.true) for run in group]
        rows.append(
            [
                name,
                str(len(group)),
                str(sum(run.score.true for run in group)),
                str(sum(run.score.counted for run in group)),
                f"{np.mean([error == 0 for error in errors]):.0%}",
                f"{np.mean(errors):.2f}",
                _exact_baseline(group, "fixed angles"),
                _exact_baseline(group, "peak finder"),
            ]
        )
    return markdown(header, rows)


def _exact_baseline(group: Sequence[Run], name: str) -> str:
    hits = [run.baselines[name] == run.score.true for run in group if name in run.baselines]
    return f"{np.mean(hits):.0%}" if hits else "-"


def phantom_table(found: Sequence[Phantom]) -> str:
    """What was counted on clips that do not show the exercise."""
    header = ["exercise", "clips without it", "formcheck", "fixed angles", "peak finder"]
    rows = []
    for exercise in sorted({p.exercise for p in found}):
        group = [p for p in found if p.exercise == exercise]
        rows.append(
            [
                exercise,
                str(len(group)),
                str(sum(p.formcheck for p in group)),
                *(
                    str(sum(p.baselines[name] for p in group)) if group[0].baselines else "-"
                    for name in ("fixed angles", "peak finder")
                ),
            ]
        )
    return markdown(header, rows)


def errors(runs: Sequence[Run]) -> str:
    """Timing, holds and every measure: bias, mean absolute and 95th percentile of the error."""
    header = ["exercise", "what", "n", "bias", "mean abs.", "95 %", "mean abs. of true"]
    rows = []
    for exercise in sorted({str(run.score.clip.exercise) for run in runs}):
        scores = [run.score for run in runs if run.score.clip.exercise == exercise]
        rows += [
            _error_row(exercise, "start and end, s", [v for s in scores for v in s.timing_s]),
            _error_row(exercise, "held, s", [v for s in scores for v in s.held_s]),
        ]
        for name in sorted({name for s in scores for name in s.measures}):
            values = [v for s in scores for v in s.measures.get(name, ())]
            shares = [v for s in scores for v in s.relative.get(name, ())]
            rows.append(_error_row(exercise, f"`{name}`", values, shares))
    return markdown(header, [row for row in rows if row[2] != "0"])


def _error_row(
    exercise: str, what: str, values: Sequence[float], shares: Sequence[float] = ()
) -> Row:
    if not values:
        return [exercise, what, "0", "", "", "", ""]
    size = np.abs(values)
    share = f"{np.mean(np.abs(shares)):.0%}" if shares else "-"
    digits = 3 if float(np.mean(size)) < 0.5 else 1
    return [
        exercise,
        what,
        str(len(values)),
        f"{np.mean(values):+.{digits}f}",
        f"{np.mean(size):.{digits}f}",
        f"{np.percentile(size, 95):.{digits}f}",
        share,
    ]


def faults(runs: Sequence[Run]) -> str:
    """Precision and recall of the faults, and false faults on clean repetitions."""
    header = ["exercise", "fault", "true", "found", "precision", "recall"]
    rows = []
    for exercise in sorted({str(run.score.clip.exercise) for run in runs}):
        scores = [run.score for run in runs if run.score.clip.exercise == exercise]
        tally: dict[str, list[int]] = {}
        for s in scores:
            for name, counts in s.faults.by_fault.items():
                total = tally.setdefault(name, [0, 0, 0])
                tally[name] = [a + b for a, b in zip(total, counts, strict=True)]
        rows += [_fault_row(exercise, name, tally[name]) for name in sorted(tally)]
        together = [sum(values) for values in zip(*tally.values(), strict=True)] or [0, 0, 0]
        rows.append(_fault_row(exercise, "**all**", together))
        clean = sum(s.faults.clean_events for s in scores)
        false = sum(s.faults.false_on_clean for s in scores)
        share = f"{false / clean:.2f}" if clean else "-"
        rows.append([exercise, "false faults per clean one", str(clean), str(false), share, ""])
    return markdown(header, rows)


def _fault_row(exercise: str, name: str, counts: Sequence[int]) -> Row:
    true, found, right = counts
    precision = f"{right / found:.2f}" if found else "-"
    recall = f"{right / true:.2f}" if true else "-"
    return [exercise, name, str(true), str(found), precision, recall]
