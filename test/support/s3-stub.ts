import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Place } from '../../server/media/s3-client.ts'

export interface S3Stub {
  readonly place: S3Place
  readonly objects: Map<string, Buffer>
  /** What was refused, and why. */
  readonly refused: string[]
  close(): Promise<void>
}

/**
 * A store that speaks as much of S3 as Wasl uses, and is as strict about it: it makes the signature (AWS Signature
 * Version 4) anew from the request by a reading of its own, and the hash of the body. It is no S3.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export async function startS3Stub(): Promise<S3Stub> {
  const objects = new Map<string, Buffer>()
  const refused: string[] = []
  const keys = {
    region: 'eu-central-1',
    bucket: 'wasl-files',
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalr/+secret',
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const fault = faultOf(request, body, keys)
    if (fault !== null) {
      refused.push(fault)
      return response.writeHead(403).end(`<Error><Code>SignatureDoesNotMatch</Code><Message>${fault}</Message></Error>`)
    }
    answer(request, response, body, objects, `/${keys.bucket}/`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    place: { ...keys, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    objects,
    refused,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  objects: Map<string, Buffer>,
  prefix: string,
): void {
  const key = (request.url ?? '').slice(prefix.length)
  if (!request.url?.startsWith(prefix))
    return void response.writeHead(404).end('<Error><Code>NoSuchBucket</Code></Error>')
  if (request.method === 'PUT') {
    if (request.headers['content-length'] === undefined)
      return void response.writeHead(411).end('<Error><Code>MissingContentLength</Code></Error>')
    objects.set(key, body)
    return void response.writeHead(200).end()
  }
  const object = objects.get(key)
  if (object === undefined) return void response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  if (range === null) return void response.writeHead(200, { 'content-length': object.length }).end(object)
  const part = object.subarray(Number(range[1]), Number(range[2]) + 1)
  response.writeHead(206, { 'content-length': part.length, 'content-range': `bytes x/${object.length}` }).end(part)
}

/** What is wrong with a request, or `null`. */
function faultOf(
  request: IncomingMessage,
  body: Buffer,
  keys: { region: string; accessKeyId: string; secretAccessKey: string },
): string | null {
  const hash = request.headers['x-amz-content-sha256']
  if (request.method === 'PUT' && hash !== sha256(body)) return 'the signed hash is not that of the body'
  const date = String(request.headers['x-amz-date'])
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  )
  if (given === null || !/^\d{8}T\d{6}Z$/.test(date)) return 'no signature of version 4'
  const [, credential = '', signedHeaders = '', signature] = given
  const scope = `${date.slice(0, 8)}/${keys.region}/s3/aws4_request`
  if (credential !== `${keys.accessKeyId}/${scope}`) return `the credential is ${credential}`
  const names = signedHeaders.split(';')
  for (const must of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!names.includes(must)) return `${must} is not signed`
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('')
  const canonical = [request.method, request.url, '', headers, signedHeaders, hash].join('\n')
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  const key = [date.slice(0, 8), keys.region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${keys.secretAccessKey}`,
  )
  const expected = createHmac('sha256', key).update(text).digest('hex')
  return signature === expected ? null : 'the signature is another one'
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
