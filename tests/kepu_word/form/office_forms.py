"""All office forms of the tests by name: saved by Word, WPS and LibreOffice."""

from collections.abc import Callable
from functools import partial

from tests.kepu_word.form import libreoffice_forms, made_forms, word_forms, wps_forms

FORMS: dict[str, Callable[[], bytes]] = {
    **made_forms.FORMS,
    **{
        form.__name__: form
        for form in (word_forms.landscape, word_forms.nested, word_forms.controls, word_forms.two_sections)
    },
    **{form.__name__: form for form in (wps_forms.statistics, wps_forms.report)},
    **{name: partial(libreoffice_forms.kept, name) for name in libreoffice_forms.FLAT},
}
