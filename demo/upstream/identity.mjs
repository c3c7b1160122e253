// The Identity checks API: applicants, their documents, checks and screenings. A check finishes when it is
// created unless it needs a person: then it waits for a decision.
import { conflict, invalid } from './problem.mjs'
import { created, noContent } from './router.mjs'
import { createCollection, filtered, noise, page, pick, seededTime } from './store.mjs'
import {
  choice,
  country,
  date,
  email,
  list,
  nullable,
  optional,
  partial,
  readBody,
  text,
} from './validate.mjs'

const checkKinds = ['document', 'face_match', 'address', 'watchlist']
const checkStatuses = ['awaiting_review', 'passed', 'failed', 'canceled']
const documentKinds = ['passport', 'id_card', 'driving_license', 'utility_bill']

const applicantShape = {
  first_name: text({ max: 80 }),
  last_name: text({ max: 80 }),
  email: nullable(email()),
  birth_date: date(),
  country: country(),
  external_id: nullable(text({ max: 60 })),
}

export function identityApi({ now, base }) {
  const applicants = createCollection('apl', { label: 'applicant' })
  const documents = createCollection('doc', { label: 'document' })
  const checks = createCollection('chk', { label: 'check' })
  const screenings = createCollection('scr', { label: 'screening' })
  seed()

  function seed() {
    applicants.seed(32, (index) => ({
      first_name: pick(['Ida', 'Noah', 'Mara', 'Felix', 'Ana', 'Jonas', 'Lea', 'Omar'], index),
      last_name: pick(['Berg', 'Lindt', 'Costa', 'Roy', 'Duarte', 'Wirth', 'Brandt'], index),
      email: `applicant${index + 1}@mail.example`,
      birth_date: `${1962 + (index % 40)}-0${1 + (index % 9)}-1${index % 10}`,
      country: pick(['DE', 'FR', 'NL', 'US', 'PT'], index),
      external_id: index % 2 === 0 ? `user-${7000 + index}` : null,
      status: pick(['verified', 'in_review', 'new', 'rejected'], index),
      created_at: seededTime(index * 9),
      updated_at: seededTime(index * 9),
    }))
    documents.seed(24, (index) => ({
      applicant_id: `apl_${1001 + index}`,
      kind: pick(documentKinds, index),
      issuing_country: pick(['DE', 'FR', 'NL', 'US', 'PT'], index),
      file_name: `${pick(documentKinds, index)}-front.jpg`,
      size_bytes: 240_000 + index * 1311,
      expires_on: index % 4 === 3 ? null : '2031-05-30',
      created_at: seededTime(index * 9 + 1),
    }))
    checks.seed(40, (index) => {
      const status = pick(['passed', 'awaiting_review', 'passed', 'failed', 'canceled'], index)
      return {
        applicant_id: `apl_${1001 + (index % 24)}`,
        kinds: index % 2 === 0 ? ['document', 'face_match'] : ['document', 'watchlist'],
        status,
        decision:
          status === 'failed'
            ? { outcome: 'rejected', reason: 'The document has expired.', decided_by: 'reviewer-2' }
            : null,
        created_at: seededTime(index * 9 + 3),
        completed_at: status === 'awaiting_review' ? null : seededTime(index * 9 + 4),
      }
    })
    screenings.seed(6, (index) =>
      screened(applicants.get(`apl_${1001 + index}`), ['sanctions'], seededTime(index * 9 + 5)),
    )
    for (const collection of [applicants, documents, checks, screenings]) collection.seal()
  }

  function screened(applicant, lists, at) {
    const score =
      Math.round(noise('screen', applicant.first_name, applicant.last_name, applicant.birth_date) * 100) / 100
    const hit = {
      list: lists[0],
      name: `${applicant.first_name[0]}. ${applicant.last_name}`,
      score,
      born_in: applicant.birth_date.slice(0, 4),
    }
    return { applicant_id: applicant.id, lists, hits: score > 0.7 ? [hit] : [], created_at: at }
  }

  function open(id) {
    const check = checks.get(id)
    if (check.status !== 'awaiting_review') {
      throw conflict('invalid_state', `This check is finished: its status is ${check.status}.`)
    }
    return check
  }

  function requireApplicant(id) {
    const applicant = applicants.find(id)
    if (!applicant) throw invalid([{ field: '/applicant_id', message: 'names no applicant' }])
    return applicant
  }

  return {
    'GET /applicants': ({ query }) =>
      page(
        query,
        filtered(query, applicants.all(), {
          status: ['new', 'in_review', 'verified', 'rejected'],
          external_id: 'external_id',
        }),
      ),
    'POST /applicants': ({ body }) => {
      const input = readBody(body, applicantShape)
      if (input.external_id && applicants.where((one) => one.external_id === input.external_id).length > 0) {
        throw conflict('external_id_taken', 'An applicant with this external_id exists already.')
      }
      const applicant = applicants.insert({ ...input, status: 'new', created_at: now(), updated_at: now() })
      return created(applicant, `${base}/applicants/${applicant.id}`)
    },
    'GET /applicants/:applicant_id': ({ params }) => applicants.get(params.applicant_id),
    'PATCH /applicants/:applicant_id': ({ params, body }) => {
      const applicant = applicants.get(params.applicant_id)
      if (applicant.status === 'verified') {
        throw conflict('applicant_verified', 'The data of a verified applicant cannot change.')
      }
      return Object.assign(applicant, readBody(body, partial(applicantShape)), { updated_at: now() })
    },
    'DELETE /applicants/:applicant_id': ({ params }) => {
      const applicant = applicants.get(params.applicant_id)
      for (const collection of [documents, checks, screenings]) {
        for (const record of collection.where((one) => one.applicant_id === applicant.id))
          collection.remove(record.id)
      }
      applicants.remove(applicant.id)
      return noContent()
    },
    'GET /applicants/:applicant_id/documents': ({ params, query }) => {
      const applicant = applicants.get(params.applicant_id)
      return page(
        query,
        documents.where((one) => one.applicant_id === applicant.id),
      )
    },
    'POST /applicants/:applicant_id/documents': ({ params, body }) => {
      const applicant = applicants.get(params.applicant_id)
      const { content, ...input } = readBody(body, {
        kind: choice(documentKinds),
        issuing_country: country(),
        file_name: text({ max: 120 }),
        expires_on: nullable(date()),
        content: text({ max: 900_000, pattern: /^[A-Za-z0-9+/]+={0,2}$/, hint: 'must be Base64' }),
      })
      const document = documents.insert({
        applicant_id: applicant.id,
        ...input,
        size_bytes: Buffer.byteLength(content, 'base64'),
        created_at: now(),
      })
      return created(document, `${base}/documents/${document.id}`)
    },
    'GET /documents/:document_id': ({ params }) => documents.get(params.document_id),
    'GET /checks': ({ query }) =>
      page(query, filtered(query, checks.all(), { status: checkStatuses, applicant_id: 'applicant_id' })),
    'POST /checks': ({ body }) => {
      const input = readBody(body, {
        applicant_id: text(),
        kinds: list(choice(checkKinds), { min: 1, max: 4 }),
      })
      const applicant = requireApplicant(input.applicant_id)
      if (
        input.kinds.includes('document') &&
        documents.where((one) => one.applicant_id === applicant.id).length === 0
      ) {
        throw conflict('document_missing', 'Upload a document of the applicant first.')
      }
      const waits = input.kinds.includes('face_match')
      const check = checks.insert({
        ...input,
        status: waits ? 'awaiting_review' : 'passed',
        decision: null,
        created_at: now(),
        completed_at: waits ? null : now(),
      })
      return created(check, `${base}/checks/${check.id}`)
    },
    'GET /checks/:check_id': ({ params }) => checks.get(params.check_id),
    'POST /checks/:check_id/cancel': ({ params }) =>
      Object.assign(open(params.check_id), { status: 'canceled', completed_at: now() }),
    'POST /checks/:check_id/decision': ({ params, body }) => {
      const decision = readBody(body, {
        outcome: choice(['approved', 'rejected']),
        reason: nullable(text({ max: 500 })),
        decided_by: optional(text({ max: 80 }), 'api'),
      })
      const status = decision.outcome === 'approved' ? 'passed' : 'failed'
      return Object.assign(open(params.check_id), { status, decision, completed_at: now() })
    },
    'GET /checks/:check_id/report': ({ params }) => report(checks.get(params.check_id)),
    'POST /screenings': ({ body }) => {
      const input = readBody(body, {
        applicant_id: text(),
        lists: optional(list(choice(['sanctions', 'politically_exposed', 'adverse_media']), { min: 1 }), [
          'sanctions',
        ]),
      })
      const screening = screenings.insert(screened(requireApplicant(input.applicant_id), input.lists, now()))
      return created(screening, `${base}/screenings/${screening.id}`)
    },
    'GET /screenings/:screening_id': ({ params }) => screenings.get(params.screening_id),
  }
}

function report(check) {
  return {
    check_id: check.id,
    status: check.status,
    results: check.kinds.map((kind) => ({
      kind,
      outcome: check.status === 'failed' ? 'suspicious' : check.status === 'passed' ? 'clear' : 'unclear',
      confidence: Math.round((0.6 + 0.4 * noise('report', check.id, kind)) * 100) / 100,
      findings: check.status === 'failed' && kind === 'document' ? ['document_expired'] : [],
    })),
  }
}
