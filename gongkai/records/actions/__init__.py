"""Every write to records: lists handed over, packages given out, the beginning of the logs."""

from gongkai.records.actions.logs import begin_logs
from gongkai.records.actions.packing import pack_case
from gongkai.records.actions.transfers import make_list, open_list, receive_list

__all__ = ["begin_logs", "make_list", "open_list", "pack_case", "receive_list"]
