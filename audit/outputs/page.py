"""Plain pages from templates: autoescaped, self-contained, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from audit.words import inner
from patterns.places import files


@cache
def environment() -> Environment:
    """The templates of this package; every value is escaped unless it is Markup of our own."""
    out = Environment(loader=PackageLoader("audit.outputs"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    out.filters["inner"] = inner
    return out


def render(template: str, lang: str, **values: object) -> str:
    """A page of the given template; script_name: its script in the templates' folder, the only one that its policy allows. css is filled in from plain.css."""
    name = values.pop("script_name", None)
    script = files("audit.outputs").joinpath(f"templates/{name}").read_text("utf8") if name else ""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    values |= {"script": Markup(script), "script_policy": Markup(f"script-src 'sha256-{digest}'; ") if script else ""}
    css = Markup(files("audit.outputs").joinpath("templates/plain.css").read_text("utf8"))
    return environment().get_template(template).render(lang=lang, css=css, **values)
