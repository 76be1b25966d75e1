"""12345 hotline work orders (国办发〔2020〕53号): what came in, who handles it, how it ended."""
