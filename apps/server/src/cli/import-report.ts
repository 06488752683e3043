/** What a person, or a program, reads during an import: a bar or plain lines, refusals as they happen, the sum at the end. */
import type { Progress } from '../imports/index.ts'
import type { Cli } from './command.ts'

export interface ReportParts {
  cli: Pick<Cli, 'print' | 'say' | 'draw'>
  /** Bytes of the file, when they are known. */
  size: number | undefined
  asJson: boolean
  isDryRun: boolean
  now?: () => number
}

export type Report = ReturnType<typeof createReport>

const DRAW_EVERY_MS = 100
const SAY_EVERY_MS = 5000
const BAR = 24

export function createReport({ cli, size, asJson, isDryRun, now = Date.now }: ReportParts) {
  const start = now()
  const draw = asJson ? undefined : cli.draw
  let bytes = 0
  let told = start
  const say = (text: string) => {
    draw?.('')
    cli.say(text)
  }
  const elapsed = () => Math.max(0.001, (now() - start) / 1000)
  return {
    begin(file: string, workspace: string): void {
      if (!asJson) say(`Importing ${file} into ${workspace}.`)
    },
    /** Counts what was read, for the bar and the time left. */
    async *counting(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of source) {
        bytes += chunk.length
        yield chunk
      }
    },
    refused(line: number, reason: string): void {
      if (asJson) cli.print(JSON.stringify({ line, reason }))
      else say(`Line ${line} refused: ${reason}.`)
    },
    progress(progress: Progress): void {
      if (asJson || now() - told < (draw ? DRAW_EVERY_MS : SAY_EVERY_MS)) return
      told = now()
      const line = lineOf(progress, elapsed(), size ? Math.min(1, bytes / size) : undefined)
      if (draw) draw(line)
      else cli.say(line)
    },
    note: say,
    pause(): void {
      draw?.('')
    },
    end(progress: Progress): void {
      const seconds = elapsed()
      if (asJson) cli.print(JSON.stringify({ summary: summaryOf(progress, seconds, isDryRun) }))
      else for (const line of sumUp(progress, seconds, isDryRun)) say(line)
    },
  }
}

const count = new Intl.NumberFormat('en')
const doneOf = (p: Progress): number => p.created + p.updated + p.unchanged + p.checked

function lineOf(progress: Progress, seconds: number, share: number | undefined): string {
  const done = doneOf(progress)
  const parts = [`${count.format(done)} conversations`, `${count.format(Math.round(done / seconds))} a second`]
  if (progress.refused > 0) parts.push(`${count.format(progress.refused)} refused`)
  if (share === undefined) return parts.join(', ')
  if (share > 0.02) parts.push(`${duration((seconds / share) * (1 - share))} left`)
  const filled = Math.round(share * BAR)
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${Math.floor(share * 100)} %  ${parts.join(', ')}`
}

function sumUp(progress: Progress, seconds: number, isDryRun: boolean): string[] {
  const { created, updated, unchanged, checked, refused, messages, chosenTimes, stopped } = progress
  const counted = isDryRun
    ? `${count.format(checked)} could be imported`
    : `${count.format(created)} new, ${count.format(updated)} completed, ${count.format(unchanged)} unchanged`
  const lines = [
    `${counted}, ${count.format(refused)} refused: ${count.format(messages)} messages in ${duration(seconds)}, ${count.format(Math.round(doneOf(progress) / seconds))} conversations a second.`,
  ]
  if (chosenTimes > 0) {
    lines.push(
      `${count.format(chosenTimes)} carried no times. Theirs were chosen: the last message on a day of 2025 that follows from the id, the earlier ones before it at the pace of writing; the same at every import.`,
    )
  }
  if (stopped) lines.push('Stopped before the end; run it again to go on, what is in stays as it is.')
  else if (!isDryRun && created > 0) lines.push('They are reviewed in the background, behind what is live.')
  return lines
}

function summaryOf({ stopped, ...counts }: Progress, seconds: number, isDryRun: boolean) {
  const perSecond = Math.round(doneOf({ stopped, ...counts }) / seconds)
  return { ...counts, stopped, dryRun: isDryRun, seconds: Math.round(seconds * 1000) / 1000, perSecond }
}

function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 90) return `${Math.round(seconds)} s`
  return `${Math.round(seconds / 60)} min`
}
