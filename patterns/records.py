"""Records: classes of named fields, declared as with `dataclasses`, and made in a tenth of the time.

Used as `dataclasses` is: `from patterns.records import dataclass, field, replace`. The standard one writes the source of six methods for each
class and compiles it in every process, which took a tenth of what reading a report takes. Here a class gets one written method, `__init__`,
from a form that all classes with as many fields share; the others are the same functions for every class. `dataclasses.fields`, `asdict`
and `is_dataclass` understand a record as they do a dataclass.
"""

from __future__ import annotations

from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING

__all__ = ["dataclass", "field", "fields", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, field, fields, replace
else:
    _MISSING = object()

    class _Field:
        """What is said of a field; the names are those of dataclasses."""

        __slots__ = ("default", "default_factory", "init", "name")

        def __init__(self, default=_MISSING, default_factory=_MISSING, init=True):
            self.name = ""
            self.default = default
            self.default_factory = default_factory
            self.init = init

    def field(*, default=_MISSING, default_factory=_MISSING, init=True):
        """As dataclasses.field, for the three that are used."""
        return _Field(default, default_factory, init)

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, repr=True, order=False):
        """As dataclasses.dataclass."""
        def made(cls):
            return _made(cls, frozen, slots, eq, repr, order)

        return made if cls is None else made(cls)

    def fields(record):
        """As dataclasses.fields: of a record or its class."""
        return tuple(record.__record_fields__.values())

    def replace(record, /, **changes):
        """As dataclasses.replace: a record like another, but for some fields."""
        for name, f in record.__record_fields__.items():
            if not f.init:
                if name in changes:
                    raise ValueError(f"field {name} is declared with init=False")
            elif name not in changes:
                changes[name] = getattr(record, name)
        return record.__class__(**changes)

    class FrozenError(AttributeError):
        """A field of a frozen record was to be set."""

    def _made(cls, frozen, slots, eq, repr, order):
        own = cls.__dict__
        known = {}
        for base in cls.__mro__[-1:0:-1]:
            known.update(base.__dict__.get("__record_fields__", ()))
        for name, kind in own.get("__annotations__", {}).items():
            if str(kind).startswith("ClassVar"):
                continue
            given = own.get(name, _MISSING)
            f = given if isinstance(given, _Field) else _Field(given)
            if f.default is not _MISSING and f.default.__class__.__hash__ is None:
                raise ValueError(f"mutable default for field {name}: use default_factory")
            f.name = name
            known[name] = f
        names = tuple(known)
        more = {"__record_fields__": known, "__dataclass_fields__": _Told(), "__match_args__": tuple([n for n, f in known.items() if f.init])}
        if repr and "__repr__" not in own:
            more["__repr__"] = _repr
        if eq:
            more["__eq__"] = _method("__eq__", names)
            more["__hash__"] = _method("__hash__", names) if frozen else None
        if order:
            more |= {name: _method(name, names) for name in ("__lt__", "__le__", "__gt__", "__ge__")}
        if frozen:
            more["__setattr__"] = more["__delattr__"] = _refuse
            if slots and all(f.init for f in known.values()) and not hasattr(cls, "__post_init__"):
                more["__reduce__"] = _method("__reduce__", names)
            elif slots:
                more |= {"__getstate__": _method("__getstate__", names), "__setstate__": _set_state, "__reduce__": object.__reduce__}
        if cls.__doc__ is None:
            more["__doc__"] = f"{cls.__name__}({', '.join(names)})"
        result = _slotted(cls, known, more) if slots else cls
        if not slots:
            for name, f in known.items():
                if isinstance(own.get(name), _Field):
                    if f.default is _MISSING:
                        delattr(cls, name)
                    else:
                        setattr(cls, name, f.default)
            for name, what in more.items():
                setattr(cls, name, what)
        result.__init__ = _init(result, known, frozen)
        return result

    def _slotted(cls, known, more):
        """The class anew, with slots: they cannot be added to one that is there."""
        inherited = {s for base in cls.__mro__[1:] for s in base.__dict__.get("__slots__", ())}
        space = {k: v for k, v in cls.__dict__.items() if k not in known and k not in ("__dict__", "__weakref__")}
        space["__slots__"] = tuple([name for name in known if name not in inherited])
        result = type(cls)(cls.__name__, cls.__bases__, space | more)
        result.__qualname__ = cls.__qualname__
        return result

    def _init(cls, known, frozen):
        taken = [(n, f) for n, f in known.items() if f.init]
        made = [(n, f) for n, f in known.items() if not f.init and f.default_factory is not _MISSING]
        factories = tuple(k for k, (_, f) in enumerate(taken) if f.default_factory is not _MISSING)
        code = _form(len(taken), frozen, factories, len(made), hasattr(cls, "__post_init__"))
        names = tuple(n for n, _ in taken)
        # the names of the form's variables and attributes are those of this class's fields
        own = {f"v{k}": n for k, n in enumerate(names)} | {f"m{k}": n for k, (n, _) in enumerate(made)}
        code = code.replace(co_varnames=tuple(own.get(n, n) for n in code.co_varnames), co_names=tuple(own.get(n, n) for n in code.co_names),
                            co_qualname=f"{cls.__qualname__}.__init__")
        space = {"__builtins__": __builtins__, "_Default": _DEFAULT}
        for k, (name, f) in enumerate(taken):
            if f.default_factory is not _MISSING:
                space[f"factory{k}"] = f.default_factory
            if frozen:
                space[f"set{k}"] = _setter(cls, name)
        for k, (name, f) in enumerate(made):
            space[f"make{k}"] = f.default_factory
            if frozen:
                space[f"lay{k}"] = _setter(cls, name)
        defaults = [f.default if f.default_factory is _MISSING else _DEFAULT for _, f in taken]
        first = next((k for k, d in enumerate(defaults) if d is not _MISSING), len(defaults))
        if any(d is _MISSING for d in defaults[first:]):
            raise TypeError(f"{cls.__name__}: a field without a default follows one with a default")
        return FunctionType(code, space, "__init__", tuple(defaults[first:]))

    _DEFAULT = type("_Default", (), {"__repr__": lambda self: "<factory>"})()

    def _setter(cls, name):
        """What sets a field of a frozen record: its slot, or the way of all objects."""
        slot = getattr(cls, name, None) if "__slots__" in cls.__dict__ else None
        if slot is not None and hasattr(slot, "__set__"):
            return slot.__set__
        return lambda self, value: object.__setattr__(self, name, value)

    @cache
    def _form(count, frozen, factories, made, after):
        """The code of an __init__ that sets so many fields. factories: those that may be made anew; made: how many always are; after:
        __post_init__ is called."""
        lines = [f"def __init__({', '.join(['self', *(f'v{k}' for k in range(count))])}):"]
        for k in range(count):
            value = f"factory{k}() if v{k} is _Default else v{k}" if k in factories else f"v{k}"
            lines.append(f" set{k}(self, {value})" if frozen else f" self.v{k} = {value}")
        for k in range(made):
            lines.append(f" lay{k}(self, make{k}())" if frozen else f" self.m{k} = make{k}()")
        if after:
            lines.append(" self.__post_init__()")
        space = {}
        exec("\n".join([*lines, " return"]), space)  # of numbers and fixed words alone
        return space["__init__"].__code__

    _SAME = "{} if other.__class__ is self.__class__ else NotImplemented"
    _METHODS = {
        "__eq__": ("self, other", _SAME.format("{self} == {other}")), "__hash__": ("self", "hash({self})"),
        "__lt__": ("self, other", _SAME.format("{self} < {other}")), "__le__": ("self, other", _SAME.format("{self} <= {other}")),
        "__gt__": ("self, other", _SAME.format("{self} > {other}")), "__ge__": ("self, other", _SAME.format("{self} >= {other}")),
        "__reduce__": ("self", "self.__class__, {self}"), "__getstate__": ("self", "{self}"),
    }

    def _method(name, names):
        """One of _METHODS for the fields of a class."""
        code = _common(name, len(names))
        own = {f"v{k}": n for k, n in enumerate(names)}
        return FunctionType(code.replace(co_names=tuple([own.get(n, n) for n in code.co_names])), {"__builtins__": __builtins__}, name)

    @cache
    def _common(name, count):
        """The code of such a method for any class of so many fields."""
        taken, said = _METHODS[name]
        values = {who: f"({''.join(f'{who}.v{k}, ' for k in range(count))})" for who in ("self", "other")}
        space = {}
        exec(f"def {name}({taken}): return {said.format(**values)}", space)
        return space[name].__code__

    def _repr(self):
        return f"{self.__class__.__qualname__}({', '.join(f'{n}={getattr(self, n)!r}' for n in self.__record_fields__)})"

    def _refuse(self, name, *value):
        raise FrozenError(f"cannot change field {name!r} of a {self.__class__.__name__}")

    def _set_state(self, state):
        for name, value in zip(self.__record_fields__, state, strict=True):
            object.__setattr__(self, name, value)

    class _Told:
        """`__dataclass_fields__`, made when somebody asks for it."""

        def __get__(self, record, cls):
            import dataclasses

            out = {}
            for name, f in cls.__record_fields__.items():
                told = {k: getattr(f, k) for k in ("default", "default_factory") if getattr(f, k) is not _MISSING}
                made = dataclasses.field(init=f.init, **told)
                made.name, made.type, made._field_type = name, cls.__annotations__.get(name), dataclasses._FIELD
                out[name] = made
            return out
