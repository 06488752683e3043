/** Everything around the router: cache, words of the design system, toasts, tooltips, direction. */
import { CSPProvider } from '@base-ui/react/csp-provider'
import { DirectionProvider } from '@base-ui/react/direction-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Toasts } from '../ui/Toasts.tsx'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { type Words, WordsProvider } from '../ui/words.tsx'
import { queries, router } from './router.tsx'

export function App() {
  const { t, i18n } = useTranslation('common')
  const words = useMemo(() => wordsOf(t), [t])
  return (
    // Base UI would otherwise write a style element, which our content policy forbids.
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={i18n.dir()}>
        <QueryClientProvider client={queries}>
          <WordsProvider words={words}>
            <TooltipProvider delay={500}>
              <RouterProvider router={router} />
              <Toasts />
            </TooltipProvider>
          </WordsProvider>
        </QueryClientProvider>
      </DirectionProvider>
    </CSPProvider>
  )
}

function wordsOf(t: TFunction<'common'>): Words {
  return {
    close: t('close'),
    dismiss: t('dismiss'),
    undo: t('undo'),
    copy: t('copy'),
    copied: t('copied'),
    copyFailed: t('copyFailed'),
    showPassword: t('showPassword'),
    hidePassword: t('hidePassword'),
    loading: t('loading'),
    details: t('details'),
    imageFrom: (host) => t('imageFrom', { host }),
    notifications: t('notifications'),
  }
}
