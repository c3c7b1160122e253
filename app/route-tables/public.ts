// What visitors read: pages in the frame of the portal, and what answers without one.
import { index, route } from '@remix-run/route-config'

export const publicPages = [
  index('routes/public/home.tsx'),
  route('catalogs', 'routes/public/catalogs.tsx'),
  route('products/:slug', 'routes/public/product.tsx'),
  route('products/:slug/guides/:guide?', 'routes/public/product-guides.tsx'),
  route('products/:slug/apis/:api', 'routes/public/api-reference.tsx'),
  route('products/:slug/apis/:api/:operation', 'routes/public/operation.tsx'),
  route('*', 'routes/public/unknown-address.tsx'),
]

export const publicResources = [
  route('llms.txt', 'routes/public/llms.ts'),
  route('search', 'routes/public/search.ts'),
  route('products/:slug.md', 'routes/public/product-markdown.ts'),
  route('products/:slug/guides/:guide.md', 'routes/public/guide-markdown.ts'),
  route('products/:slug/apis/:api.md', 'routes/public/api-markdown.ts'),
  route('products/:slug/apis/:api/:operation.md', 'routes/public/operation-markdown.ts'),
  route('products/:slug/keys/:api', 'routes/public/api-keys.ts'),
  route('products/:slug/logo', 'routes/public/product-logo.ts'),
  route('logo/:file', 'routes/public/logo.ts'),
  route('products/:slug/apis/:api/openapi', 'routes/public/api-document.ts'),
  route('theme', 'routes/public/theme.ts'),
]
