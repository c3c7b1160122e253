// The events of an app in words.
import {
  ArrowRightLeft,
  Ban,
  Check,
  CirclePlus,
  Clock,
  Eye,
  Gauge,
  KeyRound,
  type LucideIcon,
  Play,
  Send,
  ShieldAlert,
  SlidersHorizontal,
  Snowflake,
  Undo2,
} from 'lucide-react'
import { describeLimitChanges } from '~/domain/apps/limit-changes'
import type { EventData, EventType } from '~/domain/kernel/events'
import type { TimelineItem } from '~/ui/timeline'

type ActivityEvent = { id: string; type: EventType; actorLabel: string; data: EventData; createdAt: number }

const words: Partial<Record<EventType, { icon: LucideIcon; text: (data: EventData) => string }>> = {
  'app.created': { icon: CirclePlus, text: () => 'made the app' },
  'app.changed': { icon: CirclePlus, text: () => 'changed the app' },
  'app.frozen': { icon: Snowflake, text: () => 'froze the app' },
  'app.unfrozen': { icon: Play, text: () => 'unfroze the app' },
  'app.transferred': {
    icon: ArrowRightLeft,
    text: (data) => `gave the app to ${String(data['to'] ?? 'somebody else')}`,
  },
  'access_request.submitted': {
    icon: Send,
    text: (data) =>
      data['planBefore'] ? `asked for another plan for ${list(data)}` : `requested access to ${list(data)}`,
  },
  'access_request.approved': {
    icon: Check,
    text: (data) =>
      data['planBefore']
        ? `approved the plan ${data['plan']} for ${list(data)}`
        : `approved access to ${list(data)}`,
  },
  'access_request.rejected': { icon: Ban, text: (data) => `rejected the request for ${list(data)}` },
  'access_request.withdrawn': { icon: Undo2, text: (data) => `withdrew the request for ${list(data)}` },
  'access_request.revoked': { icon: Ban, text: (data) => `ended access to ${list(data)}` },
  'access_request.retired': {
    icon: ArrowRightLeft,
    text: (data) => `changed the plan of ${list(data)} from ${data['plan']} to ${data['planAfter']}`,
  },
  'credential.issued': { icon: KeyRound, text: (data) => `issued ${key(data)}` },
  'credential.revealed': { icon: Eye, text: (data) => `revealed ${key(data)}` },
  'credential.rotated': { icon: KeyRound, text: (data) => `rotated ${key(data)}` },
  'credential.limits_changed': {
    icon: SlidersHorizontal,
    text: (data) => `changed the limits of ${key(data)}: ${describeLimitChanges(data)}`,
  },
  'credential.retired': {
    icon: Clock,
    text: (data) =>
      `ended ${key(data)}, ${data['why'] === 'idle' ? 'as it was replaced and not used for 3 days' : 'as its overlap was over'}`,
  },
  'credential.revoked': { icon: Ban, text: (data) => `revoked ${key(data)}` },
  'credential.token_issued': {
    icon: Play,
    text: (data) => `tried a call as the client “${String(data['credential'] ?? '')}”`,
  },
  'credential.expiring': { icon: Clock, text: (data) => `noted that ${key(data)} expires soon` },
  'credential.leaked': {
    icon: ShieldAlert,
    text: (data) => `heard that ${key(data)} can be read in public`,
  },
  'quota.reached': {
    icon: Gauge,
    text: (data) =>
      `counted ${data['percent'] === 80 ? '80 % of the quota' : 'the whole quota'} for ${list(data)} used`,
  },
  'credential.expired': { icon: Clock, text: (data) => `noted that ${key(data)} has expired` },
}

export function appActivity(events: readonly ActivityEvent[]): TimelineItem[] {
  return events.map(({ id, type, actorLabel, data, createdAt }) => {
    const known = words[type]
    const plan = type === 'access_request.submitted' ? data['plan'] : null
    const given = type === 'access_request.approved' && data['planAskedFor'] ? data['plan'] : null
    const detail = plan
      ? `Plan ${plan}`
      : given
        ? `Plan ${given} instead of ${data['planAskedFor']}`
        : data['reason']
    return {
      key: id,
      at: createdAt,
      title: `${actorLabel} ${known?.text(data) ?? 'changed something'}`,
      icon: known?.icon,
      detail: typeof detail === 'string' ? detail : null,
    }
  })
}

function list(data: EventData): string {
  const products = data['products']
  return Array.isArray(products) ? products.join(', ') : 'products'
}

function key(data: EventData): string {
  const word = data['credentialType'] === 'oauth_client' ? 'client secret' : 'key'
  return `the ${word} ending in ${String(data['hint'] ?? '')}`
}
