/** Records a voice note: the microphone is asked for when recording begins, and let go of when it ends. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from './words.ts'

/** Long enough to tell a story, short enough to be listened to. */
const MAX_NOTE_MS = 5 * 60_000

const KINDS = [
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg;codecs=opus', 'ogg'],
] as const

export interface Recording {
  /** The microphone is there: from now on it is recorded. */
  onStart(): void
  /** It is over: with a note, which may have been cut off by its length; without one; or for want of a microphone. */
  onEnd(end: { note?: File; isFull?: boolean; trouble?: string }): void
}

export interface Recorder {
  isOn: boolean
  ms: number
  finish(): void
  cancel(): void
  /** From 0 to 1: how loud it is now. */
  level(): number
}

interface Running {
  recorder: MediaRecorder
  stream: MediaStream
  context: AudioContext
  analyser: AnalyserNode
  since: number
  toNote(): File
}

/** Records from the first render on. */
export function useRecorder(recording: Recording): Recorder {
  const [isOn, setOn] = useState(false)
  const [ms, setMs] = useState(0)
  const running = useRef<Running | undefined>(undefined)
  const latest = useRef(recording)
  latest.current = recording

  const end = (keep: boolean, isFull = false) => {
    const now = running.current
    if (!now) return
    running.current = undefined
    if (keep) now.recorder.addEventListener('stop', () => latest.current.onEnd({ note: now.toNote(), isFull }))
    else latest.current.onEnd({})
    close(now)
  }
  useEffect(() => {
    let isGone = false
    const begin = (opened: Running) => {
      if (isGone) return close(opened)
      running.current = opened
      setOn(true)
      latest.current.onStart()
    }
    open().then(begin, (error: unknown) => latest.current.onEnd({ trouble: troubleOf(error) }))
    const timer = setInterval(() => {
      if (!running.current) return
      const passed = performance.now() - running.current.since
      setMs(passed)
      if (passed >= MAX_NOTE_MS) end(true, true)
    }, 200)
    return () => {
      isGone = true
      clearInterval(timer)
      end(false)
    }
  }, [])
  return {
    isOn,
    ms,
    finish: () => end(true),
    cancel: () => end(false),
    level: () => (running.current ? levelOf(running.current.analyser) : 0),
  }
}

async function open(): Promise<Running> {
  const kind = KINDS.find(([type]) => MediaRecorder.isTypeSupported(type))
  if (!kind) throw new Error('this browser records no sound that we take')
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  })
  const [mimeType, extension] = kind
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 })
  const pieces: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data))
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  recorder.start(1000)
  const toNote = () => new File(pieces, `${nameOf(new Date())}.${extension}`, { type: mimeType.split(';')[0]! })
  return { recorder, stream, context, analyser, since: performance.now(), toNote }
}

function close({ recorder, stream, context }: Running): void {
  recorder.stop()
  for (const track of stream.getTracks()) track.stop()
  void context.close()
}

const nameOf = (at: Date): string =>
  `voice-note-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`

const troubleOf = (error: unknown): string =>
  error instanceof DOMException && error.name === 'NotAllowedError' ? words.denied : words.missing

function levelOf(analyser: AnalyserNode): number {
  const samples = new Uint8Array(analyser.fftSize)
  analyser.getByteTimeDomainData(samples)
  return Math.min(1, samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0) / 100)
}
