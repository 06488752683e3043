/** The map of the app: the only file that knows every screen. The list that most people open comes with it, each other screen when it is first opened. */

import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { ConversationsScreen } from '../conversations/ConversationsScreen.tsx'
import { readSearch } from '../conversations/search.ts'
import { readInboxSearch } from '../inbox/inbox-search.ts'
import { parseWords, writeWords } from './address-words.ts'
import { readAgentSearch } from './agent-search.ts'
import { BareErrorPage, NotFoundPage, RouteErrorPage } from './ErrorPages.tsx'
import { type EntrySearch, parseEntrySearch, requireMember, requireSetup, requireVisitor } from './guards.ts'
import { readJudgedSearch } from './judged-search.ts'
import { createQueryClient } from './query-client.ts'
import { Workplace } from './Workplace.tsx'

export const queries: QueryClient = createQueryClient(() => {
  const { pathname, href } = router.state.location
  const next: EntrySearch = pathname === '/' ? {} : { next: href }
  if (!['/sign-in', '/setup', '/invitation'].includes(pathname)) void router.navigate({ to: '/sign-in', search: next })
})

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet })

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

/** Everything behind the sign-in. */
const work = createRoute({
  getParentRoute: () => root,
  id: 'work',
  beforeLoad: requireMember,
  component: Workplace,
  errorComponent: BareErrorPage,
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

const settings = createRoute({
  getParentRoute: () => work,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/SettingsScreen.tsx'), 'SettingsScreen'),
})
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/general', replace: true })
  },
})
const general = createRoute({
  getParentRoute: () => settings,
  path: 'general',
  component: lazyRouteComponent(() => import('../settings/GeneralScreen.tsx'), 'GeneralScreen'),
})
const channels = createRoute({
  getParentRoute: () => settings,
  path: 'channels',
  component: lazyRouteComponent(() => import('../settings/channels/ChannelsScreen.tsx'), 'ChannelsScreen'),
})
const channel = createRoute({
  getParentRoute: () => settings,
  path: 'channels/$id',
  component: lazyRouteComponent(() => import('../settings/channels/ChannelScreen.tsx'), 'ChannelScreen'),
})
const triggers = createRoute({
  getParentRoute: () => settings,
  path: 'triggers',
  component: lazyRouteComponent(() => import('../settings/triggers/TriggersScreen.tsx'), 'TriggersScreen'),
})
const trigger = createRoute({
  getParentRoute: () => settings,
  path: 'triggers/$id',
  component: lazyRouteComponent(() => import('../settings/triggers/TriggerScreen.tsx'), 'TriggerScreen'),
})
const stages = createRoute({
  getParentRoute: () => settings,
  path: 'stages',
  component: lazyRouteComponent(() => import('../settings/stages/StagesScreen.tsx'), 'StagesScreen'),
})
const tags = createRoute({
  getParentRoute: () => settings,
  path: 'tags',
  component: lazyRouteComponent(() => import('../settings/tags/TagsScreen.tsx'), 'TagsScreen'),
})
const intents = createRoute({
  getParentRoute: () => settings,
  path: 'intents',
  component: lazyRouteComponent(() => import('../settings/intents/IntentsScreen.tsx'), 'IntentsScreen'),
})
const replies = createRoute({
  getParentRoute: () => settings,
  path: 'replies',
  component: lazyRouteComponent(() => import('../settings/replies/RepliesScreen.tsx'), 'RepliesScreen'),
})
const team = createRoute({
  getParentRoute: () => settings,
  path: 'team',
  component: lazyRouteComponent(() => import('../settings/team/TeamScreen.tsx'), 'TeamScreen'),
})
const hours = createRoute({
  getParentRoute: () => settings,
  path: 'hours',
  component: lazyRouteComponent(() => import('../settings/hours/HoursScreen.tsx'), 'HoursScreen'),
})
const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: 'api-keys',
  component: lazyRouteComponent(() => import('../settings/api-keys/ApiKeysScreen.tsx'), 'ApiKeysScreen'),
})
const connection = createRoute({
  getParentRoute: () => settings,
  path: 'connection',
  component: lazyRouteComponent(() => import('../settings/connection/ConnectionScreen.tsx'), 'ConnectionScreen'),
})
const profile = createRoute({
  getParentRoute: () => settings,
  path: 'profile',
  component: lazyRouteComponent(() => import('../settings/ProfileScreen.tsx'), 'ProfileScreen'),
})
const appearance = createRoute({
  getParentRoute: () => settings,
  path: 'appearance',
  component: lazyRouteComponent(() => import('../settings/AppearanceScreen.tsx'), 'AppearanceScreen'),
})
const notifications = createRoute({
  getParentRoute: () => settings,
  path: 'notifications',
  component: lazyRouteComponent(
    () => import('../settings/notifications/NotificationsScreen.tsx'),
    'NotificationsScreen',
  ),
})
const analysis = createRoute({
  getParentRoute: () => settings,
  path: 'analysis',
  component: lazyRouteComponent(() => import('../settings/analysis/AnalysisScreen.tsx'), 'AnalysisScreen'),
})
const followUps = createRoute({
  getParentRoute: () => settings,
  path: 'follow-ups',
  component: lazyRouteComponent(() => import('../settings/follow-ups/FollowUpsScreen.tsx'), 'FollowUpsScreen'),
})
const rubric = createRoute({
  getParentRoute: () => settings,
  path: 'rubric',
  component: lazyRouteComponent(() => import('../settings/rubric/RubricScreen.tsx'), 'RubricScreen'),
})
const ownFlags = createRoute({
  getParentRoute: () => settings,
  path: 'own-flags',
  component: lazyRouteComponent(() => import('../settings/rules/RulesScreen.tsx'), 'RulesScreen'),
})
const alerts = createRoute({
  getParentRoute: () => settings,
  path: 'alerts',
  component: lazyRouteComponent(() => import('../settings/alerts/AlertsScreen.tsx'), 'AlertsScreen'),
})
const keyboard = createRoute({
  getParentRoute: () => settings,
  path: 'keyboard',
  component: lazyRouteComponent(() => import('../settings/KeyboardScreen.tsx'), 'KeyboardScreen'),
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
    reviewQueue,
    knowledge.addChildren([noArticle, article]),
    agents.addChildren([anyAgent, agent]),
    quality,
    nextBlind,
    blind,
    insights,
    settings.addChildren([
      settingsHome,
      general,
      team,
      hours,
      channels,
      channel,
      stages,
      tags,
      intents,
      replies,
      followUps,
      rubric,
      ownFlags,
      alerts,
      analysis,
      triggers,
      trigger,
      apiKeys,
      connection,
      profile,
      notifications,
      appearance,
      keyboard,
    ]),
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
