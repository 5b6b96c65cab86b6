"""The text of the main part: what each block, and what stands around them, becomes."""
