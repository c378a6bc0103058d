"""The other side's advocate: an accusation in, the reading that makes the report right (or none) out.

An error is a proof, so every plea of PLEAS is put to every accusation. A plea looks at what the report says of its figures
(audit.said) and at the arithmetic, and answers with a reading of the same words, or None. A reading that leaves nothing
sensible to ask is silent; any other makes the error a warning that names it. A false accusation from the field becomes a new
plea here, not an exception in a check. The pleas stand by what they look at: facts, lists, rates, prints, retellings; pleading is what they share.
"""

from __future__ import annotations

from audit.defence.facts import another_figure, doubtful, no_fact, settled, too_far, unsaid
from audit.defence.lists import (
    another_grouping,
    ended_before,
    increments,
    miscounted,
    nested,
    no_rest,
    open_list,
    properties,
    siblings,
    two_in_one,
)
from audit.defence.pleading import Plea, Reading
from audit.defence.prints import closed_to_hundred, convention, cut_off, loosely_put, rounded_twice, rounding
from audit.defence.rates import another_pair, another_whole, exchanged, no_part, other_base, other_end, own_rate, the_rest, turned
from audit.defence.retellings import a_series, no_slip, one_breath, other_quantity
from audit.said import Accusation

PLEAS: tuple[Plea, ...] = (
    unsaid, doubtful, no_fact, settled, other_base, too_far, no_part, siblings, properties, increments, nested, no_rest, miscounted, turned, own_rate,
    another_pair, another_whole, ended_before, other_quantity, one_breath, a_series, open_list, another_grouping, the_rest, another_figure, convention, rounding, cut_off,
    rounded_twice, closed_to_hundred, exchanged, other_end, two_in_one, loosely_put, no_slip,
)


def defend(accusation: Accusation) -> Reading | None:
    """The first reading that acquits, the silent ones first; None: the accusation is proven."""
    found = [r for plea in PLEAS if (r := plea(accusation)) is not None]
    return next((r for r in found if r.silent), found[0] if found else None)
