"""Records are what dataclasses are, to whoever uses them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from types import ModuleType
from typing import Any

import pytest

from patterns import records

WAYS = ({}, {"frozen": True}, {"slots": True}, {"frozen": True, "slots": True}, {"frozen": True, "slots": True, "order": True})


def made(module: ModuleType, options: dict[str, bool]) -> tuple[Any, Any]:
    """A record and one that inherits from it, by one of the two modules."""
    @module.dataclass(**options)
    class Base:
        """A base."""

        name: str
        value: int = 2
        more: list[int] = module.field(default_factory=list)

        def double(self) -> int:
            return 2 * self.value

    @module.dataclass(**options)
    class Grown(Base):
        last: tuple[int, ...] = ()
        kept: dict[str, int] = module.field(init=False, default_factory=dict)

    return Base, Grown


@pytest.mark.parametrize("options", WAYS)
def test_a_record_does_what_a_dataclass_does(options: dict[str, bool]) -> None:
    told = []
    for module in (dataclasses, records):
        base, grown = made(module, options)
        one, other = base("a", 3), grown("b", last=(1, 2))
        same = [one == base("a", 3), one == base("a", 4), one == grown("a", 3), other == grown("b", last=(1, 2)), one != 3]
        changed = module.replace(other, name="c", more=[7])
        told.append((repr(one), repr(other), same, repr(changed), one.double(), [f.name for f in module.fields(grown)], dataclasses.asdict(other),
                     dataclasses.is_dataclass(grown), repr(dataclasses.replace(one, value=9)), base.__match_args__, base.__doc__,
                     one.more is base("x").more, copy.deepcopy(other) == other, base.__hash__ is None, hasattr(one, "__dict__")))
    assert told[0] == told[1]


def test_what_is_wrong_is_refused() -> None:
    base, _ = made(records, {"frozen": True, "slots": True})
    one = base("a")
    with pytest.raises(AttributeError):
        one.name = "b"
    with pytest.raises(AttributeError):
        del one.name
    for wrong in ({}, {"name": "a", "other": 1}):
        with pytest.raises(TypeError):
            base(**wrong)
    with pytest.raises(TypeError):
        records.replace(one, other=1)
    with pytest.raises(ValueError):
        records.dataclass(type("Mutable", (), {"__annotations__": {"a": "list"}, "a": []}))
    with pytest.raises(TypeError):
        records.dataclass(type("Order", (), {"__annotations__": {"a": "int", "b": "int"}, "a": 1}))


@records.dataclass(frozen=True, slots=True)
class Plain:
    a: int
    b: tuple[str, ...] = ()


@records.dataclass(frozen=True, slots=True)
class Counted:
    a: int
    total: int = records.field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.a + 1)


@pytest.mark.parametrize("one", [Plain(1, ("x",)), Counted(4)])
def test_records_go_through_pickle_and_into_sets(one: Any) -> None:
    again = pickle.loads(pickle.dumps(one))
    assert again == one and repr(again) == repr(one) and len({one, again}) == 1
    assert Counted(4).total == 5
