"""Every report of a folder, audited side by side; a file that fails is a row with its reason, never a stop.

What a process holds in memory does not grow with the folder: of each report the overview's few facts, the rest on disk (store).
"""

from audit.batch.compare import grouped, keyed, outliers, over, pending, proposed, ranking, shared_sentences
from audit.batch.folder import look, opened, reports_in
from audit.batch.model import Batch, Entry, Group, Job, Outlier, SharedSentence, Skipped, claimed, decimal, marks
from audit.batch.running import run
from audit.batch.work import PARTS, audit_file

__all__ = ["PARTS", "Batch", "Entry", "Group", "Job", "Outlier", "SharedSentence", "Skipped", "audit_file", "claimed", "decimal", "grouped", "keyed", "look",
           "marks", "opened", "outliers", "over", "pending", "proposed", "ranking", "reports_in", "run", "shared_sentences"]
