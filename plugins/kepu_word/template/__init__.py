"""A user's own Word template (`reference`): what a document takes over from it."""
