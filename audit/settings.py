"""Settings of a project: `fuhe.toml`, or `[tool.fuhe]` in pyproject.toml, in the working folder or the nearest one above it.

Keys are the long options without dashes (scheme = "annex", fail-on = "warning", ignore = ["anachronism"]), and a table [letter]
with what the opinion says of the office: office, number, signer, deadline, contact, copy-to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from patterns.errors import UnusableInput

# Which commands take a setting. A list is joined by commas, as the option wants it.
OPTIONS = {
    "lang": None, "scheme": ("audit", "rules", "diff", "batch", "reply"), "fail-on": ("audit", "batch"), "select": ("audit", "batch"),
    "ignore": ("audit", "batch"), "baseline": ("audit", "batch"), "format": ("audit", "batch"), "template": ("audit", "batch"),
    "review": ("batch",), "out": ("batch",), "workers": ("batch",),
}
PATHS = {"baseline", "template", "review", "out"}
LETTER = ("office", "number", "signer", "deadline", "contact", "copy-to", "issued-by")


@dataclass(frozen=True, slots=True)
class Settings:
    """What was found: path is the file ("" for none), values the options, letter the office's particulars."""

    path: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    letter: dict[str, str] = field(default_factory=dict)


def find(folder: Path | None = None) -> Settings:
    """The settings that hold in a folder (default: the working folder). Raises UnusableInput naming file and key."""
    start = (folder or Path.cwd()).resolve()
    for at in (start, *start.parents):
        own, project = at / "fuhe.toml", at / "pyproject.toml"
        if own.is_file():
            return parse(own, _read(own))
        if project.is_file() and _ours(project):
            table = _read(project).get("tool", {}).get("fuhe")
            if table is not None:
                return parse(project, table)
    return Settings()


def _ours(project: Path) -> bool:
    """Whether a pyproject.toml may hold settings of fuhe's: most do not, and need not be understood."""
    try:
        return b"fuhe" in project.read_bytes()
    except OSError:
        return False


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        if path.name == "pyproject.toml":  # another program's file, and its own affair
            return {}
        raise UnusableInput(path, f"不是合法的 TOML（{e}） / not valid TOML ({e})", "改正后再运行 / mend it and run again") from e


def parse(path: Path, table: dict[str, Any]) -> Settings:
    """The settings of a table. A key that is not known, or a value of another kind, is refused."""
    values: dict[str, Any] = {}
    letter: dict[str, str] = {}
    for key, value in table.items():
        if key == "letter" and isinstance(value, dict):
            for name, words in value.items():
                if name not in LETTER or not isinstance(words, str):
                    raise UnusableInput(path, f"[letter] 里不认识的键“{name}” / unknown key in [letter] “{name}”",
                                        f"可用：{'、'.join(LETTER)} / known: {', '.join(LETTER)}")
                letter[name] = words
        elif key not in OPTIONS:
            raise UnusableInput(path, f"不认识的键“{key}” / unknown key “{key}”",
                                f"可用：{'、'.join((*OPTIONS, 'letter'))} / known: {', '.join((*OPTIONS, 'letter'))}")
        elif isinstance(value, list) and all(isinstance(v, str) for v in value) and key in ("select", "ignore"):
            values[key] = ",".join(value)
        elif isinstance(value, str) or (key == "workers" and isinstance(value, int)):
            looks_relative = key in PATHS or (key == "scheme" and (path.parent / str(value)).is_file())
            values[key] = str(path.parent / value) if looks_relative and isinstance(value, str) else str(value)
        else:
            raise UnusableInput(path, f"“{key}”的值不对 / the value of “{key}” is of the wrong kind", "写成文字 / write it as text")
    return Settings(str(path), values, letter)


def as_arguments(found: Settings, command: str | None, args: Sequence[str]) -> list[str]:
    """The call with the settings put in where the call itself says nothing."""
    out = list(args)
    if command is None or command not in out:
        return out
    given = {a.partition("=")[0] for a in out if a.startswith("--")}
    extra = []
    for key, value in found.values.items():
        commands = OPTIONS[key]
        if f"--{key}" not in given and commands is not None and command in commands:
            extra += [f"--{key}", str(value)]
    # lang belongs to the steps of some commands, which set their own; it stands last, where the innermost parser reads it.
    if "lang" in found.values and "--lang" not in given and "-h" not in out and "--help" not in out:
        out += ["--lang", str(found.values["lang"])]
    at = out.index(command) + 1
    return out[:at] + extra + out[at:]
