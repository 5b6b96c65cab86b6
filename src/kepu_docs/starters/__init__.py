"""What is handed out to begin with: a record, a workbook, a plugin's project, examples."""
