"""Pure functions from the dataset to what pages and files show, as plain values."""
