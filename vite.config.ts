// One Vite build makes the browser's files and the whole Worker (fetch, queue, scheduled, Durable Objects).
import { cloudflare } from '@cloudflare/vite-plugin'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import { fontsAlias } from './vite.fonts'
import { pureDomain } from './vite.pure-domain'
import { aliases, forWorkers, remixFuture } from './vite.shared'

/** Remix fixes the server build's input to its own virtual module; this makes the Worker's entry the input instead. */
function workerEntry(entry: string): Plugin {
  return {
    name: 'worker-entry',
    apply: 'build',
    enforce: 'post',
    config: (_config, { isSsrBuild }) =>
      isSsrBuild
        ? { build: { rollupOptions: { input: entry, external: [/^cloudflare:/, /^node:/] } } }
        : undefined,
  }
}

/** The icons of the bar and of the pages that one reads. */
const commonIcons =
  /lucide-react\/dist\/esm\/(?:[A-Z]?[\w.]+|shared\/.+|icons\/(?:app-window|arrow-right|bell|book-open|building-2|building-complex|check|chevron-down|chevron-right|circle-alert|circle-check|circle-exclamation-point|download|ellipsis|info|layout-grid|loader-circle|log-in|log-out|monitor|moon|package-open|search|search-x|shield|shopping-cart|sun|triangle-alert|triangle-exclamation-point|user-plus|user-round|x))\.m?js$/

/** The frame of every page, and the parts that most pages one reads are made of. */
const commonParts =
  /\/app\/(?:domain\/(?:kernel\/number|settings\/logo-path)|platform\/(?:operations-paths|paths|query|webhook-paths)|ui\/(?:avatar|badge|breadcrumbs|button|callout|class-names|empty-state|error-page|field|field-frame|menu|link-card|page-header|popover|root-data|text-link|theme-switch|toast|catalog\/(?:method-badge|product-grid|rendered-html)|shell\/(?:account-menu|bell|brand|current|page-frame|palette|portal-shell|search-button)))\.tsx?$/

/** What the pages of a product share: its frame, its tabs, and what copies. */
const productParts =
  /\/app\/domain\/catalog\/plan\.ts|\/app\/ui\/(?:copy-button|tabs|card|catalog\/(?:markdown-link|plan-list|product-frame))\.tsx$|lucide-react\/dist\/esm\/icons\/(?:copy|file-text)\.m?js$/

/** Lists of the dashboard and of admins: their frame, table, states and times. */
const listParts =
  /\/app\/domain\/(?:access-requests\/access-request|apps\/app|accounts\/account)\.ts$|\/app\/ui\/(?:count-of|data-table|date-time|export-link|form-values|list-table|table-selection|apps\/badges|shell\/(?:side-nav|dashboard-shell))\.tsx?$|lucide-react\/dist\/esm\/icons\/(?:arrow-up|arrow-down|arrow-up-down|users)\.m?js$/

/** What an API reference and the pages of one thing are made of. */
const detailParts =
  /\/app\/ui\/(?:code-block|definition-list|catalog\/(?:accepted-credentials|reference-menu|reference-frame)|shell\/reference-shell)\.tsx$/

/** What the pages share on which one logs in, registers and sets a password. */
const authParts =
  /\/app\/ui\/(?:password-field|form-layout|use-server-form|accounts\/(?:auth-page|passkey-button|passkey-questions))\.tsx?$|\/app\/routes\/auth\/passkey-questions\.ts$|lucide-react\/dist\/esm\/icons\/(?:eye|eye-off|key-round)\.m?js$/

/** What changes with an update of packages only, and so stays in the browser's cache from one deployment to the next. */
const vendor =
  /\/node_modules\/(?:react|react-dom|react-router|react-router-dom|scheduler|turbo-stream|@remix-run\/[\w-]+)\/|commonjsHelpers|vite\/preload-helper/

/** What finds one's way in a long list. */
const findParts = /\/app\/ui\/(?:filter-bar|pagination)\.tsx$/

const chunks = {
  vendor,
  icons: commonIcons,
  parts: commonParts,
  'product-parts': productParts,
  'auth-parts': authParts,
  'list-parts': listParts,
  'detail-parts': detailParts,
  'find-parts': findParts,
}

/**
 * Parts and icons are a few hundred bytes each: together they compress better, and are one request. Only what is named goes
 * there: otherwise every icon of the portal would follow the package's index.
 */
function smallPartsTogether(): Plugin {
  return {
    name: 'small-parts-together',
    apply: 'build',
    config: (_config, { isSsrBuild }) => {
      const manualChunks = (id: string) => Object.entries(chunks).find(([, modules]) => modules.test(id))?.[0]
      return isSsrBuild
        ? undefined
        : { build: { rollupOptions: { output: { manualChunks, onlyExplicitManualChunks: true } } } }
    },
  }
}

/** The development Worker does not see added or removed route files: the server starts again. */
function restartOnRouteChange(): Plugin {
  return {
    name: 'restart-on-route-change',
    apply: 'serve',
    configureServer(server) {
      if (!server.config.plugins.some((plugin) => plugin.name === 'remix')) return
      const onChange = (file: string) => {
        if (file.includes('/app/routes/')) void server.restart()
      }
      server.watcher.on('add', onChange).on('unlink', onChange)
    },
  }
}

export default defineConfig(
  async ({ command, isSsrBuild }): Promise<UserConfig> => ({
    resolve: { alias: [...aliases, await fontsAlias()] },
    plugins: [
      // Nested on purpose: Remix loads this file again for its child compiler and flattens one level only.
      command === 'serve' && [
        cloudflare({
          viteEnvironment: { name: 'worker' },
          config: { main: './app/worker.ts' },
        }),
      ],
      tailwindcss(),
      remix({ serverModuleFormat: 'esm', future: remixFuture }),
      workerEntry('./app/worker.ts'),
      smallPartsTogether(),
      pureDomain(),
      restartOnRouteChange(),
    ],
    ...(command === 'serve'
      ? {
          environments: {
            worker: {
              optimizeDeps: {
                include: [
                  'react',
                  'react/jsx-runtime',
                  'react/jsx-dev-runtime',
                  'react-dom/server',
                  '@remix-run/react',
                  '@remix-run/cloudflare',
                  'isbot',
                  'drizzle-orm',
                  'drizzle-orm/d1',
                  'drizzle-orm/sqlite-core',
                ],
              },
            },
          },
        }
      : {
          ssr: forWorkers,
        }),
    build: {
      // Four kilobytes less in the browser (decision 100); in the Worker they do not count, and esbuild is faster.
      minify: isSsrBuild ? 'esbuild' : 'terser',
      terserOptions: { module: true, ecma: 2020, compress: { passes: 3 } },
      target: 'es2022',
      sourcemap: false,
      rollupOptions: {
        onwarn(warning, warn) {
          // Comments in packages that Rollup cannot place, and action-only routes, which have no browser code.
          if (warning.code !== 'INVALID_ANNOTATION' && warning.code !== 'EMPTY_BUNDLE') warn(warning)
        },
      },
    },
  }),
)
