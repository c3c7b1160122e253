import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { findEverything } from '~/domain/apps/queries-palette.server'
import { addressOf, portalPages } from '~/platform/found'
import { requireReader } from '~/platform/guards'
import { paths } from '~/platform/paths'
import type { PaletteGroup } from '~/ui/shell/palette'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const text = (new URL(args.request.url).searchParams.get('q') ?? '').slice(0, 200)
  const { hits, apps } = await findEverything(ctx, text)
  const found = (kind: (typeof hits)[number]['kind']) =>
    hits
      .filter((hit) => hit.kind === kind)
      .map((hit) => ({
        title: hit.title,
        detail:
          kind === 'product' ? hit.subtitle : `${hit.productName}${hit.method ? ` · ${hit.subtitle}` : ''}`,
        method: hit.method || null,
        to: addressOf(hit),
      }))
  const plain = (rows: { title: string; to: string }[]) =>
    rows.map((row) => ({ ...row, detail: '', method: null }))
  const groups: PaletteGroup[] = [
    { label: 'Products', items: found('product') },
    { label: 'APIs', items: found('api') },
    { label: 'Operations', items: found('operation') },
    { label: 'Guides', items: found('guide') },
    {
      label: 'My apps',
      items: plain(apps.map(({ id, name }) => ({ title: name, to: paths.dashboard.app(id) }))),
    },
    { label: 'Pages', items: plain(portalPages(ctx.actor, text)) },
  ]
  return Response.json(
    { groups: groups.filter((group) => group.items.length > 0) },
    { headers: { 'Cache-Control': 'private, no-store' } },
  )
}
