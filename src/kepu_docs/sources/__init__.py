"""Where records come from: files, lines of JSON, workbooks, tables, databases. All are streams.

Nothing is imported here: a process that reads a workbook needs but that.
"""
