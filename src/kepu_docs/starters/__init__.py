"""Starting points for users: a record, a workbook, a plugin project, examples."""
