// The outbox of a demo and of the tests: its guard lets nobody in elsewhere.
import { layout, prefix, route } from '@remix-run/route-config'

export const devRoutes = [
  ...prefix('dev', [
    layout('routes/dev/layout.tsx', [
      route('outbox', 'routes/dev/outbox.tsx'),
      route('outbox/:mailId', 'routes/dev/mail.tsx'),
    ]),
    route('outbox/:mailId/html', 'routes/dev/mail-html.ts'),
  ]),
]
