"""Ways to deliver: the contract, the registry, the built-in channels."""
