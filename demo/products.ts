// The products of the fictional provider Meridian that the demo portal offers. Documents, guides and logos are
// files beside this one; what is only data is here.
import checkoutDocument from './documents/checkout-checkout.yaml?raw'
import identityDocument from './documents/identity-identity.yaml?raw'
import paymentsDocument from './documents/payments-payments.yaml?raw'
import payoutsDocument from './documents/payments-payouts.yaml?raw'
import productDataDocument from './documents/product-data-product-data.yaml?raw'
import shippingDocument from './documents/shipping-shipping.yaml?raw'
import trackingDocument from './documents/shipping-tracking.yaml?raw'
import weatherDocument from './documents/weather-weather.yaml?raw'
import sellYourFirstBasketGuide from './guides/checkout/01-sell-your-first-basket.md?raw'
import discountsAndFulfillmentGuide from './guides/checkout/02-discounts-and-fulfillment.md?raw'
import verifyYourFirstApplicantGuide from './guides/identity/01-verify-your-first-applicant.md?raw'
import reviewChecksAndDeleteDataGuide from './guides/identity/02-review-checks-and-delete-data.md?raw'
import makeYourFirstPaymentGuide from './guides/payments/01-make-your-first-payment.md?raw'
import reserveNowCaptureLaterGuide from './guides/payments/02-reserve-now-capture-later.md?raw'
import handleErrorsAndRetriesGuide from './guides/payments/03-handle-errors-and-retries.md?raw'
import createAndPublishAProductGuide from './guides/product-data/01-create-and-publish-a-product.md?raw'
import keepAShopInSyncGuide from './guides/product-data/02-keep-a-shop-in-sync.md?raw'
import buyYourFirstLabelGuide from './guides/shipping/01-buy-your-first-label.md?raw'
import compareRatesAtTheCheckoutGuide from './guides/shipping/02-compare-rates-at-the-checkout.md?raw'
import haveParcelsPickedUpGuide from './guides/shipping/03-have-parcels-picked-up.md?raw'
import getAForecastGuide from './guides/weather/01-get-a-forecast.md?raw'
import manyPlacesWithFewCallsGuide from './guides/weather/02-many-places-with-few-calls.md?raw'
import checkoutLogo from './logos/checkout.svg?raw'
import identityLogo from './logos/identity.svg?raw'
import paymentsLogo from './logos/payments.svg?raw'
import productDataLogo from './logos/product-data.svg?raw'
import shippingLogo from './logos/shipping.svg?raw'
import weatherLogo from './logos/weather.svg?raw'

type DemoCatalogSlug = 'public' | 'private' | 'partner' | 'checkout'

type DemoApi = {
  slug: string
  name: string
  version: string
  documentText: string
  /** The path below the demo upstream that stands for the server of the document. */
  upstreamPath: string
  /** What calls carry; API keys when it is left out. */
  accepts?: ('api_key' | 'oauth_client')[]
}

type DemoGuide = { slug: string; title: string; body: string }

export type DemoProduct = {
  slug: string
  name: string
  summary: string
  description: string
  tags: string[]
  featured: boolean
  catalogs: DemoCatalogSlug[]
  logoSvg: string
  apis: DemoApi[]
  guides: DemoGuide[]
}

export const demoProducts: DemoProduct[] = [
  {
    slug: 'payments',
    name: 'Payments',
    summary: 'Take, capture and refund payments by card, bank debit and wallet, and pay out your balance.',
    description: `Payments moves money from your customers to you, and back when something goes wrong. One API covers cards, bank debits and wallets; a second one sends your balance to your bank.

What you can build with it:

- **Charge at once** or **reserve now and capture later**, for shops that charge when they ship.
- **Refund** in part or in full, in as many steps as you need.
- **Answer disputes** with evidence before the deadline.
- **Pay out** daily, weekly or by hand, to accounts in Europe and the United States.

Amounts are whole numbers in the smallest unit of the currency. Every call that moves money takes an idempotency key, so a retry never charges twice. The guides take you from the first request to code that survives a broken network.
`,
    tags: ['money', 'commerce'],
    featured: true,
    catalogs: ['public', 'partner'],
    logoSvg: paymentsLogo,
    apis: [
      {
        slug: 'payments',
        name: 'Payments',
        version: '2.1.0',
        documentText: paymentsDocument,
        upstreamPath: '/payments/v2',
        accepts: ['api_key', 'oauth_client'],
      },
      {
        slug: 'payouts',
        name: 'Payouts',
        version: '1.4.0',
        documentText: payoutsDocument,
        upstreamPath: '/payouts/v1',
        accepts: ['api_key', 'oauth_client'],
      },
    ],
    guides: [
      guide('make-your-first-payment', makeYourFirstPaymentGuide),
      guide('reserve-now-capture-later', reserveNowCaptureLaterGuide),
      guide('handle-errors-and-retries', handleErrorsAndRetriesGuide),
    ],
  },
  {
    slug: 'shipping',
    name: 'Shipping',
    summary: 'Compare carriers, buy labels, schedule pickups and follow parcels with one vocabulary.',
    description: `Shipping puts all your carriers behind one API. You describe a parcel once, see what each carrier asks, and buy the label that fits the price and the promise you made to your customer.

What you can build with it:

- **Rates at the checkout**, cheapest and fastest side by side.
- **Labels** as PDF, ZPL or PNG, with a refund while the parcel is still with you.
- **Pickups** at your door, in the morning or in the afternoon.
- **Tracking** with five statuses that mean the same for every carrier, and a call to your webhook when a parcel moves.

Lengths are in millimetres and weights in grams. Drafts cost nothing, so feel free to create shipments while you try things out: only a label is charged.
`,
    tags: ['logistics', 'commerce'],
    featured: true,
    catalogs: ['public'],
    logoSvg: shippingLogo,
    apis: [
      {
        slug: 'shipping',
        name: 'Shipping',
        version: '3.0.0',
        documentText: shippingDocument,
        upstreamPath: '/shipping/v3',
      },
      {
        slug: 'tracking',
        name: 'Tracking',
        version: '1.2.0',
        documentText: trackingDocument,
        upstreamPath: '/tracking/v1',
      },
    ],
    guides: [
      guide('buy-your-first-label', buyYourFirstLabelGuide),
      guide('compare-rates-at-the-checkout', compareRatesAtTheCheckoutGuide),
      guide('have-parcels-picked-up', haveParcelsPickedUpGuide),
    ],
  },
  {
    slug: 'weather',
    name: 'Weather',
    summary: 'Forecasts, history, air quality and warnings for any place, by latitude and longitude.',
    description: `Weather answers one question well: what is it like at this point, and what will it be? Give it a latitude and a longitude and it returns the present hour, the next sixteen days, or any day of the past.

What you can build with it:

- **Forecasts** by the hour and by the day, for one point or for 25 at once.
- **Delivery promises** that know about storms, with alerts by country and severity.
- **Reports** that compare sales with the weather of past days.
- **Screens** that show sunrise, sunset and the quality of the air.

Answers change once an hour and are small, so they are easy to cache. There is nothing to create and nothing to delete, which makes this API the best place for a first request.
`,
    tags: ['environment', 'data'],
    featured: false,
    catalogs: ['public'],
    logoSvg: weatherLogo,
    apis: [
      {
        slug: 'weather',
        name: 'Weather',
        version: '1.0.0',
        documentText: weatherDocument,
        upstreamPath: '/weather/v1',
      },
    ],
    guides: [
      guide('get-a-forecast', getAForecastGuide),
      guide('many-places-with-few-calls', manyPlacesWithFewCallsGuide),
    ],
  },
  {
    slug: 'identity',
    name: 'Identity checks',
    summary: 'Verify documents and faces, screen against lists, and keep the record that auditors ask for.',
    description: `Identity checks tells you whether people are who they say they are, and keeps the record that proves you asked. An applicant shows a document, a check compares it with what is known, and a report says what was found.

What you can build with it:

- **Onboarding** that ends in seconds for most applicants.
- **Review queues** for the few cases that need a person, decided exactly once.
- **Screenings** against sanctions and other lists, at any rhythm.
- **Deletion** of everything about a person with one call.

The content of a document never comes back from the API, and a deleted applicant is gone for good. Because it handles personal data, access is granted by hand.
`,
    tags: ['compliance', 'people'],
    featured: false,
    catalogs: ['private', 'partner'],
    logoSvg: identityLogo,
    apis: [
      {
        slug: 'identity',
        name: 'Identity checks',
        version: '1.1.0',
        documentText: identityDocument,
        upstreamPath: '/identity/v1',
      },
    ],
    guides: [
      guide('verify-your-first-applicant', verifyYourFirstApplicantGuide),
      guide('review-checks-and-delete-data', reviewChecksAndDeleteDataGuide),
    ],
  },
  {
    slug: 'product-data',
    name: 'Product data',
    summary: 'Products, variants, categories, prices and stock: one source for everything that you sell.',
    description: `Product data is the single source of what you sell. Shops, marketplaces and printed catalogs read from it, so a price or a photo changes in one place.

What you can build with it:

- **Product pages** with variants, attributes and media.
- **Menus** from a tree of categories that comes in one call.
- **Price lists** in several currencies, with the price before a reduction.
- **Stock** by warehouse that never falls below what is promised to orders.
- **Imports** of up to 100,000 products from a file.

A product begins as a draft and is published when it has a variant. Nothing that is in use can be deleted by accident: the API says what still depends on it. With forty operations this is our largest API, so begin with the first guide.
`,
    tags: ['catalog', 'commerce', 'data'],
    featured: true,
    catalogs: ['private'],
    logoSvg: productDataLogo,
    apis: [
      {
        slug: 'product-data',
        name: 'Product data',
        version: '2.0.0',
        documentText: productDataDocument,
        upstreamPath: '/product-data/v2',
      },
    ],
    guides: [
      guide('create-and-publish-a-product', createAndPublishAProductGuide),
      guide('keep-a-shop-in-sync', keepAShopInSyncGuide),
    ],
  },
  {
    slug: 'checkout',
    name: 'Checkout',
    summary: 'From a basket to a paid order: sessions, discounts, delivery and fulfillment.',
    description: `Checkout carries a basket from the first click to a paid order, so that you do not have to build the most delicate page of your shop yourself.

What you can build with it:

- **Sessions** that hold the basket, the address and the delivery, with totals worked out after every change.
- **Discount codes** in percent or as an amount, with a limit that holds under load.
- **Orders** that remember what was sold at which price.
- **Fulfillment** with carrier and tracking number, told to the shopper by mail.

You send SKUs and quantities and never prices, so nobody can change a price on the way. It works best together with Product data, Shipping and Payments, but needs only a key of its own.
`,
    tags: ['commerce', 'money'],
    featured: false,
    catalogs: ['partner', 'checkout'],
    logoSvg: checkoutLogo,
    apis: [
      {
        slug: 'checkout',
        name: 'Checkout',
        version: '1.3.0',
        documentText: checkoutDocument,
        upstreamPath: '/checkout/v1',
      },
    ],
    guides: [
      guide('sell-your-first-basket', sellYourFirstBasketGuide),
      guide('discounts-and-fulfillment', discountsAndFulfillmentGuide),
    ],
  },
]

/** The title of a guide is its first line. */
function guide(slug: string, body: string): DemoGuide {
  const [firstLine = ''] = body.split('\n', 1)
  return { slug, title: firstLine.replace(/^# /, ''), body }
}
