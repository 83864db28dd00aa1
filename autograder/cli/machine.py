"""Commands about this machine: doctor."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from autograder.cli.root import as_json


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")
@click.option("--without", multiple=True, help="Switch a layer off, to see what it is good for.")
def doctor(*, without: tuple[str, ...], wants_json: bool) -> None:
    """Name the isolation layers of this machine and try what a sandbox must refuse."""
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import course_root
    from autograder.grading.servers import sandbox_limits
    from autograder.sandbox.confine import ALL_LAYERS
    from autograder.sandbox.doctor import self_test

    config = load_config(course_root())
    layers, refused, trials = self_test(sandbox_limits(config), without=frozenset(without))
    below = [layer for layer in config.floor if layer not in layers]
    if wants_json:
        as_json({"layers": layers, "refused": refused, "below_floor": below, "trials": [asdict(trial) for trial in trials]})
    else:
        for layer in ALL_LAYERS:
            needed = " (demanded by course_config.py)" if layer in config.floor else ""
            state = "active" if layer in layers else f"not active: {refused.get(layer, 'not offered')}"
            click.echo(f"{layer:14} {state}{needed}")
        for trial in trials:
            click.echo(f"{'ok  ' if trial.is_stopped else 'FAIL'} {trial.layer:10} {trial.name}: {trial.outcome}")
        stopped = sum(trial.is_stopped for trial in trials)
        click.echo(f"{stopped} of {len(trials)} trials as they must be; {len(below)} layers below the floor", err=True)
    sys.exit(1 if below or not all(trial.is_stopped for trial in trials) else 0)
