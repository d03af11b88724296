"""A frozen dataclass from JSON and back, told where it does not fit."""

from dataclasses import MISSING, asdict, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def read(kind: type, given: Any, where: str = "the pathway") -> Any:
    """Make a `kind` of what JSON holds.

    Raises:
        ValueError: an unknown or missing key, or a value of the wrong shape; the sentence says where.
    """
    if not isinstance(given, dict):
        raise ValueError(f"{where} should be a set of keys and values.")
    hints, known = get_type_hints(kind), {each.name: each for each in fields(kind)}
    if unknown := set(given) - set(known):
        raise ValueError(f"Unknown in {where}: {', '.join(sorted(unknown))}.")
    needed = {name for name, each in known.items() if each.default is MISSING and each.default_factory is MISSING}
    if missing := needed - set(given):
        raise ValueError(f"Missing in {where}: {', '.join(sorted(missing))}.")
    return kind(**{name: _value(hints[name], value, f"{name} of {where}") for name, value in given.items()})


def write(made: Any) -> dict:
    """The same as JSON holds it, whole: what is usual today may be another tomorrow, and what was said stands."""
    return _plain(asdict(made))


def _value(hint, value, where):
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if value is None and NoneType in inside:
            return None
        return _value(next(each for each in inside if each is not NoneType), value, where)
    if is_dataclass(hint):
        return read(hint, value, where)
    if origin is tuple:
        return _tuple(inside, value, where)
    if origin is dict:
        if not isinstance(value, dict):
            raise ValueError(f"{where} should be a set of keys and values.")
        return {_value(inside[0], key, where): _value(inside[1], each, where) for key, each in value.items()}
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ValueError(f"{where} should be {_called(hint)}, not {value!r}.")
    return value


def _tuple(inside, value, where):
    if not isinstance(value, list | tuple):
        raise ValueError(f"{where} should be a list.")
    if inside[-1] is Ellipsis:
        return tuple(_value(inside[0], each, f"{where}, {n}") for n, each in enumerate(value, start=1))
    if len(inside) != len(value):
        raise ValueError(f"{where} should have {len(inside)} parts.")
    return tuple(_value(hint, each, where) for hint, each in zip(inside, value, strict=True))


def _called(hint) -> str:
    return {str: "words", int: "a whole number", bool: "true or false"}.get(hint, hint.__name__)


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
