/** Every setting of Earshot: one table, read once at the start, from the environment and the command line. */
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { callSettings } from './call-settings.ts'
import { findOrMakeSecret, prepareDataFolder } from './platform/data-folder.ts'
import { nearestName } from './platform/nearest-name.ts'
import { Refusal } from './platform/refusal.ts'
import { row, type Setting } from './setting.ts'
import {
  httpUrl,
  type Kind,
  mailAddress,
  networks,
  oneOf,
  origin,
  postgresUrl,
  secret,
  smtpUrl,
  text,
  trustedProxies,
  wholeNumber,
  yesOrNo,
} from './setting-kinds.ts'

export const settings = {
  port: row(wholeNumber(0, 65535), {
    name: 'EARSHOT_PORT',
    option: 'port',
    default: '4310',
    about: 'The port Earshot listens on; 0 takes any free one.',
  }),
  host: row(text, {
    name: 'EARSHOT_HOST',
    option: 'host',
    default: '127.0.0.1',
    about:
      'The address Earshot listens on. `0.0.0.0` or `::` lets other machines in; put a proxy with TLS in front then.',
  }),
  dataDir: row(text, {
    name: 'EARSHOT_DATA',
    option: 'data',
    default: './data',
    otherwise: '`data` in the folder Earshot lies in',
    about: 'The data folder: the embedded database, attachments, secrets.',
  }),
  demo: row(yesOrNo, {
    name: 'EARSHOT_DEMO',
    option: 'demo',
    default: 'false',
    about: 'Fills a sample workspace with realistic conversations and lets simulated visitors go on talking.',
  }),
  databaseUrl: row(postgresUrl, {
    name: 'DATABASE_URL',
    otherwise: 'the embedded PostgreSQL',
    about: 'Your own PostgreSQL 18 or newer. Its role must own the database and may create roles.',
    isSecret: true,
  }),
  postgresPort: row(wholeNumber(1024, 65535), {
    name: 'EARSHOT_POSTGRES_PORT',
    otherwise: 'any free port',
    about: 'The port of the embedded PostgreSQL, on 127.0.0.1 only.',
  }),
  migrate: row(oneOf('auto', 'off'), {
    name: 'EARSHOT_MIGRATE',
    default: 'auto',
    about: '`auto` brings the database schema up to date at the start; `off` leaves that to `bin/earshot migrate`.',
  }),
  baseUrl: row(origin, {
    name: 'EARSHOT_BASE_URL',
    otherwise: '`http://` with host and port',
    about: 'The address people reach Earshot at, for links, cookies and the widget snippet.',
  }),
  widgetOrigin: row(origin, {
    name: 'EARSHOT_WIDGET_ORIGIN',
    otherwise: 'the base URL',
    about: 'A separate address, leading to the same server, for the widget and the hosted chat page.',
  }),
  filesOrigin: row(origin, {
    name: 'EARSHOT_FILES_ORIGIN',
    otherwise: 'the base URL',
    about:
      'A separate address, leading to the same server, for uploaded files, so that no file can act as the dashboard.',
  }),
  secret: row(secret, {
    name: 'EARSHOT_SECRET',
    otherwise: 'made at the first start and kept in the data folder',
    about: 'Signs sessions and encrypts stored keys. Several servers on one database need the same one.',
    isSecret: true,
  }),
  trustProxy: row(trustedProxies, {
    name: 'EARSHOT_TRUST_PROXY',
    default: 'false',
    about: 'Which proxies in front of Earshot are believed about the visitor’s address.',
  }),
  allowPrivateAddresses: row(networks, {
    name: 'EARSHOT_ALLOW_PRIVATE_ADDRESSES',
    otherwise: 'none',
    about: 'Private networks that outgoing requests (models, webhooks) may reach, for a model on your own machine.',
  }),
  smtpUrl: row(smtpUrl, {
    name: 'EARSHOT_SMTP_URL',
    otherwise: 'no mail is sent',
    about:
      'The mail server for notifications, alerts and invitations: `smtp://name:password@host:587` (encrypted by STARTTLS) or `smtps://…:465`.',
    isSecret: true,
  }),
  mailFrom: row(mailAddress, {
    name: 'EARSHOT_MAIL_FROM',
    about: 'Whom mail comes from, as `Earshot <earshot@example.com>`; needed with `EARSHOT_SMTP_URL`.',
  }),
  reviewAfterSeconds: row(wholeNumber(1, 31_536_000), {
    name: 'EARSHOT_REVIEW_AFTER_SECONDS',
    default: '600',
    about:
      'How long a conversation must be quiet before it is reviewed. 600 leaves it to each workspace; any other value counts for all.',
  }),
  geoipCountryFile: row(text, {
    name: 'EARSHOT_GEOIP_COUNTRY',
    otherwise: 'the bundled database, where it is installed',
    about: 'A file of the MaxMind DB format with the countries of network addresses.',
  }),
  geoipCityFile: row(text, {
    name: 'EARSHOT_GEOIP_CITY',
    otherwise: 'visits have no city',
    about: 'A file of the MaxMind DB format with the cities of network addresses.',
  }),
  twilioUrl: row(origin, {
    name: 'EARSHOT_TWILIO_URL',
    default: 'https://api.twilio.com',
    about: 'Twilio’s API: that of a region, where an account lives in one.',
  }),
  logLevel: row(oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), {
    name: 'EARSHOT_LOG_LEVEL',
    default: 'info',
    about: 'How much is logged. What customers write is logged at no level.',
  }),
  ...callSettings,
  s3Endpoint: row(httpUrl, {
    name: 'EARSHOT_S3_ENDPOINT',
    otherwise: 'files are kept in the data folder',
    about: 'An S3 compatible store for attachments and recordings.',
  }),
  s3Bucket: row(text, { name: 'EARSHOT_S3_BUCKET', about: 'The bucket in that store.' }),
  s3Region: row(text, { name: 'EARSHOT_S3_REGION', default: 'us-east-1', about: 'The region of that store.' }),
  s3AccessKey: row(text, { name: 'EARSHOT_S3_ACCESS_KEY', about: 'The key’s name.', isSecret: true }),
  s3SecretKey: row(text, { name: 'EARSHOT_S3_SECRET_KEY', about: 'The key’s secret.', isSecret: true }),
} satisfies Record<string, Setting<unknown>>

type Table = typeof settings
type Value<S> = S extends Kind<infer T> ? (S extends { default: string } ? T : T | undefined) : never
export type Settings = { [K in keyof Table]: Value<Table[K]> }

/** What the server is started with: the settings, with what they leave open filled in. */
export type Config = Omit<
  Settings,
  'baseUrl' | 'secret' | 'allowPrivateAddresses' | 'smtpUrl' | 'mailFrom' | `s3${string}`
> & {
  baseUrl: string
  secret: string
  allowPrivateAddresses: string[]
  /** The store for files, when it is not the data folder. */
  s3: { endpoint: string; bucket: string; region: string; accessKey: string; secretKey: string } | undefined
  /** The mail server; without one no mail is sent. */
  mail: { url: string; from: string } | undefined
}

/** Values given on the command line, by option name. */
export type Options = Partial<Record<'port' | 'host' | 'data' | 'demo', string>>

/** Reads the settings, makes the data folder, finds the secret. Throws a `Refusal` that names what is wrong. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, options: Options = {}): Config {
  const read = readSettings(env, options)
  const s3 = readS3(read)
  const mail = readMail(read)
  const { s3Endpoint, s3Bucket, s3Region, s3AccessKey, s3SecretKey, smtpUrl, mailFrom, ...rest } = read
  prepareDataFolder(read.dataDir)
  return {
    ...rest,
    s3,
    mail,
    baseUrl: read.baseUrl ?? urlOf(read.host, read.port),
    allowPrivateAddresses: read.allowPrivateAddresses ?? [],
    secret: read.secret ?? findOrMakeSecret(read.dataDir),
  }
}

/** Reads the settings without touching anything. */
export function readSettings(env: NodeJS.ProcessEnv, options: Options = {}): Settings {
  refuseUnknown(env)
  const table: [string, Setting<unknown>][] = Object.entries(settings)
  const values = Object.fromEntries(table.map(([key, setting]) => [key, readOne(setting, env, options)])) as Settings
  return { ...values, dataDir: dataDirOf(values.dataDir, env, options) }
}

/** The address of a host and port as a link; an address that means "everywhere" is reached at this machine. */
export function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

function readOne(setting: Setting<unknown>, env: NodeJS.ProcessEnv, options: Options): unknown {
  const option = setting.option && options[setting.option as keyof Options]
  // An empty variable is an absent one: compose files and CI cannot unset, only blank.
  const value = option ?? (env[setting.name]?.trim() || setting.default)
  if (value === undefined) return undefined
  const read = setting.schema.safeParse(value)
  if (read.success) return read.data
  const said = option === undefined ? setting.name : `--${setting.option}`
  throw new Refusal(`${said} must be ${setting.expects}${setting.isSecret ? '' : `, not "${value}"`}.`)
}

/** The default lies beside the code, so that it is the same from whatever folder Earshot is started; others are taken as typed. */
function dataDirOf(value: string, env: NodeJS.ProcessEnv, options: Options): string {
  const isChosen = options.data !== undefined || Boolean(env[settings.dataDir.name]?.trim())
  return isChosen ? resolve(value) : join(repositoryDir, 'data')
}

function readS3(read: Settings): Config['s3'] {
  const {
    s3Endpoint: endpoint,
    s3Bucket: bucket,
    s3Region: region,
    s3AccessKey: accessKey,
    s3SecretKey: secretKey,
  } = read
  if (endpoint && bucket && accessKey && secretKey) return { endpoint, bucket, region, accessKey, secretKey }
  const needed = [settings.s3Endpoint, settings.s3Bucket, settings.s3AccessKey, settings.s3SecretKey].map(
    ({ name }) => name,
  )
  const missing = needed.filter((_, index) => ![endpoint, bucket, accessKey, secretKey][index])
  if (missing.length === needed.length) return undefined
  throw new Refusal(
    `Files cannot be kept in S3 without ${new Intl.ListFormat('en').format(missing)}; set ${missing.length > 1 ? 'them' : 'it'}, or no EARSHOT_S3_ setting at all.`,
  )
}

function readMail({ smtpUrl: url, mailFrom: from }: Settings): Config['mail'] {
  if (url && from) return { url, from }
  if (!url && !from) return undefined
  const [given, missing] = url ? [settings.smtpUrl, settings.mailFrom] : [settings.mailFrom, settings.smtpUrl]
  throw new Refusal(`${given.name} is set without ${missing.name}; mail needs both, or neither.`)
}

function refuseUnknown(env: NodeJS.ProcessEnv): void {
  const names = Object.values(settings).map(({ name }): string => name)
  const unknown = Object.keys(env).find((name) => name.startsWith(PREFIX) && !names.includes(name))
  if (unknown === undefined) return
  const known = names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length))
  const near = nearestName(unknown.slice(PREFIX.length), known)
  throw new Refusal(
    `There is no setting ${unknown}; ${near ? `did you mean ${PREFIX}${near}?` : 'docs/settings.md lists them all.'}`,
  )
}

const PREFIX = 'EARSHOT_'

export const repositoryDir = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
