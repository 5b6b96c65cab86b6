"""How documents look: the look's data, and the styles, numbering, theme and fonts that Word gets for it."""
