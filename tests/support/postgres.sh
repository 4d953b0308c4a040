# Sourced by tests/run and tests/bench/run: a private PostgreSQL on a free port of the loopback address.
# Sets HEYI_TEST_POSTGRES, the address of a server where the tests may make databases. Needs as_root() and $scratch.
# shellcheck shell=bash

postgres_data=

# initdb refuses root, so root lends the work to the user that the package made.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && runuser -u postgres -- env -u HEYI_TEST_RUN "$@")
  else
    env -u HEYI_TEST_RUN "$@"
  fi
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start_postgres() {
  local bin password port
  bin=$(compgen -G "/usr/lib/postgresql/*/bin" | sort -V | tail -1)
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  mkdir "$scratch/postgres"
  chmod 700 "$scratch/postgres"
  printf '%s' "$password" >"$scratch/postgres/password"
  [ "$(id -u)" != 0 ] || chown -R postgres "$scratch/postgres"
  postgres_data="$scratch/postgres/data"
  as_postgres "$bin/initdb" -D "$postgres_data" -U heyi -A scram-sha-256 --pwfile "$scratch/postgres/password" \
    -E UTF8 --locale C.UTF-8 --no-sync >/dev/null || return 1
  # Another process may take the free port first: then try the next.
  for _ in 1 2 3; do
    port=$(free_port)
    # What a crash of this machine would lose is of no worth here, so nothing waits for the disk.
    if as_postgres "$bin/pg_ctl" -D "$postgres_data" -w -s -l "$scratch/postgres/log" -o "-h 127.0.0.1 -p $port -k $scratch/postgres \
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start; then
      export HEYI_TEST_POSTGRES="postgres://heyi:$password@127.0.0.1:$port/postgres"
      return 0
    fi
  done
  as_root cat "$scratch/postgres/log" >&2
  return 1
}

# shellcheck disable=SC2317 # called by the trap
stop_postgres() {
  [ -n "$postgres_data" ] || return 0
  local bin
  bin=$(compgen -G "/usr/lib/postgresql/*/bin" | sort -V | tail -1)
  as_postgres "$bin/pg_ctl" -D "$postgres_data" -m immediate -s stop 2>/dev/null
  postgres_data=
}
