"""How fast, how punctual, how light and how safe `later` is; `python -m benchmarks` measures it."""
