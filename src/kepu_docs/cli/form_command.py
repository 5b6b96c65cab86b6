"""The commands of ``form``: forms that somebody else designed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kepu_docs.cli import options as option
from kepu_docs.cli.choices import known_locale
from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_, KepuError, Message
from kepu_docs.locale.chain import DEFAULT_LOCALE

if TYPE_CHECKING:
    from pydantic import BaseModel

    from kepu_docs.locale.words import Words
    from kepu_docs.pipeline.engine import Engine
    from kepu_docs.pipeline.forms import FactsUsed
    from kepu_docs.pipeline.preparing.prepared_form import BlankState, PreparedBlank

form_app = typer.Typer(help="An office's own forms.", no_args_is_help=True, rich_markup_mode=None)


@form_app.command("check")
def check_form(
    context: typer.Context,
    form: Annotated[Path, typer.Argument(metavar="FORM", help="Word document or workbook with placeholders.")],
    locale: option.DocumentLocale = DEFAULT_LOCALE,
) -> None:
    """Check a form without a record. Lists which parts of a record it shows."""
    interface: Interface = context.obj
    engine = interface.engine()
    known_locale(locale, interface)
    try:
        report = engine.check_form(form, locale)
    except KepuError as error:
        raise named(error, form) from None
    if report.faults:
        raise named(KepuError(report.faults), form)
    labels = engine.languages.words(interface.locale)
    interface.say(N_("no errors; placeholders: {count}"), count=report.placeholders)
    for text, kinds in (
        (N_("the form shows: {kinds}"), report.needed),
        (N_("the form does not show: {kinds}"), report.unused),
    ):
        if kinds:
            interface.say(text, kinds=_joined([*map(labels.choice, kinds)], interface))
    for remark in report.remarks:
        interface.say(N_("note: {remark}"), remark=remark)
    for used in report.facts:
        _say_facts(interface, engine, labels, used)


def _say_facts(interface: Interface, engine: "Engine", labels: "Words", used: "FactsUsed") -> None:
    """List the facts of a section kind, the community or the record itself that the form shows, and the others."""
    from kepu_docs.schema.shapes import children

    model: type[BaseModel] = engine.registry.model
    if used.kind in engine.registry.kinds:
        model, holder = engine.registry.kinds[used.kind].model, labels.choice(used.kind)
    elif used.kind:
        holder = labels.key(model, used.kind)
        (model,) = children(model, used.kind)
    else:
        holder = interface.translate(N_("the record itself"))
    shown, unshown = (_names(model, paths, labels, interface) for paths in (used.shown, used.unshown))
    if shown and unshown:
        interface.say(N_("{holder}: shows {shown}; never {unshown}"), holder=holder, shown=shown, unshown=unshown)
    elif shown:
        interface.say(N_("{holder}: shows {shown}"), holder=holder, shown=shown)
    elif unshown:
        interface.say(N_("{holder}: never shows {unshown}"), holder=holder, unshown=unshown)


def _names(model: type["BaseModel"], paths: Sequence[str], labels: "Words", interface: Interface) -> str:
    """Return the names of fields; those of entries follow the name of their list, in brackets."""
    from kepu_docs.schema.shapes import children

    found: dict[str, list[str]] = {}
    for path in paths:
        name, _, field = path.partition(".")
        inner = found.setdefault(labels.key(model, name), [])
        if field:
            owner = next(each for each in children(model, name) if field in each.model_fields)
            inner.append(labels.key(owner, field))
    names = [
        interface.message(N_("{fact} ({parts})"), fact=name, parts=_joined(inner, interface)) if inner else name
        for name, inner in found.items()
    ]
    return _joined(names, interface)


def _joined(names: Sequence[str], interface: Interface) -> str:
    """Return names in a row, with the separator of the user's language."""
    return (
        reduce(lambda first, name: interface.message(N_("{names}, {name}"), names=first, name=name), names)
        if names
        else ""
    )


@form_app.command("prepare")
def prepare_form(
    context: typer.Context,
    form: Annotated[Path, typer.Argument(metavar="FORM.docx", help="Word document without placeholders, as received.")],
    target: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT.docx",
            help="Where to write the form with placeholders (default: next to FORM.docx).",
        ),
    ] = None,
    locale: option.DocumentLocale = DEFAULT_LOCALE,
) -> None:
    """Fill the blanks of a form with placeholders. The labels next to them show what belongs there."""
    from kepu_docs.pipeline import write_new_file

    interface: Interface = context.obj
    engine = interface.engine()
    known_locale(locale, interface)
    try:
        prepared = engine.prepare_form(form, locale)
    except KepuError as error:
        raise named(error, form) from None
    if target is None:
        target = form.with_name(
            interface.message(N_("{name} with placeholders{suffix}"), name=form.stem, suffix=form.suffix)
        )
    write_new_file(target, prepared.data)
    interface.say("{path}", path=target)
    states: tuple[tuple[BlankState, str], ...] = (
        ("matched", N_("placeholders filled in, where the meaning is clear: {count}")),
        ("ambiguous", N_("to be decided in Word, as several meanings are possible: {count}")),
        ("missed", N_("left unchanged, as a record has nothing for them: {count}")),
    )
    for state, text in states:
        blanks = prepared.of(state)
        if blanks:
            interface.say(text, count=len(blanks))
        for blank in blanks:
            interface.say("  {line}", line=_blank_line(blank, interface))
    if prepared.faults:
        raise named(KepuError(prepared.faults), target)


def _blank_line(blank: "PreparedBlank", interface: Interface) -> Message:
    """Return the line about a blank: its place, the words around it, and the placeholder that was inserted."""
    about = Message.of(N_("{where}, “{words}”"), where=blank.where, words=blank.words) if blank.words else blank.where
    if not blank.placeholders:
        return about
    parting = N_(" or ") if blank.state == "ambiguous" else N_(", ")
    shown = interface.message(parting).join(blank.placeholders)
    return Message.of(N_("{where}: {placeholders}"), where=about, placeholders=shown)


def named(error: KepuError, form: Path) -> KepuError:
    """Return an error whose faults name the form's file."""
    return type(error)([replace(fault, place=replace(fault.place, record=str(form))) for fault in error.faults])
