"""The codes of faults, for programs: one for each fault text of kepu-docs.

A code stays the same when its text is improved; docs/errors.md says for each what to do. Faults from checking a record
against its form have codes from :mod:`kepu_docs.pipeline.expectations`; plugins state the codes of their own faults.
"""

# ruff: noqa: E501 (each text is on one line, so that it can be found)

from typing import Final

OTHER: Final = "other"
"""The code of a text that does not belong to kepu-docs."""

_TEXTS: Final = {
    "catalogue-broken": (
        "Plural-Forms: nplurals must be a number from 1 to {limit}",
        "Plural-Forms: {reason}",
        "a catalogue may have at most {limit} texts",
        "a text of more than {limit} characters",
        "a text without a translation; expected msgstr",
        "expected a text in quotation marks",
        "expected msgctxt, msgid or msgstr with a text in quotation marks",
        "expected two quotation marks in a row",
        "large numbers are {known}; found “{found}”",
        "only the pattern of a range of days has two parts, separated by one |",
        "the braces of “{found}” do not match",
        "the catalogue cannot be read: {reason}",
        "the character {character}, which cannot be shown",
        "the charset “{name}” is not supported; use UTF-8",
        "the pattern “{name}” has the names {found}; it must have {needed} and may have {known}",
        "the pattern “{name}” in the catalogue messages.po is “{found}”; expected one such as {example}",
        "this line continues nothing",
        "“{found}” has more than a name in its braces",
        "“{found}” is not a date pattern; expected one such as {example}",
    ),
    "check-not-mended": (
        "not fixed: the encoding of the file is not certain",
        "not fixed: the file has changed in the meantime",
        "this file cannot be fixed automatically; correct it yourself",
    ),
    "comparison-new": ("without earlier figures for comparison: {count} ({names})",),
    "comparison-times": (
        "figures of {earlier} cannot be compared with those of {period}; expected an earlier period of the same length",
    ),
    "database-unreadable": ("the database cannot be read: {reason}",),
    "database-wrong-address": (
        "this is not a database address; check that its port is a number and that special characters "
        "in the password are escaped",
    ),
    "document-broken": (
        "the PDF cannot be read: {reason}",
        "the Word document cannot be read: {reason}",
        "the document cannot be read: {reason}",
        "the workbook cannot be read: {reason}",
        "the file is broken: {reason}",
        "the part “{name}” has a name that cannot be in a Word document",
        "the part “{name}” is broken: {reason}",
    ),
    "document-empty": ("the document has no text",),
    "document-refused": ("the document is rejected: it contains {what}, in the part “{name}”",),
    "document-too-large": (
        "lists and quotations are nested more than {limit} deep here",
        "more than {limit} headings of the first level; a summary may have at most that many sections",
        "the document has more than {limit} paragraphs, including blank ones",
        "the document has {count} paragraphs; at most {limit} are allowed",
        "the file has {found} parts; at most {limit} are allowed",
        "the file is too long for Markdown; at most {lines} lines and {characters} characters are allowed",
        "the part “{name}” has too many tags; at most {limit} are allowed in all parts together",
        "the unpacked part “{name}” is larger than allowed ({limit} MiB for each part, {all} MiB in all)",
        "the tables of the document have more than {limit} cells",
    ),
    "document-without-record": (
        "this PDF contains no record: kepu-docs did not make it, or made it without the record",
        "this Word document contains no record: kepu-docs did not make it, or made it without the record (--no-embed)",
        "this workbook contains no record: kepu-docs did not fill it in, or filled it in with --no-embed",
    ),
    "document-review-note": ("this is the list of points to check for a summary; it contains no record",),
    "document-wrong-kind": (
        "the PDF is encrypted; save it without a password",
        "this is not a PDF",
        "a document to import must end in {known}; this one ends in “{suffix}”",
        "the file is encrypted; save it without a password",
        "this is a Word document in the old format (.doc), or an encrypted one; save it as .docx",
        "this is a “Strict Open XML” document; save it as an ordinary Word document (.docx)",
        "this is not a Word document (.docx)",
        "this is not a Word document (.docx): it has no part {name}",
        "this is a workbook in an old format (.xls, .et), or an encrypted one; save it as .xlsx",
        "this is a “Strict Open XML” workbook; save it as an ordinary one (.xlsx)",
        "this is not a workbook (.xlsx)",
        "this is not an Excel workbook; save it as .xlsx",
    ),
    "expected-list-wrong": (
        "expected the name or code of a community, optionally followed by a comma and a contact",
        "the list is larger than {limit} MiB",
        "this list names no community",
    ),
    "extra-missing": (
        'PDF needs Typst, which is not installed: pip install "kepu-docs[pdf]"',
        'reading a PDF needs pypdf, which is not installed: pip install "kepu-docs[pdf]"',
        'charts in Word need XlsxWriter, which is not installed: pip install "kepu-docs[charts]"',
        'data frames need the extra “frames”: pip install "kepu-docs[frames]"',
        'databases need the extra “sql”: pip install "kepu-docs[sql]"',
        'photographs need Pillow, which is not installed: pip install "kepu-docs[photos]"',
        'converting characters needs the extra “traditional”: pip install "kepu-docs[traditional]"',
        'workbooks need the extra “excel”: pip install "kepu-docs[excel]"',
    ),
    "file-name-unshowable": ("the file's name is not in UTF-8, so it cannot be shown; rename the file",),
    "file-no-file": (
        "this is a device or a pipe; expected a record file",
        "this is a folder or a device; expected a file",
        "this is a folder; expected a record file",
    ),
    "file-not-found": (
        "the file that this link points to does not exist",
        "there is no such file",
    ),
    "file-not-permitted": ("you have no permission to read this file",),
    "file-unreadable": ("the file cannot be read: {reason}",),
    "font-missing": (
        "no font is installed for “{font}”; any of these will do: {names}. On Debian and Ubuntu: apt "
        "install fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-zenhei; on Windows, add the "
        "optional feature “Chinese (Simplified) Supplemental Fonts”; on macOS, install one in Font "
        "Book",
    ),
    "font-without-character": (
        "no installed font has the character {characters}. Install a font that has it: on Debian and "
        "Ubuntu, apt install {debian}; on Windows, {windows}; on macOS, {macos}",
    ),
    "form-and-reference": ("a form has its own page and styles; give either a form or a Word template",),
    "form-cannot-move": (
        "a formula over several cells cannot follow rows that are repeated or left out, {where}",
        "a pivot table (“{name}”) cannot follow rows that are repeated or left out",
        "the formula {where} refers to several sheets at once, whose rows may move: {reference}",
        "the formula {where} refers to {reference}, in rows that are repeated or left out; use all "
        "of them in a range function, such as SUM({reference})",
        "the headings of a table (“{name}”) in the sheet “{sheet}” cannot have placeholders",
        "the sheet “{sheet}” has something that cannot follow moving rows: {name}",
        "the table “{name}” of the form would have no rows, which Excel does not allow; keep one (固定行)",
        "{what} is not allowed in rows that are repeated or left out, {where}",
    ),
    "form-missing": ("the format “{format}” needs a form to fill in; give one (--form FORM{suffix})",),
    "form-another": (
        "the document is too long to be read back using the form: {count} lines",
        "this document does not match the form: it has {found} of the form's {count} labels and lines",
    ),
    "form-not-composed": ("this document was not composed for the form; fill in the form from a summary",),
    "form-not-fillable": (
        "no installed format can fill in forms",
        "this Word document has no styles, which headings and lists need",
    ),
    "form-other-format": (
        "this form is for the format “{found}”, not “{format}”",
        "this is not a form: none of the formats {known} can fill in such a file",
    ),
    "form-too-large": (
        "a form may have at most {limit} lines and cells",
        "the filled form would have more than {limit} merged cells, links and other areas",
        "the formulas of the filled form would refer to more than {limit} cells and ranges",
        "the header or footer of the sheet “{sheet}” has {found} characters, {surplus} more than the "
        "{limit} that Excel allows",
        "the sheet “{sheet}” would have more rows than Excel's {limit}",
        "{where}: the text has {found} characters, {surplus} more than the {limit} that a cell can hold",
        "a form may have at most {limit} placeholders",
        "the filled form would have more than {limit} characters of markup",
    ),
    "form-without-blank": ("this form has no blanks: no blank cell, line or box",),
    "form-without-placeholder": ("this form has no placeholders: nothing would be filled in",),
    "form-wrong-placeholder": (
        "in the part “{name}” a placeholder is in a drawing, chart, formula or field, or in the "
        "description of one, where none is filled in",
        "a placeholder in the name of a sheet is not filled in: “{name}”",
        "in the part “{name}” a placeholder is in a drawing or chart, where none is filled in",
        "the form, {where}: {problem}",
    ),
    "format-unknown": (
        "the file for points to check must end in one of {known}",
        "there is no format “{format}”; the formats are: {known}",
    ),
    "internal-error": (
        "making its documents failed: {error}",
        "this is a bug in kepu-docs, not your mistake; please report it: {error}",
    ),
    "level-by-name": ("recognised as {level} by their names: {names}; if that is wrong, give “level” in the record",),
    "locale-without-wording": ("there is no wording in the language “{locale}”; the languages are: {known}",),
    "locale-not-traditional": (
        "the record's words can only be converted for documents in {expected}; these are in {locale}",
    ),
    "locale-wrong": ("{found} is not a locale; expected one such as {expected}",),
    "look-unknown": (
        "the format {format} has no look “{look}”; its looks are: {known}",
        "there is no look “{look}”; the looks are: {known}",
    ),
    "manifest-newer-format": (
        "this manifest has format {found}; this version of kepu-docs reads up to {limit}; update kepu-docs, or give another folder",
    ),
    "manifest-damaged": ("damaged lines of the manifest: {count}; the documents listed there are made again",),
    "more-faults": ("and {count} more from here on, not listed one by one",),
    "names-converted": (
        "names that were converted, to be reviewed: {names}",
        "names whose characters have several Traditional forms, to be reviewed: {names}",
    ),
    "names-wrong": (
        "names of documents cannot use “{name}”; they can use: {known}",
        "all documents would have the same name; use {known}",
        "the names must be inside the output folder; separate folders with /",
        "this is not a pattern of names: {problem}",
    ),
    "output-busy": ("another run is using this folder",),
    "output-in-the-way": (
        "a file with this name already exists, and rollup did not write it (or it was saved since "
        "then); move it or choose another name",
        "a file with this name already exists, and kepu-docs did not write it; move it or choose another folder",
        "a file with this name already exists, and batch did not write it; move it, or overwrite it with --fresh",
        "not written: a file of this name exists already",
        "kepu-docs did not make this archive, or it was changed since then; move it",
        "this document was changed by hand; move it, or overwrite it with --fresh",
        "this file is not a manifest; move it or choose another folder",
        "this is one of the sources; choose another name or another folder",
    ),
    "output-not-written": (
        "not written: {reason}",
        "nothing can be written here: {reason}",
        "the folder cannot be created: {reason}",
        "the manifest cannot be written: {reason}",
        "there are {count} summaries to write; name a folder, not a file",
    ),
    "output-outside": ("a document in this folder cannot have this path",),
    "output-report-kept": ("someone has saved this report since it was made; that version is now called {name}",),
    "output-unreadable": (
        "the manifest cannot be read: {reason}",
        "this document cannot be read: {reason}",
    ),
    "override-failed": ("the override of “{kind}” in the format “{format}” (plugin {plugin}) failed: {error}",),
    "override-wrong-result": (
        "it returned HTML in which the start and end tags of <{tag}> do not match",
        "it returned WordprocessingML with an end tag that nothing starts",
        "it returned WordprocessingML that is not well-formed: {reason}",
        "it returned WordprocessingML with a field (w:fldChar) that lacks begin or end",
        "it returned a bookmark (“{name}”) with one end only",
        "it returned a cell (w:tc) that does not end with a paragraph (w:p)",
        "it returned a code block that is not closed: {fence}",
        "it returned a link to “{address}”; expected http, https or mailto",
        "it returned a list with the number {number}, which the document does not define",
        "it returned a picture of type {type}; expected PNG, JPEG, GIF, BMP or TIFF",
        "it returned a relationship of type {type}, which the document cannot include",
        "it returned text with the character {character} (number {position}), which is not allowed in text",
        "it returned a {element} with the relationship “{identity}”, which the document does not have",
        "it returned a {element} without {member}",
        "it returned text with a character that a Word document cannot hold, such as a line break in w:t",
        "it returned {found}; expected WordprocessingML or a python-docx document",
        "it returned {found}; expected text",
        "it returned {what} in {where}, where it is not allowed",
        "it returned {what}, which the document cannot include",
        "it uses styles that the document does not have: {names}; it has: {known}",
        "this format has no library of its own; return text",
    ),
    "pdf-after-fork": (
        "this process was forked from one that has already made PDF documents, and Typst does not "
        "work in it; start processes with “forkserver” or “spawn”",
    ),
    "pdf-reference": ("a PDF cannot use the page or styles of a Word template (--reference); choose docx only",),
    "pdf-refused": ("Typst cannot set this document: {reason}",),
    "pdf-standard-unknown": (
        "there is no PDF standard “{standard}”; the standards are: {known}, and an archive standard "
        "(a-…) together with ua-1",
    ),
    "photo-not-found": (
        "there is no file “{file}” in the record's folder",
        "“{file}” cannot be found, because the record is not in a folder; say where its photographs are",
    ),
    "photo-outside": (
        "“{file}” is not a path inside the record's folder; expected one such as photos/lecture.jpg",
        "“{file}” is outside the record's folder",
    ),
    "photo-too-large": (
        "the photograph “{file}” is larger than {limit} MiB; make it smaller",
        "the photograph “{file}” has more than {limit} million pixels",
        "the photograph “{file}” has {width} × {height} pixels; at most {limit} million are allowed",
        "the picture in “{file}” has too many parts to be a photograph; save it again as JPEG",
    ),
    "pictures-too-large": ("the pictures have {size} MiB together; a page can hold {limit} MiB",),
    "photo-unreadable": (
        "the photograph “{file}” cannot be read: {reason}",
        "the picture in “{file}” cannot be read: {reason}",
        "the picture in “{file}” is damaged or in a rare format: {reason}",
        "“{file}” is not a file",
        "“{file}” is not a picture that can be read; expected JPEG, PNG, WebP, BMP, TIFF or GIF",
    ),
    "plugin-broken": (
        "a plugin that was given is broken: {problem}",
        "{plugin} implements no hook; expected a module or object with functions marked @hookimpl",
        "it is written for version {needs} of the hooks, but this kepu-docs has version {version}; update kepu-docs",
        "it is written for version {needs} of the hooks, but this kepu-docs has version {version}; update the plugin",
        'the field kind of {model} must be a Literal with one name, as in: kind: Literal["drills"]',
        "the model of a section kind must be a subclass of Section; found {found}",
        "the plugin {plugin} cannot be imported: {error}",
        "the plugin {plugin} is broken: {problem}",
        "the section kind “{kind}” (plugin {plugin}) recognises its text by “{pattern}”, which is "
        "not a regular expression: {error}",
        "{attribute} is {found}; expected a whole number",
        "{hook} returned {found}; expected a list of {type}",
    ),
    "plugin-conflict": ("the plugins {first} and {second} both offer {thing}; remove one of them",),
    "plugin-failed": (
        "a plugin failed to read this record: {error}; installed plugins: {known}",
        "the section kind “{kind}” (plugin {plugin}) cannot be added up: {error}",
        "the section kind “{kind}” (plugin {plugin}) cannot read this section: {error}",
        "the section kind “{kind}” (plugin {plugin}) failed on a sentence of the document: {error}",
        "the section kind “{kind}” (plugin {plugin}) failed: {error}",
    ),
    "plugin-missing": (
        "no installed plugin provides the section kind “{kind}”; “kepu-docs plugins list” shows the installed plugins",
    ),
    "plugin-none": (
        "no plugin provides a section kind for text that no other kind recognises",
        "no plugin is installed, not even those of kepu-docs itself; install kepu-docs: pip install -e .",
    ),
    "plugin-project-wrong": (
        "the project has no language “{locale}”; it has: {known}",
        "the section kind “{kind}” exists already",
        "“{label}” cannot be the name of a section; expected up to 20 characters, none of them {refused}",
        "“{name}” cannot be the name of a plugin; expected lower-case letters, digits and hyphens, "
        "beginning with a letter, as in: {example}",
    ),
    "plugin-unknown": ("there is no plugin “{name}”; installed plugins: {known}",),
    "preview-format-missing": ("the live page needs one of the formats {known}; see “kepu-docs plugins list”",),
    "preview-port-taken": ("port {port} cannot be used: {reason}",),
    "process-failed": (
        "the executor failed: {error}",
        "the process that made this record's documents died twice; is there enough memory?",
        'the worker processes cannot be started; in a program of your own, call render_batch below if __name__ == "__main__":, or give jobs=1',
    ),
    "record-duplicate-key": (
        "a key is written a second time",
        "a table is written a second time",
        "a table or list that is already complete is written a second time",
        "the key “{key}” is written a second time; the first is on line {line}. Remove one of them, "
        "or combine both into one list",
        "“{key}” and “{first}” are two names of one field; remove one of them, or combine both into one list",
    ),
    "record-empty": ("the record is empty; expected keys with values, such as community and period",),
    "record-not-mapping": (
        "a record consists of keys and values, such as community and period; found {found} at the top level",
    ),
    "record-not-text": (
        "byte {number} of the file (hexadecimal {byte}) is neither UTF-8 nor GB18030; expected a "
        "text file saved as UTF-8",
        "character U+{code}, which no document can show ({count} in the file); delete it, or save "
        "the file as plain text in UTF-8",
        "the file is in UTF-16; save it as UTF-8",
        "the file is neither in UTF-8 nor in GB18030; save it as UTF-8",
    ),
    "record-several-in-file": (
        "the file contains {count} records, separated by lines of ---; put each into a file of its own",
    ),
    "record-newer-format": (
        "this record has format {found}; this version of kepu-docs reads up to {limit}; update kepu-docs",
    ),
    "record-syntax": (
        "a backslash in \"double quotes\" begins a special character; for a literal backslash, use 'single quotes'",
        "a backslash in \"double quotes\" begins a special character; use 'single quotes'",
        "a backslash in text begins a special character; for a literal backslash, write two",
        "a comma before the closing bracket; remove it",
        "a full-width colon “：”, but YAML needs a half-width colon and a space; write “key: value”",
        "a line break or tab inside quotes; use three quotes for text of several lines",
        "a line break or tab inside quotes; write \\n or \\t",
        "a list or mapping where a key is expected; a key is a word",
        "a quotation mark is opened but not closed",
        "a second colon on this line; put text with a colon and a space in quotes",
        "a space is missing after the colon; write “key: value”",
        "a space is missing after the dash; write “- entry”, or put the text in quotes",
        "this line is indented with a tab; use spaces",
        "a tab; use spaces",
        "a type tag “{tag}” before the value; remove it, or put the text in quotes",
        "a “[” is not closed, found {found}",
        "a “[” is not closed, or a comma is missing",
        "a “{{” is not closed, or a comma is missing",
        "the text after “|” or “>” must begin on the next line, indented",
        "expected a colon after the key, found {found}",
        "expected a comma or the closing bracket, found {found}",
        "expected a key in double quotes, found {found}",
        "expected a key, found {found}; keys other than a-z need quotes",
        'expected a value (text in double quotes, a number, true, false, null, [ or {{"), found {found}',
        "expected a value, found {found}; text must be in quotes",
        "expected “=” after the key, found {found}",
        "expected “key = value” or a “[table]”, found {found}; keys other than a-z need quotes",
        "there must be nothing after the closing “{sign}” on its line; if it belongs to the text, "
        "put the whole text in quotes of the other kind",
        "text cannot begin with “{sign}” unless it is in quotes",
        "the dash of an entry is not allowed here; begin each entry on a line of its own",
        "the quotation mark opened here is never closed",
        "the record ends here, but an earlier “[” or “{” is not closed",
        "the record is complete before this point; found {found} after it",
        "the value is complete before this point, found {found} after it; text must be in quotes",
        "the “{sign}” opened on line {line} is not closed before this point, or a comma is missing",
        "there is no such date",
        "this is not valid JSON: {problem}",
        "this is not valid TOML: {problem}",
        "this is not valid YAML: {problem}",
        "this line is indented more than its neighbours, but the value before it is already complete",
        "this line is not aligned with the first key; check the indentation",
        "“&{name}” would name the value so that it can be repeated; remove it and write the value "
        "out where it is needed, or put the text in quotes",
        "“*{name}” would repeat a value from elsewhere; write the value out here, or put the text in quotes",
        "“{found}” is neither a key with a colon nor the continuation of a value; write “key: value”",
        "“{sign}” is a full-width sign; JSON needs the half-width one here",
        "“{sign}” is not aligned with the entries that begin on line {line}; check the indentation",
        "“{sign}” is not allowed here; TOML needs half-width signs, and “=” between key and value",
    ),
    "record-too-large": (
        "lists and mappings are nested more than {limit} deep here; a record needs fewer than ten",
        "the file is {size} MiB large; at most {limit} MiB are allowed",
        "the line is longer than {limit} MiB, the most that is allowed for a record",
        "the record is larger than {limit} MiB, the most that is allowed",
        "the record has more than {limit} characters, the most that is allowed",
        "the record has more than {limit} keys and values; split it into several records",
    ),
    "record-unknown-suffix": ("a record file must end in {known}; this one ends in “{suffix}”",),
    "record-wrong-format": ("the format of a record is {expected}; found {found}",),
    "record-wrong-number": ("“{found}” is not a number that a record can hold",),
    "record-wrong-source": (
        "only a summary returned by load can be made into a document; found {found}",
        "a record must be loaded from {expected}; found {found}",
        "a record must be loaded from {expected}; found {found}: use Engine.read for the bytes of a text",
    ),
    "reference-unwanted": (
        "a Word template (--reference) is for Word documents only; the format {format} cannot use it",
    ),
    "reference-unreadable": (
        "the file is empty; expected a Word document",
        "this Word document has no part {name}",
    ),
    "render-character": (
        "a character that a Word document cannot hold, in the part “{name}”",
        "character {character} (number {position}), which a Word document cannot hold",
    ),
    "render-failed": ("the renderer of the format “{format}” (plugin {plugin}) failed: {error}",),
    "render-wrong-date": ("“{value}”; a whole number of seconds since 1970-01-01 is expected, at most {last}",),
    "render-wrong-document": (
        "a row of {found} cells; there are {expected} columns",
        "{found} columns; a table in Word has from 1 to {expected}",
        "{found} levels of heading numbers; expected {expected}",
    ),
    "rollup-different-times": ("the records of {name} are about different periods: {times}",),
    "rollup-duplicate": (
        "{name} is already in {first} and would be counted twice; if these are two communities, give "
        "their codes or their streets",
    ),
    "rollup-without-name": (
        "a name can only be given for one summary; of several, each has the name of its own body",
        "the records belong to no single street, district or city; give a name, or the level to group them by",
    ),
    "rollup-wrong-level": (
        "it does not say where {name} belongs, so it cannot be assigned",
        "the record is about {name}, which is above the level by which the summaries are grouped",
    ),
    "settings-wrong": (
        "expected a list of names",
        "expected a table [check.rules]",
        "expected a table [check]",
        "expected one of {known}; found {found}",
        "there is no rule “{rule}”; the rules are: {known}",
        "there is no setting “{key}”; the settings are: {known}",
        "on_fault is {found}; expected one of {expected}, or a function",
        "unknown_sections is {found}; expected one of {expected}",
        "{name} is {found}; expected one of {expected}",
        "“{value}” is not a severity; the severities are: {known}",
    ),
    "source-busy-loop": (
        "an event loop is already running in this thread; call this in another one: await asyncio.to_thread(…)",
    ),
    "source-closed": ("it is closed",),
    "source-failed": ("reading failed (plugin {plugin}): {error}",),
    "source-none": (
        "no file name matches this pattern",
        "no file name matches this pattern and ends in one of {known}",
        "there is no record here",
        "this folder has no file that ends in one of {known}",
    ),
    "source-passed-over": ("passed over, because kepu-docs itself wrote it: {files}",),
    "source-unknown-kind": (
        "no plugin reads data frames or rows of databases; see “kepu-docs plugins list”",
        "no plugin reads sources of records; see “kepu-docs plugins list”",
        "addresses of this kind cannot be read; the kinds are: {known}",
        "files that end in “{suffix}” cannot be read; the endings are: {known}",
        "standard input cannot be read as {suffix}; the endings are: {known}",
    ),
    "source-wrong-object": (
        "expected an SQLAlchemy engine or connection; found {found}",
        "expected paths, data of records, summaries, a data frame or rows of a database; found {found}",
        "expected the data of a record, or a summary; found {found}",
        "this data frame cannot be read: {reason}",
    ),
    "table-beside-facts": (
        "headings of groups of rows are left out ({cells})",
        "repeated headings among the rows are left out ({cells})",
        "lines above the headings are left out ({cells})",
        "lines of the form for names, seals, telephone numbers and dates are left out ({cells})",
        "parts of the figures above, such as 其中, are left out, as they would be counted twice; an "
        "activity of its own needs its own name ({cells})",
        "notes are left out; put what should be in the document into a column of its table ({cells})",
        "totals are left out, as figures are added up from the other rows; if this is not a total, "
        "give it a name of its own ({cells})",
    ),
    "table-code-by-name": (
        "the cell for the code has the name of the community, which is used instead",
        "these rows have the name of the community instead of its code, and are assigned by it ({cells})",
    ),
    "table-column-without-heading": (
        "this column, and maybe others, has no heading; they are not read",
        "this column has no heading; it is not read",
    ),
    "table-cut-code": (
        "Excel has shortened this code and its last digits are lost; format the cells as text and "
        "enter the whole code again",
    ),
    "table-disagreeing": (
        "the code “{code}” and the name “{name}” in this row belong to two different communities; "
        "correct one of them, or delete the name",
        "the sheet of the communities has a different value; keep one of the two, and delete the other",
    ),
    "table-doubtful-row": (
        "this row may be a total, a part of the one above, a group heading, a note or a signature, "
        "so it is unclear whether it is a fact; give it a name of its own and complete it, or delete "
        "the row",
        "“{found}” means that this did not take place or is not certain yet; delete the row if so, "
        "otherwise remove these words",
    ),
    "table-duplicate": ("two tables have the name “{name}”",),
    "table-duplicate-code": (
        "row {row} has the same code, so it is unclear who the rows of the other tables belong to; "
        "each community needs a code of its own",
        "row {row} already has this community; each needs a code of its own",
    ),
    "table-duplicate-column": ("the columns “{first}” and “{second}” are the same",),
    "table-duplicate-name": (
        "row {row} has a community of the same name with another code; if they are the same, delete "
        "one row; otherwise fill in their streets",
    ),
    "table-example-left": (
        "the word “example” before the name is left out",
        "these cells still hold the example's text and are not read; replace it with your own, or if "
        "it happens to be right, write the whole row again below the example ({cells})",
        "this row is a copy of the example and still has its text, so it is unclear whether these "
        "are facts; replace it with your own, or if it is right, delete the example row ({cells})",
        "this row still has the example's text and too little else, so it is left out; replace the "
        "example with your own text, or write the whole row below it ({cells})",
    ),
    "table-example-row": (
        "the code's cell still says “example”, so it is unclear who this row belongs to; replace it "
        "with the code of the community",
        "rows that are also marked as examples are not read; replace the mark with the code of the community ({cells})",
    ),
    "table-formula-without-result": (
        "the formula in this cell has no result yet; open the workbook in Excel or WPS, save it "
        "there, and send that file",
        "“{found}” is a formula, not a result; write the result instead",
    ),
    "table-hidden": (
        "hidden rows are read too; delete what should not be in a document ({cells})",
        "the hidden sheet “{name}” is read too",
    ),
    "table-lost": (
        "unknown table “{name}”, whose contents would not be in any document; rename it to one of "
        "the sheets of the workbook you received, or delete it",
    ),
    "table-merged-figure": (
        "this figure is in merged cells of several rows, so it is unclear whether it is for each row "
        "or for all; unmerge the cells, and write the figure of each row",
    ),
    "table-missing": (
        "the table has no rows; fill in a row for each community",
        "there is no table “{name}”, with one row for each community; the tables here are: {tables}. “kepu-docs "
        "workbook” makes a workbook with the right tables, into which the rows can be copied",
    ),
    "table-missing-column": (
        "none of these headings is recognised; the first row must have headings such as “{heading}”",
        "the table has no column “{name}”, which says who a row belongs to",
    ),
    "table-near-name": (
        "the column “{heading}” is read as “{near}”; if that is wrong, rename it",
        "the table “{name}” is read as “{near}”; if that is wrong, rename it",
    ),
    "table-repeated-row": ("rows repeat others above them; delete them if they were entered twice ({cells})",),
    "table-several-sections": (
        "the community has {count} rows in this sheet, which become as many sections of its "
        "document; if they belong together, merge them into one row",
        "the community has {count} rows in this sheet, so it is unclear which of these sections the "
        "rows of its lists belong to; keep one row, or use a record file (YAML)",
    ),
    "table-too-large": (
        "a sheet extends to row {row} and column {column}, more than can be read; delete unused rows "
        "and columns below and next to the table, or use CSV",
        "a sheet repeats one row or cell {count} times; save the workbook as .xlsx",
        "more than {limit} rows are blank; delete those below the table",
        "the folder has {count} tables; at most {limit} are allowed",
        "the row has {count} cells; at most {limit} are allowed",
        "the sheet has {found} ranges of merged cells; at most {limit} are read",
        "the sheet claims to have {rows} rows and {columns} columns; it is damaged",
        "the tables have more than {limit} rows for this community, the most that is allowed",
        "the workbook is larger than {limit} MiB; split it, or use CSV or a database",
        "the workbook has {found} sheets; at most {limit} are read",
    ),
    "table-two-headings": ("two rows of headings are read together, such as “{heading}”",),
    "table-unit-turned": ("the figures of the column “{heading}” are in {found} and are converted to {unit}",),
    "table-unknown": ("unknown table “{name}”; it is not read",),
    "table-unknown-code": (
        "no community has the code “{code}”; did you mean “{near}”? The row is left out",
        "no community has the code “{code}”; the row is left out",
        "the row has no code, so it is unclear who it belongs to",
        "there are more codes that no community has; they are not listed one by one",
    ),
    "table-unknown-column": (
        "unknown column “{heading}”; did you mean “{near}”? It is not read",
        "unknown column “{heading}”; it is not read",
        "the column “{heading}” only numbers the rows; it is not read",
    ),
    "table-unreadable": (
        "tables in this kind of file cannot be read; open it in its own program and save it as .xlsx",
        "the file ends in the middle of this row",
        "the file is empty; expected a workbook",
        "the sheet cannot be read: {reason}",
        "the table cannot be read from this row on: {reason}",
        "the workbook cannot be read: {reason}; copy its tables into a new workbook, without blank "
        "rows and columns around them, or use CSV",
        "the workbook is protected by a password; save it without one",
        "this is not a workbook, or it is broken: {reason}",
        "this is not a workbook; expected one from Excel, WPS or LibreOffice",
        "this WPS workbook cannot be read; open it in WPS and save it as .xlsx",
    ),
    "table-word-for-nothing": ("“{found}” counts as a blank cell in this column",),
    "table-wrong-cell": (
        "Excel stores 95% as 0.95, so it is not clear what was meant; write 95, or format the cell as text",
        "the formula in this cell gives an error instead of a value",
        "“{found}” is only a stand-in; write the value, or leave the cell blank",
    ),
    "table-wrong-figure": (
        "this cell contains the date {found}: Excel turns text such as 3-5 into dates; write one "
        "number, and format the cell as text if it becomes a date again",
        "“{found}” has two figures; write one, such as 50余 or 近60",
        "“{found}” is too large for a community, like a telephone or identity number; write the figure itself",
        "“{found}” is too small for four decimals; write it in a smaller unit, or leave it out",
    ),
    "table-wrong-reference": (
        "“{found}” refers to another cell; write the value itself here",
        "“{found}” refers to something else; write the value itself here, or leave the cell blank",
        "“{found}” means “as above”, but there is nothing above; write the value itself",
    ),
    "table-wrong-time": (
        "“{found}” has no year, and the period of this summary does not settle which one is meant; "
        "add the year, as in 2025-05-12",
        "“{found}” has no year; add the year, as in 2025-05-12 or 2025-05",
        "“{found}” is outside the period of this summary ({start} to {end}); correct the year (Excel "
        "adds the current one if none is written), or delete the row if it belongs to another summary",
        "“{found}” is a day, but this cell is for the period of the summary; write it as 2025, 2025年上半年 or 2025-09",
        "“{found}” does not say which days; write the day, or 5月上旬, or only the month, as in 5月",
        "“{found}” has several times; write one row for each, or the first and the last day, as in 5月12日-18日",
        "“{found}” is not a date that can be read; write it as 2025-12-20",
        "“{found}” is not a date that can be read; write it as 2025-05-12 or 5月12日, or several days as 5月12日-18日",
        "“{found}” is not a date that can be read; write it as 2025-05-12, 2025-05 or 2025",
        "“{found}” may be {month}月{first}日 or {month}月{second}日, as Excel drops a final 0; write the "
        "right one, with 月 and 日",
        "“{found}” may be {year}年1月 or {year}年10月, as Excel drops a final 0; write the right one, with 年 and 月",
        "“{found}” says how often, not when; leave this cell blank, and put the frequency into the "
        "column of times or the description",
    ),
    "table-wrong-unit": (
        "the heading gives a multiple of {unit}, and “{found}” also has 万 or 亿, so the value is "
        "unclear; write the figure with its unit, such as 1.2万{unit}",
        "the heading “{heading}” has the unit {found}, but this column is in {unit}, so the figure "
        "is not used; write the figures in {unit}, and change the unit in the heading",
        "this line says that the figures are in {found}, but the columns are in {unit}; put the unit "
        "into the headings, as in 金额（万元）, or write the figures in {unit}",
        "“{found}” has a different unit from this column, which is in {unit}; write the figure in "
        "{unit}, or leave it out",
        "“{found}” cannot be converted exactly to {unit}; write the figure in {unit}",
    ),
    "template-failed": (
        "template {template}, line {line}: {problem}",
        "there is no other template of this name to extend",
        "this is not a template: {problem}",
    ),
    "template-folder-unreadable": (
        "folders are nested more than {limit} deep here",
        "the file is larger than {limit} KiB",
        "the files of this folder are larger than {limit} MiB in all",
        "the folder cannot be read: {reason}",
        "there are more than {limit} files in this folder",
        "this cannot be read: {reason}",
        "this is a folder; its name suggests a file",
        "this is not a file, but a pipe, a device or the like",
        "this is not a folder of templates",
        "this link leads in a circle; remove it",
        "this link leads out of the folder; replace it with the file that it leads to",
    ),
    "template-misplaced": ("templates must be in a folder for their language, such as zh_Hans/{example}",),
    "template-missing": ("there is no template “{name}” for {locale}, nor for its fallbacks: {chain}",),
    "template-plugins-not-importable": (
        "with your own templates, plugins must be importable in another process: put {plugin} into a "
        "module that can be imported ({reason})",
        "with your own templates, plugins must be importable in another process: {reason}",
    ),
    "template-stopped": (
        "stopped checking the templates in {folder}: {reason}",
        "stopped composing with the templates in {folder}: {reason}",
    ),
    "template-unknown": ("there is no template “{name}”; {help}",),
    "workbook-not-returned": (
        "the sender is unknown; it is not sent back",
        "this is not the report of a batch; give its report.xlsx or its folder",
        "this source cannot be read a second time; nothing from it is sent back",
    ),
}

CODES: Final = {text: code for code, texts in _TEXTS.items() for text in texts}
"""The codes by their English texts."""
