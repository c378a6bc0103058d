"""The review ledger: a reviewer's decisions on an audit, in YAML that a person writes, replayed on every run.

    报告: {区: 青浦区, 年度: 2021, 文件: 0f3c9a12be770f3c}
    复核人: 王敏
    决定:
      - 指标: 31
        处理: 改分            # 认可 (the claim stands), 改分 (another score), 驳回 (no points)
        分值: 1.75
        理由: 三家绿色商场中一家已到期
      - 问题: 3f0c9a12be77    # the finding's fingerprint, or 代码 with 指标
        处理: 驳回            # 认可 (the finding stands), 改判 (another severity), 驳回 (it does not)
        理由: 附件另有批复

A ledger is about one file of one district and year; on any other report none of its decisions is applied, and the same holds
once the file has changed. A decision holds for what it was made on: `规则` and `依据` are the fingerprints of the rule and of the quoted evidence at that
time, `引文` a sentence that the report must still contain. Where one of them no longer fits, the decision has expired: it
is not applied, and every output says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.review.model import Binding, Decision, Entry, Ledger, Review, binding_of, evidence_fingerprint, rule_fingerprint
from audit.review.replay import apply
from audit.review.writing import day, dump, replaced, sign, template

if TYPE_CHECKING:
    from audit.review.ledger import load, parse

__all__ = ["Binding", "Decision", "Entry", "Ledger", "Review", "apply", "binding_of", "day", "dump", "evidence_fingerprint", "load", "parse", "replaced",
           "rule_fingerprint", "sign", "template"]


def __getattr__(name: str) -> Any:
    """load and parse, which take the package that reads YAML: only who has a ledger needs it."""
    if name in ("load", "parse"):
        from audit.review import ledger

        return getattr(ledger, name)
    raise AttributeError(name)
