/** Starts the app in its document: the frame on a customer's page, or the hosted chat page. */
import { render } from 'preact'
import { App } from './App.tsx'
import { openBridge } from './bridge.ts'
import { Chat } from './chat.ts'
import './style.css'
import { isRightToLeft, language } from './texts.ts'

const root = document.documentElement
const { channel = '', mode } = root.dataset
root.lang = language
root.dir = isRightToLeft ? 'rtl' : 'ltr'
const bridge = openBridge(mode)
// What an earlier page view left may have to come from the page.
void bridge.ready.then(() => {
  const chat = new Chat(channel, bridge)
  void chat.start()
  render(<App chat={chat} bridge={bridge} channelKey={channel} />, document.body)
})
