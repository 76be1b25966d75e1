"""The search index: an embedded one (tantivy), a cluster (OpenSearch), or none, one interface."""
