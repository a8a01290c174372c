import type { CastMember } from './cast.ts'

/** Sends one request to the service, wherever it runs. */
export type Send = (request: Request) => Promise<Response>

/** An answer of the service, its JSON parsed. */
export interface Answer {
  status: number
  etag: string | null
  body: AnswerBody
}

/** What the demo looks at in answers; every field may be missing. */
export interface AnswerBody {
  id?: string
  token?: string
  project?: { id: string; stage: string; stageTitle: string; settled: boolean; ended: string | null }
  batch?: { id: string }
  procedure?: string | null
  stage?: string
  stageTitle?: string
  settled?: boolean
  complete?: boolean
  awaiting?: string[]
  findings?: AnswerFinding[]
  carried?: { project: string }[]
  code?: string
  title?: string
  detail?: string
  errors?: { pointer: string; detail: string }[]
}

/** A finding as the service gives it. */
export interface AnswerFinding {
  code: string
  level: 'block' | 'note'
  article: string[]
  message: string
  step?: string
}

/** Where people of the demo go: the service, with their sessions and a clock that can be set. */
export interface Office {
  /** Acts as a person. */
  call(member: CastMember, method: string, path: string, json?: unknown): Promise<Answer>
  /** Uploads a text as a file and gives its id. */
  upload(member: CastMember, name: string, content: string): Promise<string>
  /** The day that the service's clock shows. */
  day(): string
  /** Sets the service's clock to a working hour of a day. */
  goTo(day: string): Promise<void>
}

/** Makes an office out of a way to send and a way to sign in. */
export function openOffice(options: {
  base: string
  send: Send
  token(member: CastMember): Promise<string>
  day(): string
  goTo(day: string): Promise<void>
  newKey(): string
}): Office {
  const request = async (
    member: CastMember,
    method: string,
    path: string,
    init: { body?: string; type: string; match?: string },
  ): Promise<Answer> => {
    const headers: Record<string, string> = { authorization: `Bearer ${await options.token(member)}` }
    if (init.body !== undefined) headers['content-type'] = init.type
    if (init.match) headers['if-match'] = init.match
    if (method === 'POST') headers['idempotency-key'] = options.newKey()
    const url = `${options.base}/api/${member.tenant}${path}`
    return answerOf(await options.send(new Request(url, { method, headers, body: init.body })))
  }
  return {
    async call(member, method, path, json) {
      const body = json === undefined ? undefined : JSON.stringify(json)
      const match =
        method === 'PATCH'
          ? ((await request(member, 'GET', path, { type: '' })).etag ?? undefined)
          : undefined
      return request(member, method, path, { body, type: 'application/json', match })
    },
    async upload(member, name, content) {
      const path = `/materials?name=${encodeURIComponent(name)}`
      const { status, body } = await request(member, 'POST', path, {
        body: content,
        type: 'application/octet-stream',
      })
      if (status !== 201 || !body.id) throw new Error(`upload of ${name}: ${status} ${JSON.stringify(body)}`)
      return body.id
    },
    day: options.day,
    goTo: options.goTo,
  }
}

/** The answer with its body parsed, empty where it is not JSON. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return {
    status: response.status,
    etag: response.headers.get('etag'),
    body: isJson ? (JSON.parse(text) as AnswerBody) : {},
  }
}
