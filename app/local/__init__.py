"""The one-machine default: embedded PostgreSQL and Valkey, and the supervisor that runs everything beside them.

Nothing else in the application imports this package. With `DATABASE_URL` and `REDIS_URL` given, the engines
stay unused and the operator's own servers are taken instead.
"""
