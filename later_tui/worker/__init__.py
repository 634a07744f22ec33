"""The background worker: scheduler, pool, deliveries, and its headless main."""
