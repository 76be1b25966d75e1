"""Plain rules of the yearly report: figures by name, prose templates, hashes, published reports."""
