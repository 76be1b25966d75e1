"""Backups: the database dumped, files by hash, sealed in a folder or by restic, proved by hashes.

`databases` dump and load, `trees` walk the folders of files, `manifest` says what a backup holds
down to every record, `folder` and `restic` are the two stores, `sealing` the encryption of the
first. Keys are no part of any of it (ADR 0014, 0024).
"""


class BackupFailed(Exception):
    """A backup cannot be made, read or put back; the message says what to do, in Chinese."""
