"""Records in tables: workbooks, CSV files, databases."""
