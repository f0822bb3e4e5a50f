"""The commands `history` and `report`: what is stored, as tables and pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text
from typer.core import TyperGroup

from formcheck import programmes
from formcheck.errors import InputError
from formcheck.exercises import load
from formcheck.exercises.card import Exercise
from formcheck.history import page, sessions
from formcheck.history.book import ME
from formcheck.history.database import default_path, open_history
from formcheck.history.series import all_series
from formcheck.history.spark import spark_line
from formcheck.history.trend import Trend, sentence, trend
from formcheck.report.html import write_report
from formcheck.report.pictures import load_pictures
from formcheck.report.save import REPORT_NAME
from formcheck.report.session_file import load_session
from formcheck.report.summary import headline
from formcheck.system.files import refuse_target, write_text
from formcheck.system.text import printable

PROGRAMME = "plantar-fasciitis"

Person = Annotated[str | None, typer.Option(help="Whose sessions (me).")]
SHOWN = 50
Last = Annotated[int, typer.Option(min=1, max=1_000_000, help="How many sessions to list.")]
Db = Annotated[Path | None, typer.Option(help="The history file (in your data folder).")]


@dataclass(frozen=True)
class Whose:
    """The person and the file that were named before a subcommand, or are usual."""

    person: str
    db: Path

    def but(self, person: str | None, db: Path | None) -> Whose:
        """The same, with what was named after the subcommand instead."""
        return Whose(person or self.person, db or self.db)


class Format(StrEnum):
    """What `history export` writes."""

    CSV = "csv"
    JSON = "json"


class OrExercise(TyperGroup):
    """Takes `history heel-raise` for `history show heel-raise`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Give the command of the first word; a word that is none is an exercise."""
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])


history = typer.Typer(
    cls=OrExercise, help="What was done over weeks: `history`, `history heel-raise`."
)


@history.callback(invoke_without_command=True)
def overview(
    ctx: typer.Context, *, person: Person = None, db: Db = None, last: Last = SHOWN
) -> None:
    """List the last sessions; with the name of an exercise, show how it develops."""
    whose = ctx.obj = Whose(person or ME, db or default_path())
    if ctx.invoked_subcommand is not None:
        return
    with open_history(whose.db) as opened:
        entries = sessions.latest(opened, whose.person, last, _tell)
        earlier = sessions.count(opened, whose.person) - len(entries)
    console = Console()
    if not entries:
        whom = "" if whose.person == ME else f" of {printable(whose.person)}"
        none = f"No session{whom} is in the history yet."
        console.print(none, markup=False)
        return
    drawn = RichTable("Number", "When", "Exercise", "What", box=None, pad_edge=False)
    for entry in entries:
        card = load(entry.result.exercise)
        when = f"{entry.taken_at:%Y-%m-%d %H:%M}"
        drawn.add_row(str(entry.number), when, card.title, headline(entry.result, card))
    console.print(drawn)
    if earlier:
        console.print(f"{earlier} earlier ones: formcheck history --last {earlier + len(entries)}")


@history.command()
def show(
    ctx: typer.Context,
    exercise: Annotated[str, typer.Argument(help="Which exercise.")],
    *,
    html: Annotated[Path | None, typer.Option(help="Write a page with plots to this file.")] = None,
    programme: Annotated[str, typer.Option(help="Which says how often.")] = PROGRAMME,
    per_week: Annotated[
        float | None, typer.Option(min=0.1, max=7, help="Days a week, whatever the programme says.")
    ] = None,
    person: Person = None,
    db: Db = None,
) -> None:
    """Show how an exercise develops."""
    card, whose = load(exercise), ctx.obj.but(person, db)
    asked = per_week or _prescribed(programme, exercise)
    today = datetime.now().astimezone().date()
    found = trend(_find(whose, exercise), card, today, asked)
    console = Console()
    console.print(Text(sentence(found, card), style="bold"))
    if found.points:
        console.print(_drawn(found, card))
    if html is not None:
        refuse_target(html, whose.db)
        write_text(html, page.render(found, card, whose.person))
        console.print(Text(f"→ {printable(str(html))}", style="green"), soft_wrap=True)


def _tell(line: str) -> None:
    typer.echo(printable(line), err=True)


def _find(whose: Whose, exercise: str | None = None) -> tuple[sessions.Entry, ...]:
    with open_history(whose.db) as opened:
        return sessions.find(opened, whose.person, exercise, _tell)


def _prescribed(programme: str, exercise: str) -> float | None:
    doses = programmes.load(programme).doses
    return next((dose.per_week for dose in doses if dose.exercise == exercise), None)


def _drawn(found: Trend, card: Exercise) -> RichTable:
    """The sessions, oldest first, and under each figure its course as a spark line."""
    series = all_series(found, card)
    drawn = RichTable(box=None, pad_edge=False, show_footer=True)
    drawn.add_column("Day", footer="course")
    for each in series:
        drawn.add_column(each.name, footer=spark_line(each.values), justify="right")
    for i, point in enumerate(found.points):
        drawn.add_row(f"{point.taken_at:%Y-%m-%d}", *(s.told(s.values[i]) for s in series))
    weeks = [float(week.days) for week in found.weeks]
    drawn.caption = f"days a week: {spark_line(weeks, low=0)} (this week {found.weeks[-1].days})"
    return drawn


@history.command()
def export(
    ctx: typer.Context,
    *,
    kind: Annotated[Format, typer.Option("--format", help="csv or json.")] = Format.CSV,
    out: Annotated[Path | None, typer.Option(help="File to write (the terminal).")] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="Of all persons.")] = False,
    person: Person = None,
    db: Db = None,
) -> None:
    """Give the sessions as CSV (a line each) or JSON (all that is known)."""
    whose = ctx.obj.but(sessions.EVERYONE if everyone else person, db)
    entries = _find(whose)
    text = sessions.to_csv(entries) if kind is Format.CSV else sessions.to_json(entries)
    if out is None:
        typer.echo(text, nl=False)
    else:
        refuse_target(out, whose.db)
        write_text(out, text)


@history.command()
def delete(
    ctx: typer.Context,
    numbers: Annotated[list[int] | None, typer.Argument(help="Sessions, by number.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All of this person's.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    person: Person = None,
    db: Db = None,
) -> None:
    """Remove sessions for good."""
    whose = ctx.obj.but(person, db)
    if whose.person == sessions.EVERYONE:
        raise InputError("nobody is called *: name the person whose sessions are to be deleted")
    with open_history(whose.db) as opened:
        own = sessions.numbers(opened, whose.person)
    chosen = own if everything else frozenset(numbers or ())
    if not chosen or not chosen <= own:
        missing = ", ".join(str(number) for number in sorted(chosen - own)) or "nothing"
        raise InputError(
            f"{missing} of {whose.person} to delete: name sessions that `formcheck history` lists"
        )
    question = f"Delete {len(chosen)} of the sessions of {printable(whose.person)} for good?"
    if not yes and not typer.confirm(question):
        typer.echo("Nothing was deleted.")
        return
    with open_history(whose.db) as opened:
        typer.echo(f"{sessions.delete(opened, chosen)} deleted.")


def report(
    session: Annotated[Path, typer.Argument(help="A session.json.")],
    *,
    out: Annotated[Path | None, typer.Option(help="The page to write (beside it).")] = None,
) -> None:
    """Make the report page again from stored data."""
    path = out or session.with_name(REPORT_NAME)
    refuse_target(path, session)
    write_report(load_session(session), load_pictures(session.parent), path)
    Console().print(Text(f"→ {printable(str(path))}", style="green"), soft_wrap=True)
