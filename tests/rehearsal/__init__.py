"""The rehearsal of a failover on one machine (docs/howto/scale-to-a-province.md)."""
