/** Builds the operator's app to dist; the server serves it, so there is no inline script and no base but "/". */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressedBeside } from './compressed-beside.ts'
import { lightContracts } from './light-contracts.ts'

const server = 'http://127.0.0.1:4310'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), lightContracts, compressedBeside],
  build: {
    outDir: 'dist',
    target: 'es2023',
    cssTarget: 'chrome123',
    // A strict CSP forbids data: fonts and the inline preload polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What every screen needs comes in a few files; a screen then brings only itself.
        codeSplitting: {
          groups: [
            {
              name: 'react',
              tags: ['$initial'],
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next|use-sync-external-store)[\\/]/,
            },
            { name: 'base-ui', tags: ['$initial'], test: /node_modules[\\/](@base-ui|@floating-ui)/ },
            { name: 'client', test: /light-contracts|packages[\\/]client[\\/]src[\\/](?!sound)/ },
            { name: 'schemas', test: /node_modules[\\/]zod|packages[\\/]contracts[\\/]src[\\/](?!reply-variables)/ },
            { name: 'ui', tags: ['$initial'], test: /lucide-react|apps[\\/]web[\\/]src[\\/](?!main)/ },
            { name: 'icons', test: /lucide-react/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    port: 4311,
    proxy: Object.fromEntries(
      ['/api', '/healthz', '/readyz', '/widget', '/chat', '/files'].map((path) => [path, server]),
    ),
  },
})
