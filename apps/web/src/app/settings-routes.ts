/** The map of the settings: each page is loaded when it is first opened. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { work } from './work-route.ts'

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
const voice = createRoute({
  getParentRoute: () => settings,
  path: 'voice',
  component: lazyRouteComponent(() => import('../settings/voice/VoiceScreen.tsx'), 'VoiceScreen'),
})
const keyboard = createRoute({
  getParentRoute: () => settings,
  path: 'keyboard',
  component: lazyRouteComponent(() => import('../settings/KeyboardScreen.tsx'), 'KeyboardScreen'),
})

export const settingsTree = settings.addChildren([
  settingsHome,
  general,
  team,
  hours,
  channels,
  channel,
  voice,
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
])
