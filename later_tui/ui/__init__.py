"""The full-screen app: composition, screens, and the bridge from the store to messages."""
