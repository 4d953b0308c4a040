//! The durable queue: what follows a committed change, with leases, retries and idempotency keys.
