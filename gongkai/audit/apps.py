"""Wires the audit log into Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "gongkai.audit"
    verbose_name = "操作日志"
