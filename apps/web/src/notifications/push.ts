/** Push in this browser: the worker, the person's leave, and the subscription the server sends to. */
import { call } from '@earshot/client'
import { addPushBrowser, getPushKey, removePushBrowser } from '@earshot/contracts'

export type PushState = 'on' | 'off' | 'denied' | 'missing'

const WORKER = '/push-worker.js'

const isPossible = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window && isSecureContext

export async function readPushState(): Promise<PushState> {
  if (!isPossible()) return 'missing'
  if (Notification.permission === 'denied') return 'denied'
  const registration = await navigator.serviceWorker.getRegistration(WORKER)
  return (await registration?.pushManager.getSubscription()) ? 'on' : 'off'
}

/** Asks the person, then the browser's push service, then tells the server. */
export async function switchPushOn(): Promise<PushState> {
  if (!isPossible()) return 'missing'
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  const { publicKey } = await call(getPushKey, {})
  const registration = await navigator.serviceWorker.register(WORKER)
  await navigator.serviceWorker.ready
  const known = await registration.pushManager.getSubscription()
  // A subscription under another key (another EARSHOT_SECRET) takes no push of ours.
  if (known && keyOf(known) !== publicKey) await known.unsubscribe()
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  })
  const { endpoint, keys } = subscription.toJSON()
  if (!endpoint || !keys?.p256dh || !keys.auth) return 'missing'
  await call(addPushBrowser, { body: { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } } })
  return 'on'
}

export async function switchPushOff(): Promise<PushState> {
  const registration = await navigator.serviceWorker.getRegistration(WORKER)
  const subscription = await registration?.pushManager.getSubscription()
  if (subscription) {
    await call(removePushBrowser, { body: { endpoint: subscription.endpoint } })
    await subscription.unsubscribe()
  }
  return 'off'
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
