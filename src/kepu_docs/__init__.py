"""kepu-docs."""
