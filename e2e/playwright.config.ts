/** Journeys in real Chromium, against the real product: every spec file starts a server and a database of its own. */
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'journeys',
  outputDir: '../test-results',
  globalSetup: './harness/build.ts',
  fullyParallel: false,
  workers: 2,
  // A journey that fails once and passes then is told as flaky, by name.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env.CI ? [['dot']] : [['list']],
  use: {
    // A step that cannot be done says so long before the test's own time is up.
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    // Only where a journey failed once: to keep one all the time costs more than the journey.
    trace: { mode: 'on-first-retry', screenshots: false },
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
