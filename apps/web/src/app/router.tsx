/** The map of the app: the only file that knows every screen. The list that most people open comes with it, each other screen when it is first opened. */

import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { ConversationsScreen } from '../conversations/ConversationsScreen.tsx'
import { readSearch } from '../conversations/search.ts'
import { readInboxSearch } from '../inbox/inbox-search.ts'
import { parseWords, writeWords } from './address-words.ts'
import { readAgentSearch } from './agent-search.ts'
import { NotFoundPage, RouteErrorPage } from './ErrorPages.tsx'
import { type EntrySearch, parseEntrySearch, requireSetup, requireVisitor } from './guards.ts'
import { readJudgedSearch } from './judged-search.ts'
import { createQueryClient } from './query-client.ts'
import { settingsTree } from './settings-routes.ts'
import { root, work } from './work-route.ts'

export const queries: QueryClient = createQueryClient(() => {
  const { pathname, href } = router.state.location
  const next: EntrySearch = pathname === '/' ? {} : { next: href }
  if (!['/sign-in', '/setup', '/invitation'].includes(pathname)) void router.navigate({ to: '/sign-in', search: next })
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: requireSetup,
  component: lazyRouteComponent(() => import('../entry/SetupScreen.tsx'), 'SetupScreen'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseEntrySearch,
  beforeLoad: requireVisitor,
  component: lazyRouteComponent(() => import('../entry/SignInScreen.tsx'), 'SignInScreen'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../invitations/InvitationScreen.tsx'), 'InvitationScreen'),
})

const home = createRoute({
  getParentRoute: () => work,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/conversations', replace: true })
  },
})
const welcome = createRoute({
  getParentRoute: () => work,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../welcome/WelcomeScreen.tsx'), 'WelcomeScreen'),
})

/** One component for the list and for one conversation, so that the list stays where it was. */
const conversations = createRoute({
  getParentRoute: () => work,
  path: '/conversations',
  validateSearch: readSearch,
  component: ConversationsScreen,
})
const allConversations = createRoute({ getParentRoute: () => conversations, path: '/' })
const oneConversation = createRoute({ getParentRoute: () => conversations, path: '$id' })
const conversationPage = createRoute({
  getParentRoute: () => work,
  path: '/conversations/$id/full',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('../detail/ConversationPage.tsx'), 'ConversationPage'),
})

/** One component for the queue and for one conversation of it, so that the queue stays where it was. */
const inbox = createRoute({
  getParentRoute: () => work,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('../inbox/InboxScreen.tsx'), 'InboxScreen'),
})
const wholeInbox = createRoute({ getParentRoute: () => inbox, path: '/' })
const oneOfInbox = createRoute({ getParentRoute: () => inbox, path: '$id' })

/** One component for the list and for one call, so that the list stays where it was. */
const calls = createRoute({
  getParentRoute: () => work,
  path: '/calls',
  component: lazyRouteComponent(() => import('../calls/CallsScreen.tsx'), 'CallsScreen'),
})
const callSetup = createRoute({
  getParentRoute: () => work,
  path: '/calls/setup',
  component: lazyRouteComponent(() => import('../calls/setup/SetupScreen.tsx'), 'SetupScreen'),
})
const allCalls = createRoute({ getParentRoute: () => calls, path: '/' })
const oneCall = createRoute({ getParentRoute: () => calls, path: '$conversationId' })

const reviewQueue = createRoute({
  getParentRoute: () => work,
  path: '/review-queue',
  component: lazyRouteComponent(() => import('../review-queue/ReviewQueueScreen.tsx'), 'ReviewQueueScreen'),
})

const knowledge = createRoute({
  getParentRoute: () => work,
  path: '/knowledge',
  component: lazyRouteComponent(() => import('../knowledge/KnowledgeScreen.tsx'), 'KnowledgeScreen'),
})
const noArticle = createRoute({
  getParentRoute: () => knowledge,
  path: '/',
  component: lazyRouteComponent(() => import('../knowledge/NoArticle.tsx'), 'NoArticle'),
})
const article = createRoute({
  getParentRoute: () => knowledge,
  path: '$id',
  component: lazyRouteComponent(() => import('../knowledge/ArticleScreen.tsx'), 'ArticleScreen'),
})

const agents = createRoute({
  getParentRoute: () => work,
  path: '/agents',
  component: lazyRouteComponent(() => import('../agents/AgentsScreen.tsx'), 'AgentsScreen'),
})
const anyAgent = createRoute({
  getParentRoute: () => agents,
  path: '/',
  component: lazyRouteComponent(() => import('../agents/FirstAgent.tsx'), 'FirstAgent'),
})
const agent = createRoute({
  getParentRoute: () => agents,
  path: '$id',
  validateSearch: readAgentSearch,
  component: lazyRouteComponent(() => import('../agents/AgentScreen.tsx'), 'AgentScreen'),
})

const quality = createRoute({
  getParentRoute: () => work,
  path: '/quality',
  component: lazyRouteComponent(() => import('../quality/QualityScreen.tsx'), 'QualityScreen'),
})
const nextBlind = createRoute({
  getParentRoute: () => work,
  path: '/quality/blind',
  validateSearch: readJudgedSearch,
  component: lazyRouteComponent(() => import('../quality/BlindScreen.tsx'), 'NextBlindScreen'),
})
const blind = createRoute({
  getParentRoute: () => work,
  path: '/quality/blind/$id',
  component: lazyRouteComponent(() => import('../quality/BlindScreen.tsx'), 'BlindScreen'),
})

const insights = createRoute({
  getParentRoute: () => work,
  path: '/insights',
  component: lazyRouteComponent(() => import('../insights/InsightsScreen.tsx'), 'InsightsScreen'),
})

const unknown = createRoute({ getParentRoute: () => work, path: '$', component: () => <NotFoundPage /> })

const routeTree = root.addChildren([
  setup,
  invitation,
  signIn,
  work.addChildren([
    home,
    welcome,
    conversations.addChildren([allConversations, oneConversation]),
    conversationPage,
    inbox.addChildren([wholeInbox, oneOfInbox]),
    callSetup,
    calls.addChildren([allCalls, oneCall]),
    reviewQueue,
    knowledge.addChildren([noArticle, article]),
    agents.addChildren([anyAgent, agent]),
    quality,
    nextBlind,
    blind,
    insights,
    settingsTree,
    unknown,
  ]),
])

export const router = createRouter({
  routeTree,
  context: { queries },
  parseSearch: parseWords,
  stringifySearch: writeWords,
  defaultPreload: 'intent',
  defaultErrorComponent: RouteErrorPage,
  defaultNotFoundComponent: () => <NotFoundPage />,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
