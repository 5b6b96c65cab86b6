"""Records that are kept in tables: workbooks, CSV files, databases."""
