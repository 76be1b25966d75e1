"""Every write to the audit log: events of verbs, daily anchors, whose signature they bear."""

from gongkai.audit.actions.anchoring import AnchorRefused, anchor, keep_files, use_key
from gongkai.audit.actions.recording import record

__all__ = ["AnchorRefused", "anchor", "keep_files", "record", "use_key"]
