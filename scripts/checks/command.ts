/** Runs a tool of node_modules with our own Node and keeps what it said for the case that it fails. */
import { spawn } from 'node:child_process'
import { ROOT } from './files.ts'

/** The lines it printed when it failed, nothing otherwise. */
export function runTool(script: string, ...args: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`node_modules/${script}`, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (said += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve([])
      else resolve([...said.trim().split('\n'), ...(signal ? [`${script} was ended by ${signal}.`] : [])])
    })
  })
}
