"""The pure core: reminders, windows, draws, the grammar. Standard library only."""
