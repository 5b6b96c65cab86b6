"""The text of the main part: each block, and what surrounds the blocks, as WordprocessingML."""
