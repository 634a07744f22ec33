"""The configuration: a file, `LATER_*` variables and options, checked and put together."""
