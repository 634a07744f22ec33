"""Reusable Textual widgets: plain values in, messages out."""
