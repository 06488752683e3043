/** Records a voice note: the microphone is asked for when recording begins, and let go of when it ends. */
import { useEffect, useRef, useState } from 'preact/hooks'

/** Long enough to tell a story, short enough to be listened to. */
export const MAX_NOTE_MS = 5 * 60_000

const KINDS = [
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg;codecs=opus', 'ogg'],
] as const

const kind = () => KINDS.find(([type]) => window.MediaRecorder?.isTypeSupported(type))

/** Only where the browser can: pages without a secure connection have no microphone. */
export const canRecord = (): boolean => kind() !== undefined && navigator.mediaDevices !== undefined

export interface Recorder {
  state: 'off' | 'asking' | 'recording'
  /** Why there is no microphone. */
  trouble: 'micDenied' | 'micMissing' | null
  ms: number
  start(): void
  /** Ends it; the note is handed over, to be sent at once or to be looked at first. */
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
}

export function useRecorder(onNote: (note: File, isFull: boolean) => void): Recorder {
  const [state, setState] = useState<Recorder['state']>('off')
  const [trouble, setTrouble] = useState<Recorder['trouble']>(null)
  const [ms, setMs] = useState(0)
  const running = useRef<Running | undefined>(undefined)
  const handOver = useRef(onNote)
  handOver.current = onNote

  const end = (keep: boolean, isFull = false) => {
    const now = running.current
    running.current = undefined
    setState('off')
    if (!now) return
    if (keep) now.recorder.addEventListener('stop', () => handOver.current(noteOf(now.recorder), isFull))
    now.recorder.stop()
    for (const track of now.stream.getTracks()) track.stop()
    void now.context.close()
  }
  const start = async () => {
    setTrouble(null)
    setMs(0)
    setState('asking')
    try {
      running.current = await open()
      setState('recording')
    } catch (error) {
      setState('off')
      setTrouble(error instanceof DOMException && error.name === 'NotAllowedError' ? 'micDenied' : 'micMissing')
    }
  }
  useEffect(() => {
    if (state !== 'recording') return
    const timer = setInterval(() => {
      const passed = performance.now() - (running.current?.since ?? 0)
      setMs(passed)
      if (passed >= MAX_NOTE_MS) end(true, true)
    }, 200)
    return () => clearInterval(timer)
  }, [state])
  useEffect(() => () => end(false), [])
  return {
    state,
    trouble,
    ms,
    start: () => void start(),
    finish: () => end(true),
    cancel: () => end(false),
    level: () => (running.current ? levelOf(running.current.analyser) : 0),
  }
}

const pieces = new WeakMap<MediaRecorder, Blob[]>()

async function open(): Promise<Running> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  })
  const recorder = new MediaRecorder(stream, { mimeType: kind()![0], audioBitsPerSecond: 32_000 })
  const recorded: Blob[] = []
  pieces.set(recorder, recorded)
  recorder.addEventListener('dataavailable', ({ data }) => recorded.push(data))
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  recorder.start(1000)
  return { recorder, stream, context, analyser, since: performance.now() }
}

function noteOf(recorder: MediaRecorder): File {
  const [type, extension] = kind()!
  const name = `voice-note-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.${extension}`
  return new File(pieces.get(recorder) ?? [], name, { type: type.split(';')[0]! })
}

function levelOf(analyser: AnalyserNode): number {
  const samples = new Uint8Array(analyser.fftSize)
  analyser.getByteTimeDomainData(samples)
  return Math.min(1, samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0) / 100)
}
