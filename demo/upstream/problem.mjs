// Errors of the demo upstream. Every one leaves as application/problem+json (RFC 9457) with a stable `code`.

const titles = {
  400: 'Bad request',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Content too large',
  422: 'Unprocessable content',
  500: 'Internal server error',
}

export class Problem extends Error {
  constructor(status, code, detail, errors) {
    super(detail)
    this.status = status
    this.code = code
    this.errors = errors
  }

  toJSON() {
    return {
      type: `https://api.meridian.example/problems/${this.code.replaceAll('_', '-')}`,
      title: titles[this.status] ?? 'Error',
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.errors ? { errors: this.errors } : {}),
    }
  }
}

export function badRequest(code, detail) {
  return new Problem(400, code, detail)
}

export function notFound(detail) {
  return new Problem(404, 'not_found', detail)
}

export function conflict(code, detail) {
  return new Problem(409, code, detail)
}

export function invalid(errors) {
  return new Problem(422, 'invalid_fields', 'Some fields are missing or not valid.', errors)
}
