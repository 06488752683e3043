/** PostgreSQL settings of the embedded server: durable, quiet about customers' text, and sized for a small machine. */
import { totalmem } from 'node:os'

const GIB = 1024 ** 3

/** The server's command line options. Given at every start, so an upgrade of Earshot brings its settings along. */
export function serverOptions(port: number): string[] {
  const settings = { ...where(port), ...durable, ...limits, ...sizes(), ...quiet }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function where(port: number) {
  return { listen_addresses: '127.0.0.1', unix_socket_directories: '', port, cluster_name: 'earshot' }
}

/** What Earshot's promises rest on; also the defaults, but a line in postgresql.conf must not be able to break them. */
const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

const limits = {
  max_connections: 120,
  idle_in_transaction_session_timeout: '30s',
  client_connection_check_interval: '5s', // a query whose caller has gone is given up
  max_parallel_workers_per_gather: 0, // one slow question must not take every core from the live ones
  max_logical_replication_workers: 0,
  jit: 'off',
  timezone: 'UTC',
}

function sizes() {
  const memory = totalmem()
  return {
    shared_buffers: memory < 2 * GIB ? '128MB' : '256MB',
    effective_cache_size: `${Math.max(256, Math.floor(memory / 2 / 1024 ** 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    wal_compression: 'pglz',
    random_page_cost: 1.1,
  }
}

/** Errors carry the values that caused them, so the log keeps what PostgreSQL itself does and no statement, row or parameter. */
const quiet = {
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: -1,
  log_parameter_max_length_on_error: 0,
  log_checkpoints: 'off',
}
