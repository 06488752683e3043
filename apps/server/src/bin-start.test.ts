/** What bin/start installs and builds, and when: by the real script, with stand-ins for npm and the builder. */
import { execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { repositoryDir } from './config.ts'

/** A small clone with the real `bin`, whose npm, builder and server only write down that they ran. */
let root: string
let tools: string

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bin-'))
  root = join(folder, 'my clone')
  tools = join(folder, 'tools')
  mkdirSync(join(root, 'scripts'), { recursive: true })
  mkdirSync(tools)
  cpSync(join(repositoryDir, 'bin', 'lib'), join(root, 'bin', 'lib'), { recursive: true })
  cpSync(join(repositoryDir, 'bin', 'start'), join(root, 'bin', 'start'))
  cpSync(join(repositoryDir, 'scripts', 'ensure-installed.mjs'), join(root, 'scripts', 'ensure-installed.mjs'))
  write('package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }')
  for (const folder of ['apps/web', 'packages/widget', 'packages/client', 'packages/contracts'])
    write(`${folder}/src/a.ts`, 'a')
  tool('node', '#!/bin/sh\n[ "$1" != --version ] || echo v20.1.0\n[ "$1" = --version ]\n')
  tool('npm', NPM)
})
afterEach(() => rmSync(dirname(root), { recursive: true, force: true }))

/** Installs a "Node 24" that builds when asked to, and otherwise says with what it was started. */
const NPM = `#!/bin/sh
echo "npm $1" >> ran
mkdir -p node_modules/node/bin
cat > node_modules/node/bin/node <<'END'
#!/bin/sh
case $1 in
*vite.js) echo "build $3" >> ran; mkdir -p "$3/$5"; echo built > "$3/$5/index.html" ;;
*) shift; echo "$$" > "$STARTED"; for arg do echo "[$arg]" >> "$STARTED"; done; [ -z "$WAIT" ] || exec sleep 60 ;;
esac
END
chmod +x node_modules/node/bin/node
sleep 0.2
`

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function tool(name: string, script: string): void {
  writeFileSync(join(tools, name), script)
  chmodSync(join(tools, name), 0o755)
}

const started = () => join(root, 'started')
const ran = () => (existsSync(join(root, 'ran')) ? readFileSync(join(root, 'ran'), 'utf8').trim().split('\n') : [])
/** The machine's own tools without its Node. */
const environment = () => ({ PATH: [tools, '/usr/bin', '/bin'].join(delimiter), STARTED: started() })

function start(...args: string[]): Promise<{ code: number; err: string }> {
  return startAs(join(root, 'bin', 'start'), ...args)
}

function startAs(command: string, ...args: string[]): Promise<{ code: number; err: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: tmpdir(), env: environment() }, (error, _out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, err })
    })
  })
}

test('a first start installs and builds, a second one does neither', async () => {
  expect((await start()).code).toBe(0)
  expect(ran()).toEqual(['npm ci', 'build apps/web', 'build packages/widget'])
  expect(readFileSync(join(root, 'apps/web/dist/index.html'), 'utf8')).toBe('built\n')
  expect(await start()).toEqual({ code: 0, err: '' })
  expect(ran()).toHaveLength(3)
})

test('options reach the server as they were typed, from any folder and through a link', async () => {
  await start('--data', 'a folder', '*')
  expect(readFileSync(started(), 'utf8')).toMatch(/^\d+\n\[--data\]\n\[a folder\]\n\[\*\]\n$/)
  const link = join(tools, 'earshot-start')
  symlinkSync(join(root, 'bin', 'start'), link)
  expect(await startAs(link)).toEqual({ code: 0, err: '' })
})

test('another lock file installs again, other sources build what they are part of', async () => {
  await start()
  write('package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.1" } } }')
  await start()
  expect(ran().slice(3)).toEqual(['npm ci', 'build apps/web', 'build packages/widget'])
  write('packages/widget/src/a.ts', 'b')
  await start()
  expect(ran().slice(6)).toEqual(['build packages/widget'])
  write('packages/client/src/a.ts', 'b')
  write('apps/web/src/a.test.ts', 'b')
  await start()
  expect(ran().slice(7)).toEqual(['build apps/web', 'build packages/widget'])
})

test('packages that somebody installed by hand are used as they are', async () => {
  await start()
  rmSync(join(root, 'node_modules', '.earshot-installed'))
  write('node_modules/.package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }')
  tool('node', `#!/bin/sh\n[ "$1" != --version ] || { echo v20.1.0; exit; }\nexec "${process.execPath}" "$@"\n`)
  await start()
  expect(ran().filter((line) => line === 'npm ci')).toHaveLength(1)
  expect(existsSync(join(root, 'node_modules', '.earshot-installed'))).toBe(true)
})

test('two starts at once install once', async () => {
  expect((await Promise.all([start(), start(), start()])).map(({ code }) => code)).toEqual([0, 0, 0])
  expect(ran()).toEqual(['npm ci', 'build apps/web', 'build packages/widget'])
})

test('the lock of a start that was killed is taken over', async () => {
  write('.earshot-lock/process', '999999999 999999998\n')
  expect((await start()).code).toBe(0)
  expect(existsSync(join(root, '.earshot-lock'))).toBe(false)
})

test('a failed installation says why, and the next start tries again', async () => {
  tool('npm', '#!/bin/sh\necho "npm error E404"\nexit 1\n')
  const failed = await start()
  expect(failed.code).toBe(1)
  expect(failed.err).toContain('npm error E404')
  expect(failed.err).toContain('failed; the lines above say why.')
  tool('npm', NPM)
  expect((await start()).code).toBe(0)
})

test.each([
  [
    'v18.20.0',
    'Earshot needs Node.js 20 or newer, and this is v18.20.0; install a newer one from https://nodejs.org and start again.\n',
  ],
  [
    '',
    'Earshot needs Node.js 20 or newer, and this is unknown; install a newer one from https://nodejs.org and start again.\n',
  ],
])('Node.js %j is not enough', async (version, err) => {
  tool('node', `#!/bin/sh\necho ${version}\n`)
  expect(await start()).toEqual({ code: 1, err })
  expect(ran()).toEqual([])
})

test('the server takes the place of the shell, so signals reach it', async () => {
  await start()
  rmSync(started())
  const child = spawn(join(root, 'bin', 'start'), { env: { ...environment(), WAIT: '1' }, stdio: 'ignore' })
  const gone = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
  await vi.waitUntil(() => existsSync(started()))
  expect(Number(readFileSync(started(), 'utf8'))).toBe(child.pid)
  child.kill('SIGTERM')
  expect(await gone).toBe('SIGTERM')
})
